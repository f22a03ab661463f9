/**
 * The rulebase: loading, compiling and running it, from facts to an assessment with its
 * trace. Only room with Drools.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "rules",
		allowedDependencies = { "shared", "facts", "nova" })
package io.virtwise.rules;
