package io.virtwise.libvirt;

import java.util.List;
import java.util.stream.Collectors;

import io.virtwise.node.HostKey;
import io.virtwise.node.NodeFailure;

/**
 * A node showed another host key than the one that is known of it.
 */
final class OtherHostKey extends NodeFailure {

	private static final long serialVersionUID = 1L;

	OtherHostKey(String message) {
		super(Kind.DENIED, message);
	}

	/**
	 * The same with the fingerprints, for whoever goes to the node to compare.
	 * @param known those that a person compared
	 * @param shown those that were shown instead
	 */
	OtherHostKey between(List<HostKey> known, List<HostKey> shown) {
		StringBuilder message = new StringBuilder(String.valueOf(getMessage()));
		if (!known.isEmpty()) {
			message.append(" Known of it: ").append(listed(known)).append('.');
		}
		if (!shown.isEmpty()) {
			message.append(" Shown: ").append(listed(shown)).append('.');
		}
		return new OtherHostKey(message.toString());
	}

	private static String listed(List<HostKey> keys) {
		return keys.stream()
			.map((key) -> key.fingerprint() + " (" + key.type() + ")")
			.collect(Collectors.joining(", "));
	}

}
