/**
 * Stored assessments and findings per node, and the pages that show them.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "recommendation",
		allowedDependencies = { "shared", "access", "node", "facts", "rules", "nova", "ui" })
package io.virtwise.recommendation;
