/**
 * Planning and keeping changes.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.change.internal;
