package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.CompiledRulebase;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleText;

/**
 * A rulebase ready to assess, with the files that it was made of.
 */
record BuiltRulebase(Rulebase rulebase, List<RuleSource> files, AssessmentWriter writer) implements CompiledRulebase {

	BuiltRulebase {
		files = List.copyOf(files);
	}

	@Override
	public RulebaseRevision revision() {
		return this.rulebase.revision();
	}

	@Override
	public List<RuleText> rules() {
		return this.rulebase.texts();
	}

	@Override
	public Assessment assess(NodeFacts facts) {
		return this.writer.write(this.rulebase.revision(), facts, new Run(this.rulebase, facts));
	}

	@Override
	public Assessment judge(NodeFacts facts) {
		return this.writer.write(this.rulebase.revision(), facts, Run.unexplained(this.rulebase, facts));
	}

	/** The same for variants of one node that differ in their release only. */
	List<Assessment> judge(List<NodeFacts> variants) {
		Map<Run, Assessment> judged = new LinkedHashMap<>();
		List<Assessment> all = new ArrayList<>();
		for (NodeFacts facts : variants) {
			all.add(judged.entrySet()
				.stream()
				.filter((one) -> one.getKey().leadsAlike(facts))
				.findFirst()
				.map((one) -> AssessmentWriter.ofRelease(one.getValue(), facts))
				.orElseGet(() -> {
					Run run = Run.unexplained(this.rulebase, facts);
					Assessment assessment = this.writer.write(this.rulebase.revision(), facts, run);
					judged.put(run, assessment);
					return assessment;
				}));
		}
		return all;
	}

}
