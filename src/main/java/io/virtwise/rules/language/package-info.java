/**
 * What a rule may name: the facts besides those of the facts room, and the two sinks that
 * a consequence calls. Everything here is public, because the code that Drools generates
 * calls it.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.rules.language;
