/**
 * Takes the known texts out of a sosreport, as a stream and within limits. Knows nothing
 * of what the texts mean.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.facts.internal.sosreport;
