package io.virtwise.rules;

import java.util.List;

/**
 * A case made of the facts of a node, without names and secrets.
 *
 * @param file the file of cases that it belongs to
 * @param rule the rule that it is about
 * @param text the entry as YAML
 * @param lost rules that fire on the whole facts or on what is left of them, and not on
 * the other
 */
public record StoredCase(String file, String rule, String text, List<String> lost) {

	public StoredCase {
		lost = List.copyOf(lost);
	}

}
