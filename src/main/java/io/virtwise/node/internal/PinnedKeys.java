package io.virtwise.node.internal;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import io.virtwise.node.HostKey;

/**
 * The ssh host keys of a node that a person compared.
 *
 * @param keys one of each type
 * @param pinnedBy the id of who compared them
 * @param pinnedAt when
 */
public record PinnedKeys(List<HostKey> keys, String pinnedBy, Instant pinnedAt) {

	public PinnedKeys {
		keys = List.copyOf(keys);
	}

	/** Keys as lines for the audit log. */
	static String describe(List<HostKey> keys) {
		return keys.stream().map((key) -> key.type() + " " + key.fingerprint()).collect(Collectors.joining("\n"));
	}

}
