/**
 * Putting an approved change on its nodes: pushes, their journal, proof and roll back.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "rollout",
		allowedDependencies = { "shared", "access", "node", "change", "facts", "ui" })
package io.virtwise.rollout;
