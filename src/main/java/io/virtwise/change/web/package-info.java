/**
 * Changes over HTTP and as pages.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.change.web;
