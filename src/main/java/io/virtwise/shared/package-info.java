/**
 * Ids, content hashes, paging, refusals, the clock and base events. Small; every room may
 * use it, and it knows none of them.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "shared", allowedDependencies = {})
package io.virtwise.shared;
