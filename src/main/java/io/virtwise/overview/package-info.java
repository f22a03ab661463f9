/**
 * The first page: what waits for me, and the fleet at a glance.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "overview", allowedDependencies = { "shared", "access",
		"node", "facts", "rules", "recommendation", "approval", "change", "rollout", "ui" })
package io.virtwise.overview;
