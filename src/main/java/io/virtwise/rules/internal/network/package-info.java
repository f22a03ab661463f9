/**
 * Rules as a Drools network made by hand: no text is compiled. What a node has once
 * stands in one fact, so that most rules need no join.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.rules.internal.network;
