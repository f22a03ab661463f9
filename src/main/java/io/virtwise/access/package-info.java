/**
 * Users, roles, rights, sign-in and the security filter chain.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "access", allowedDependencies = { "shared" })
package io.virtwise.access;
