package io.virtwise.rules;

import java.util.List;

/**
 * A rule as somebody fills it in who does not write the language of rules.
 *
 * @param id its id, as {@code V950}
 * @param title what an operator reads of it, without the id
 * @param document the document that it rests on
 * @param passage the passage there
 * @param severity BLOCK, HIGH, WARN or INFO
 * @param conditions what must hold, all of it
 * @param advice what it then advises
 */
public record NewRule(String id, String title, String document, String passage, String severity,
		List<Clause> conditions, Advice advice) {

	public NewRule {
		conditions = List.copyOf(conditions);
	}

	/**
	 * One thing that must hold.
	 *
	 * @param field fact and field, as {@code CpuInfo.vmx}
	 * @param operator how it is compared, as {@code ==}
	 * @param value with what, as {@code YES}, {@code qemu} or {@code 20}; {@code null}
	 * asks whether nobody knows
	 */
	public record Clause(String field, String operator, String value) {
	}

	/**
	 * What a rule advises.
	 *
	 * @param kind finding, unknown, settings or recommend
	 * @param title of a finding, a clause that can follow "because"
	 * @param why of a finding, why it matters
	 * @param lines steps of a finding, else settings or recommendations, one a line
	 */
	public record Advice(String kind, String title, String why, List<String> lines) {

		public Advice {
			lines = List.copyOf(lines);
		}

	}

}
