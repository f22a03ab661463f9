package io.virtwise.rules.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

	private volatile @Nullable KnowledgeIndex index;

	ActiveKnowledge(DroolsAdvisor advisor, CaseRuns cases) {
		this.advisor = advisor;
		this.cases = cases;
	}

	@Override
	public KnowledgeIndex index() {
		KnowledgeIndex known = this.index;
		if (known == null) {
			known = ShippedRules.index();
			this.index = known;
		}
		return known;
	}

	@Override
	public List<RuleText> rules() {
		return this.advisor.rulebaseInUse().texts();
	}

	@Override
	public Optional<CaseRun> cases(Duration patience) {
		return this.cases.of(this.advisor.rulebaseInUse(), patience);
	}

}
