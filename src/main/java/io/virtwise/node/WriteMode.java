package io.virtwise.node;

import java.util.Locale;

/**
 * How the portal puts options on a node.
 */
public enum WriteMode {

	/** A small file of ours beside nova.conf. */
	DROP_IN,
	/** nova.conf itself. */
	IN_PLACE,
	/** What the node's release allows. */
	AUTO;

	/** The name in the HTTP contract, for example {@code drop-in}. */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
