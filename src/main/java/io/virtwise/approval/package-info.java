/**
 * Approval requests and decisions under four eyes. Knows its subject by type, id and
 * content hash only.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "approval", allowedDependencies = { "shared", "access" })
package io.virtwise.approval;
