/**
 * How entries are chained and kept.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.audit.internal;
