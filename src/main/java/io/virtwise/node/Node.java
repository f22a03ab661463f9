package io.virtwise.node;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A compute host that the portal knows how to reach.
 *
 * @param id opaque
 * @param name as operators call it, unique
 * @param host name or address of the libvirt daemon, never a URI
 * @param port TCP port of it, or of the ssh daemon
 * @param transport how it is reached
 * @param user account on the node for ssh, {@code null} for the others
 * @param credential id of the key or certificate to use, {@code null} for the default
 * @param release nova release as it was given: series, major or package version;
 * {@code null} where nobody knows it
 * @param group name of the node group, {@code null} for none
 * @param labels free words, as name and value
 * @param novaConfPath absolute path of nova.conf on the node
 * @param writeMode how options are put there
 * @param version counts edits, for optimistic locking
 * @param createdAt when it was registered
 */
public record Node(String id, String name, String host, int port, Transport transport, @Nullable String user,
		@Nullable String credential, @Nullable String release, @Nullable String group, Map<String, String> labels,
		String novaConfPath, WriteMode writeMode, long version, Instant createdAt) {

	/** Where nova.conf is unless the operator says otherwise. */
	public static final String DEFAULT_NOVA_CONF = "/etc/nova/nova.conf";

	public Node {
		labels = Map.copyOf(labels);
	}

}
