/**
 * nova.conf as a lossless document, its edit and diff, the oslo.config dialect, releases
 * and their option names. Only room with ini4j.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "nova", allowedDependencies = { "shared" })
package io.virtwise.nova;
