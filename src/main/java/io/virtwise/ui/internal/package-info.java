/**
 * What templates get from Java.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.ui.internal;
