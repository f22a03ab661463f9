package io.virtwise.node.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.virtwise.node.internal.NodeDraft;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the JSON body of a node: a field that is absent keeps what it was, {@code null}
 * clears it, and a field that the contract does not know is a fault, not a shrug.
 */
final class NodeBody {

	private static final Set<String> FIELDS = Set.of("name", "host", "port", "transport", "user", "credential",
			"release", "group", "labels", "novaConfPath", "writeMode", "version");

	private final JsonNode body;

	private final List<FieldFault> faults = new ArrayList<>();

	NodeBody(@Nullable JsonNode body) {
		if (body == null || !body.isObject()) {
			throw new Refused(Refused.Kind.INVALID, "invalid", "The body is not a JSON object with a node's parts.",
					List.of());
		}
		this.body = body;
		for (String name : body.propertyNames()) {
			if (!FIELDS.contains(name)) {
				this.faults.add(new FieldFault(name, "is not a part of a node; the parts are "
						+ String.join(", ", FIELDS.stream().sorted().toList())));
			}
		}
	}

	/**
	 * The draft that the body and what was there before make together.
	 * @throws Refused if a field is unknown or of the wrong type
	 */
	NodeDraft over(NodeDraft before) {
		NodeDraft draft = new NodeDraft(text("name", before.name()), text("host", before.host()), number(before),
				text("transport", before.transport()), text("user", before.user()),
				text("credential", before.credential()), release(before.release()), text("group", before.group()),
				labels(before.labels()), text("novaConfPath", before.novaConfPath()),
				text("writeMode", before.writeMode()));
		if (!this.faults.isEmpty()) {
			List<FieldFault> distinct = this.faults.stream().distinct().toList();
			throw (distinct.size() == 1) ? Refused.invalid(distinct.get(0).field(), distinct.get(0).message())
					: Refused.invalid(distinct);
		}
		return draft;
	}

	/**
	 * The version that the caller saw, or the present one where the body does not say.
	 */
	long version(long present) {
		JsonNode value = this.body.get("version");
		if (value == null || value.isNull()) {
			return present;
		}
		if (!value.isIntegralNumber()) {
			throw Refused.invalid("version", "is not a whole number; send the one that you read");
		}
		return value.asLong();
	}

	private @Nullable String text(String field, @Nullable String before) {
		JsonNode value = this.body.get(field);
		if (value == null) {
			return before;
		}
		if (value.isNull()) {
			return null;
		}
		if (!value.isString()) {
			this.faults.add(new FieldFault(field, "is not a text; write it in quotation marks"));
			return before;
		}
		return value.asString();
	}

	/** A series such as 2024.1 and a major such as 13 also come as numbers. */
	private @Nullable String release(@Nullable String before) {
		JsonNode value = this.body.get("release");
		return (value != null && value.isNumber()) ? value.asString() : text("release", before);
	}

	/**
	 * A changed transport takes its own default port along, unless the port is given too.
	 */
	private @Nullable String number(NodeDraft before) {
		JsonNode value = this.body.get("port");
		if (value == null) {
			String transport = text("transport", before.transport());
			return (transport == null || transport.equals(before.transport())) ? before.port() : null;
		}
		if (value.isNull()) {
			return null;
		}
		if (!value.isIntegralNumber()) {
			this.faults.add(new FieldFault("port", "is not a whole number from 1 to 65535"));
			return before.port();
		}
		return value.asString();
	}

	private Map<String, String> labels(Map<String, String> before) {
		JsonNode value = this.body.get("labels");
		if (value == null) {
			return before;
		}
		Map<String, String> labels = new LinkedHashMap<>();
		if (value.isNull()) {
			return labels;
		}
		if (!value.isObject() || value.values().stream().anyMatch((each) -> !each.isString())) {
			this.faults.add(new FieldFault("labels", "is not a JSON object with texts as values"));
			return before;
		}
		value.properties().forEach((entry) -> labels.put(entry.getKey(), entry.getValue().asString()));
		return labels;
	}

}
