package io.virtwise.node.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote about a node, as written and not yet checked. A part that is blank
 * or {@code null} was not given.
 */
public record NodeDraft(@Nullable String name, @Nullable String host, @Nullable String port, @Nullable String transport,
		@Nullable String user, @Nullable String credential, @Nullable String release, @Nullable String group,
		Map<String, String> labels, @Nullable String novaConfPath, @Nullable String writeMode) {

	public NodeDraft {
		labels = new LinkedHashMap<>(labels);
	}

	/** The node as somebody would have written it. */
	public static NodeDraft of(Node node) {
		return new NodeDraft(node.name(), node.host(), String.valueOf(node.port()), node.transport().key(), node.user(),
				node.credential(), node.release(), node.group(), new TreeMap<>(node.labels()), node.novaConfPath(),
				node.writeMode().key());
	}

}
