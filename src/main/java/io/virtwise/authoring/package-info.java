/**
 * The workshop of rule authors: revisions of the rulebase, drafts, their proof, their
 * impact on the fleet, and publishing under four eyes.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "authoring",
		allowedDependencies = { "shared", "access", "facts", "nova", "rules", "recommendation", "approval", "ui" })
package io.virtwise.authoring;
