/**
 * How revisions and drafts are kept, checked, replayed and published.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.authoring.internal;
