/**
 * The evidence parsers, one class per format. Closed to the other rooms.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.facts.internal;
