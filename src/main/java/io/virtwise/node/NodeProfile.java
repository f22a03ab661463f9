package io.virtwise.node;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an operator says about a node, after every part was checked. Its parts mean what
 * they mean in {@link Node}.
 */
public record NodeProfile(String name, String host, int port, Transport transport, @Nullable String user,
		@Nullable String credential, @Nullable String release, @Nullable String group, Map<String, String> labels,
		String novaConfPath, WriteMode writeMode) {

	public NodeProfile {
		labels = Map.copyOf(labels);
	}

	/** The profile of a node. */
	public static NodeProfile of(Node node) {
		return new NodeProfile(node.name(), node.host(), node.port(), node.transport(), node.user(), node.credential(),
				node.release(), node.group(), node.labels(), node.novaConfPath(), node.writeMode());
	}

	/** The profile as lines for the audit log. */
	public String describe() {
		return "name=" + this.name + "\nhost=" + this.host + "\nport=" + this.port + "\ntransport="
				+ this.transport.key() + "\nuser=" + orNone(this.user) + "\ncredential=" + orNone(this.credential)
				+ "\nrelease=" + orNone(this.release) + "\ngroup=" + orNone(this.group) + "\nlabels="
				+ new java.util.TreeMap<>(this.labels) + "\nnovaConfPath=" + this.novaConfPath + "\nwriteMode="
				+ this.writeMode.key();
	}

	private static String orNone(@Nullable String value) {
		return (value != null) ? value : "(none)";
	}

}
