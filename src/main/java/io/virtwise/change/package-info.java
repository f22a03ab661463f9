/**
 * Change requests: plan, diff, content hash, life cycle.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "change",
		allowedDependencies = { "shared", "access", "node", "recommendation", "nova", "approval", "authoring", "ui" })
package io.virtwise.change;
