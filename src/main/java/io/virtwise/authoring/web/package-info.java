/**
 * The rulebase over HTTP, and the pages of rule authors.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.authoring.web;
