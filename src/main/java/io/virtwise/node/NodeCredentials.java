package io.virtwise.node;

import java.util.List;
import java.util.Optional;

/**
 * The certificates and keys that the portal keeps to sign in to nodes, and the host keys
 * that people compared.
 */
public interface NodeCredentials {

	/**
	 * What to sign in to the node with, if its credential is kept here.
	 * @throws NodeFailure if it cannot be opened
	 */
	Optional<NodeSecret> open(Node node);

	/** How people call the node's credential, if it is kept here. */
	Optional<String> nameOf(Node node);

	/** The ssh host keys of the node that a person compared; empty if nobody did. */
	List<HostKey> hostKeys(Node node);

}
