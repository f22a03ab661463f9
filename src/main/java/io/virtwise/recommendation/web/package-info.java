/**
 * The HTTP interface and the pages of assessments and nodes.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.recommendation.web;
