/**
 * The pages of the facts room, and the collector script.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.facts.web;
