package io.virtwise.libvirt;

import io.virtwise.node.NodeFailure;

/**
 * A node showed another host key than the one that is known of it.
 */
final class OtherHostKey extends NodeFailure {

	private static final long serialVersionUID = 1L;

	OtherHostKey(String message) {
		super(Kind.DENIED, message);
	}

}
