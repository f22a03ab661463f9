/**
 * Evidence parsers (one class per format), the facts of a node, intake forms and the
 * collector script.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "facts",
		allowedDependencies = { "shared", "access", "node", "nova" })
package io.virtwise.facts;
