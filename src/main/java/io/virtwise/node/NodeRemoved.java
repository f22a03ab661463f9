package io.virtwise.node;

/**
 * A node was taken off the register. Published inside that transaction, so a listener
 * that has work open on the node can refuse by throwing
 * {@link io.virtwise.shared.Refused}.
 *
 * @param node the node as it was
 */
public record NodeRemoved(Node node) {
}
