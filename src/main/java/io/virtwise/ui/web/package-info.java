/**
 * Theme switch, error pages and problem answers.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.ui.web;
