/**
 * The language of rules by itself: how a file is read into a tree by allow-list, how the
 * tree is printed, and the proof that both say the same. Knows no fact and no sink.
 */
@org.jspecify.annotations.NullMarked
package io.virtwise.rules.internal.syntax;
