/**
 * Sign-in page, users page and users API.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.access.web;
