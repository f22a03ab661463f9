/**
 * The nodes of a group judged together: the CPU model that all of them have, who holds it
 * back, and which guests can move from where to where.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.recommendation.migration;
