package io.virtwise.node;

/**
 * A node showed another ssh host key than the one that is known of it, and was not let
 * near the portal's key.
 *
 * @param node the node as it is registered
 */
public record HostKeyChanged(Node node) {
}
