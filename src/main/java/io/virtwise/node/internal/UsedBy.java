package io.virtwise.node.internal;

/**
 * A node that signs in with a credential.
 *
 * @param id the node's id
 * @param name the node's name
 */
public record UsedBy(String id, String name) {
}
