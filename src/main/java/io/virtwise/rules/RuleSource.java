package io.virtwise.rules;

/**
 * A file of a rulebase as its author wrote it: rules, cases, base nodes or the index.
 *
 * @param path its name in the rulebase, for example {@code cpu-mode.drl}
 * @param text its text
 */
public record RuleSource(String path, String text) {

	/** Whether it holds rules. */
	public boolean holdsRules() {
		return this.path.endsWith(".drl");
	}

	/** Whether it holds cases. */
	public boolean holdsCases() {
		return this.path.endsWith(".cases.yaml");
	}

}
