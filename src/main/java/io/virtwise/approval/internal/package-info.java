/**
 * How approvals are kept.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.approval.internal;
