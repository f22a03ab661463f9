/**
 * Loading, checking, building and running the rulebase.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.rules.internal;
