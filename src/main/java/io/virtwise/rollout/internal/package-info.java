/**
 * How pushes are carried out, journaled and taken up again after a crash.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.rollout.internal;
