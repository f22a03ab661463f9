/**
 * How assessments are made, merged and kept; closed to other rooms.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.recommendation.internal;
