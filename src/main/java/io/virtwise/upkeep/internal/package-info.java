/**
 * The inside of this room.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.upkeep.internal;
