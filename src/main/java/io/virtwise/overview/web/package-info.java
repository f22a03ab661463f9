/**
 * The first page, and what the frame of every page counts.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.overview.web;
