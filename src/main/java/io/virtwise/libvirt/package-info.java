/**
 * The adapter behind the ports that talk to a node. Only room with org.libvirt and JNA.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "libvirt",
		allowedDependencies = { "shared", "node", "facts", "rollout" })
package io.virtwise.libvirt;
