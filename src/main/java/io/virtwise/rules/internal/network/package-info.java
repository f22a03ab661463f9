/**
 * What rules look at, read fast: the parts of a Drools network made by hand.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.rules.internal.network;
