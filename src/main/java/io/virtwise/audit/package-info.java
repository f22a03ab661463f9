/**
 * The log of every auditable event, written in the transaction of what it tells.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "audit",
		allowedDependencies = { "shared", "access", "ui" })
package io.virtwise.audit;
