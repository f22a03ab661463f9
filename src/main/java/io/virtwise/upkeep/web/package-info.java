/**
 * Pages and API of this room.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.upkeep.web;
