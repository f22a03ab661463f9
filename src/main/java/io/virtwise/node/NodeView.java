package io.virtwise.node;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A node as the HTTP contract shows it. Its parts mean what they mean in {@link Node}.
 */
public record NodeView(String id, String name, String host, int port, String transport, @Nullable String user,
		@Nullable String credential, @Nullable String release, @Nullable String group, Map<String, String> labels,
		String novaConfPath, String writeMode, long version, Instant createdAt) {

	/** The view of a node. */
	public static NodeView of(Node node) {
		return new NodeView(node.id(), node.name(), node.host(), node.port(), node.transport().key(), node.user(),
				node.credential(), node.release(), node.group(), new TreeMap<>(node.labels()), node.novaConfPath(),
				node.writeMode().key(), node.version(), node.createdAt());
	}

}
