/**
 * Layout, fragments, error pages and problem answers, htmx glue.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "ui", allowedDependencies = { "shared", "access" })
package io.virtwise.ui;
