package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.virtwise.rules.RuleProblem;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One mapping of {@code index.yaml}. Whatever is odd about it becomes a fault with its
 * line; reading goes on.
 */
final class IndexEntry {

	private final String file;

	private final int line;

	private final List<RuleProblem> faults;

	private final Map<String, Node> fields = new LinkedHashMap<>();

	IndexEntry(String file, @Nullable Node node, Set<String> allowed, List<RuleProblem> faults) {
		this.file = file;
		this.line = line(node);
		this.faults = faults;
		if (!(node instanceof MappingNode mapping)) {
			fault(this.line, "here stands an entry with " + String.join(", ", allowed.stream().sorted().toList()));
			return;
		}
		for (NodeTuple tuple : mapping.getValue()) {
			String name = scalar(tuple.getKeyNode());
			if (!allowed.contains(name)) {
				fault(line(tuple.getKeyNode()), name + " is not known here; known are "
						+ String.join(", ", allowed.stream().sorted().toList()));
			}
			else if (this.fields.put(name, tuple.getValueNode()) != null) {
				fault(line(tuple.getKeyNode()), name + " stands twice");
			}
		}
	}

	/** The text of a field that must be there. */
	String text(String field) {
		String text = optional(field);
		if (text == null) {
			fault(this.line, field + " is missing");
			return "";
		}
		return text;
	}

	/** The text of a field, or {@code null} where it is not there. */
	@Nullable String optional(String field) {
		Node node = this.fields.get(field);
		if (node == null) {
			return null;
		}
		String text = scalar(node).strip();
		if (text.isEmpty()) {
			fault(line(node), field + " is a text and not empty");
		}
		return text;
	}

	/** The texts of a list, none where it is not there. */
	List<String> texts(String field) {
		List<String> texts = new ArrayList<>();
		for (Node node : list(field)) {
			String text = scalar(node).strip();
			if (text.isEmpty()) {
				fault(line(node), field + " is a list of texts, none of them empty");
			}
			else if (texts.contains(text)) {
				fault(line(node), field + " names " + text + " twice");
			}
			else {
				texts.add(text);
			}
		}
		return texts;
	}

	/** The entries of a list that must be there and must not be empty. */
	<T> List<T> entries(String field, Set<String> allowed, Function<IndexEntry, T> read) {
		List<Node> nodes = list(field);
		if (nodes.isEmpty()) {
			fault(this.line, field + " is missing or empty");
		}
		return nodes.stream().map((node) -> read.apply(new IndexEntry(this.file, node, allowed, this.faults))).toList();
	}

	/** Notes a fault of the entry as a whole. */
	void fault(String message) {
		fault(this.line, message);
	}

	private void fault(int at, String message) {
		this.faults.add(RuleProblem.error(this.file, at, 0, message));
	}

	private List<Node> list(String field) {
		Node node = this.fields.get(field);
		if (node == null) {
			return List.of();
		}
		if (node instanceof SequenceNode sequence) {
			return sequence.getValue();
		}
		fault(line(node), field + " is a list");
		return List.of();
	}

	private static String scalar(Node node) {
		return (node instanceof ScalarNode scalar) ? scalar.getValue() : "";
	}

	private static int line(@Nullable Node node) {
		return (node != null) ? node.getStartMark().getLine() + 1 : 0;
	}

}
