package io.virtwise.rules.internal;

import java.util.List;

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

	/** The same decisions without what they rest on. */
	Assessment judge(NodeFacts facts) {
		return this.writer.write(this.rulebase.revision(), facts, Run.unexplained(this.rulebase, facts));
	}

}
