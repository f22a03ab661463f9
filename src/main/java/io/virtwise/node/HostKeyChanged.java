package io.virtwise.node;

import java.util.List;

/**
 * A node showed another ssh host key than the one that is known of it, and was not let
 * near the portal's key.
 *
 * @param node the node as it is registered
 * @param shown what it shows; empty where it did not say so a second time
 */
public record HostKeyChanged(Node node, List<HostKey> shown) {

	public HostKeyChanged {
		shown = List.copyOf(shown);
	}

}
