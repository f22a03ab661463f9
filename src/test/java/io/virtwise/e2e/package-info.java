/**
 * The portal in a real browser, as its people use it.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.e2e;
