/**
 * Checks an exported audit log at a terminal.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.audit.terminal;
