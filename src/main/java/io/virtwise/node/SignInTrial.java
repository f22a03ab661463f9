package io.virtwise.node;

import java.time.Duration;

/**
 * Port: signs in to a node with something that is not in use yet.
 */
public interface SignInTrial {

	/**
	 * Signs in, and away again.
	 * @throws NodeFailure if the node does not let it in, or does not answer in time
	 */
	void signIn(Node node, NodeSecret secret, Duration deadline);

}
