package io.virtwise.node.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.node.internal.NodeDraft;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * The form of a node, kept exactly as it was typed.
 */
record NodeForm(@Nullable String name, @Nullable String host, @Nullable String port, @Nullable String transport,
		@Nullable String user, @Nullable String credential, @Nullable String release, @Nullable String group,
		@Nullable String labels, @Nullable String novaConfPath, @Nullable String writeMode, @Nullable String version) {

	/** The form before anybody typed. */
	static NodeForm empty() {
		return new NodeForm("", "", "", Transport.TLS.key(), "", "", "", "", "", Node.DEFAULT_NOVA_CONF,
				WriteMode.AUTO.key(), null);
	}

	/**
	 * The form of a node as it is.
	 * @param credential how people call its credential
	 */
	static NodeForm of(Node node, @Nullable String credential) {
		String labels = new TreeMap<>(node.labels()).entrySet()
			.stream()
			.map((label) -> label.getKey() + "=" + label.getValue())
			.collect(Collectors.joining("\n"));
		return new NodeForm(node.name(), node.host(), String.valueOf(node.port()), node.transport().key(), node.user(),
				credential, node.release(), node.group(), labels, node.novaConfPath(), node.writeMode().key(),
				String.valueOf(node.version()));
	}

	/**
	 * What the form says about the node. Blanks around a value are a slip of the hand in
	 * a form, and are taken off.
	 * @throws Refused if the labels are not one NAME=VALUE a line
	 */
	NodeDraft toDraft() {
		return new NodeDraft(stripped(this.name), stripped(this.host), stripped(this.port), stripped(this.transport),
				stripped(this.user), stripped(this.credential), stripped(this.release), stripped(this.group),
				labelMap(), stripped(this.novaConfPath), stripped(this.writeMode));
	}

	/** The version that the person saw; -1, which no node has, where the form lost it. */
	long seenVersion() {
		return (this.version != null && this.version.matches("[0-9]{1,18}")) ? Long.parseLong(this.version) : -1;
	}

	private Map<String, String> labelMap() {
		Map<String, String> map = new LinkedHashMap<>();
		List<String> lines = (this.labels != null) ? this.labels.lines().map(String::strip).toList() : List.of();
		for (String line : lines) {
			if (line.isEmpty()) {
				continue;
			}
			int equals = line.indexOf('=');
			if (equals < 1) {
				throw Refused.invalid("labels",
						"have the line \"" + line + "\" without NAME=; write one NAME=VALUE a line");
			}
			map.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
		}
		return map;
	}

	private static @Nullable String stripped(@Nullable String text) {
		return (text != null) ? text.strip() : null;
	}

}
