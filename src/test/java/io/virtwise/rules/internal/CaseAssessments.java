package io.virtwise.rules.internal;

import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;

/**
 * The cases beside the shipped rules, for tests of other rooms.
 */
public final class CaseAssessments {

	/** Judges by the shipped rules, without an application. */
	public static final Advisor ADVISOR = new Advisor() {

		@Override
		public Assessment assess(NodeFacts facts) {
			return Assessments.of(Assessments.SHIPPED, facts);
		}

		@Override
		public Assessment.RulebaseRevision rulebase() {
			return Assessments.SHIPPED.revision();
		}

	};

	private CaseAssessments() {
	}

	/** Every case with what the rules say. */
	public static List<Judged> all() {
		return RuleCase.shipped()
			.stream()
			.map((one) -> new Judged(one.toString(), one.facts(), ADVISOR.assess(one.facts())))
			.toList();
	}

	/** The facts of a case. */
	public record Judged(String name, NodeFacts facts, Assessment assessment) {
	}

}
