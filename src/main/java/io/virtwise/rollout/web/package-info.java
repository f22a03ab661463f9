/**
 * Starting, watching and undoing changes over HTTP and from pages.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.rollout.web;
