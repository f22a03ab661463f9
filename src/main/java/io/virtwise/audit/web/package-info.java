/**
 * The audit page and API.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.audit.web;
