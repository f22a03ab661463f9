/**
 * Rules on the command line.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.rules.terminal;
