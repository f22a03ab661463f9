/**
 * The inbox of who approves.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.approval.web;
