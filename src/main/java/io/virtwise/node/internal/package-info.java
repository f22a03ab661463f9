/**
 * How nodes are checked and kept; closed to other rooms.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.node.internal;
