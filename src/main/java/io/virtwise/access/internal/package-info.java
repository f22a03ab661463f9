/**
 * Accounts and how they are kept, sign-in, and the security filter chains.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.access.internal;
