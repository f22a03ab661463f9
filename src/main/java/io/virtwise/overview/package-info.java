/**
 * The first page, with what waits for me and the fleet at a glance; and the knowledge:
 * what is documented, and which rules carry it.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "overview", allowedDependencies = { "shared", "access",
		"node", "facts", "rules", "recommendation", "approval", "change", "rollout", "ui" })
package io.virtwise.overview;
