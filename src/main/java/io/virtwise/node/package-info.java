/**
 * Registered compute nodes and their connection profile as typed parts, never a raw URI.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "node",
		allowedDependencies = { "shared", "access", "nova", "ui" })
package io.virtwise.node;
