/**
 * What the tests of several rooms stand on.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.testing;
