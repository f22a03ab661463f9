/**
 * The advice without a server, for a terminal: what {@code bin/advise} starts.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.recommendation.terminal;
