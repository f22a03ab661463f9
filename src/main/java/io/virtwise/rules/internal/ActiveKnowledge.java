package io.virtwise.rules.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.CaseRun;
import io.virtwise.rules.Knowledge;
import io.virtwise.rules.KnowledgeIndex;
import io.virtwise.rules.RuleText;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;

/**
 * The knowledge in the rulebase that is active now. Made where somebody asks for it.
 */
@Service
@Lazy
class ActiveKnowledge implements Knowledge {

	private final DroolsAdvisor advisor;

	private final CaseRuns cases;

	private volatile @Nullable Known known;

	ActiveKnowledge(DroolsAdvisor advisor, CaseRuns cases) {
		this.advisor = advisor;
		this.cases = cases;
	}

	@Override
	public KnowledgeIndex index() {
		BuiltRulebase active = this.advisor.active();
		Known last = this.known;
		if (last == null || !last.rulebase().equals(active.revision())) {
			last = new Known(active.revision(), read(active));
			this.known = last;
		}
		return last.index();
	}

	@Override
	public List<RuleText> rules() {
		return this.advisor.active().rules();
	}

	@Override
	public Optional<CaseRun> cases(Duration patience) {
		return this.cases.of(this.advisor.active(), patience);
	}

	/** A rulebase without an index knows of no row. */
	private static KnowledgeIndex read(BuiltRulebase rulebase) {
		return rulebase.files()
			.stream()
			.filter((file) -> file.path().equals(ShippedRules.INDEX))
			.findFirst()
			.map(KnowledgeReader::read)
			.orElse(new KnowledgeIndex(List.of(), List.of()));
	}

	/**
	 * The index of a rulebase.
	 */
	private record Known(RulebaseRevision rulebase, KnowledgeIndex index) {
	}

}
