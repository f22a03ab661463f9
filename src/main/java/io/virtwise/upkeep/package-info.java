/**
 * What happens after the push: the watch for drift, work orders that close by evidence,
 * and what was set on a node at any date.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "upkeep", allowedDependencies = { "shared", "access",
		"node", "nova", "recommendation", "approval", "change", "rollout", "ui" })
package io.virtwise.upkeep;
