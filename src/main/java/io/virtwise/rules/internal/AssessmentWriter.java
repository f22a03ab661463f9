package io.virtwise.rules.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaConfFragment;
import io.virtwise.nova.Setting;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.NovaVerdict;
import io.virtwise.rules.Assessment.RecommendedSetting;
import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.Verdict;
import io.virtwise.rules.internal.AdviceCollector.NovaSaid;
import io.virtwise.rules.internal.AdviceCollector.Told;
import org.jspecify.annotations.Nullable;

/**
 * Writes the assessment down: sorts, merges and folds what the rules said. It adds no
 * decision of its own.
 */
final class AssessmentWriter {

	private static final List<String> MOMENTS = List.of("load", "start", "launch");

	private static final Comparator<NovaSaid> AS_NOVA_MEETS_IT = Comparator
		.comparing((NovaSaid said) -> MOMENTS.indexOf(String.valueOf(said.when())))
		.thenComparing((said) -> said.rule().id())
		.thenComparing(NovaSaid::message);

	private static final int MOST_FRAGMENTS = 1_000;

	private final NovaConfFragment fragment;

	private final Map<List<Setting>, String> fragments = new ConcurrentHashMap<>();

	private final Remedies remedies = new Remedies();

	AssessmentWriter(NovaConfFragment fragment) {
		this.fragment = fragment;
	}

	Assessment write(RulebaseRevision revision, NodeFacts facts, Run run) {
		CauseChain chain = new CauseChain(run.conclusions().ways(), facts, run.explained());
		List<Finding> findings = new FindingsWriter(chain, this.remedies).write(run.advice().findings());
		RecommendationWriter recommended = new RecommendationWriter(run.advice().settings(), run.advice().inForce(),
				chain);
		Verdict verdict = verdict(findings);
		String novaConf = rendered(
				recommended.recommendation().settings().stream().map(RecommendedSetting::setting).toList());
		return new Assessment(revision, verdict, VerdictSentence.of(verdict, findings, recommended.recommendation()),
				recommended.recommendation(), novaConf, findings, recommended.conflicts(),
				nova(facts, run.advice().nova()), chain.conclusions());
	}

	/**
	 * Only some findings of a run, and what nova.conf should have if anybody asks; the
	 * verdict is known.
	 */
	Assessment part(RulebaseRevision revision, NodeFacts facts, List<Told> told, @Nullable AdviceCollector settings,
			Verdict verdict) {
		CauseChain chain = new CauseChain(List.of(), facts, false);
		RecommendationWriter recommended = new RecommendationWriter(
				(settings != null) ? settings.settings() : List.of(),
				(settings != null) ? settings.inForce() : List.of(), chain);
		return new Assessment(revision, verdict, "", recommended.recommendation(), "",
				new FindingsWriter(chain, this.remedies).write(told), recommended.conflicts(), null, List.of());
	}

	/** What was said of a node, for the same node with a release that leads alike. */
	static Assessment ofRelease(Assessment said, NodeFacts facts) {
		NovaVerdict nova = said.nova();
		return (nova == null) ? said : new Assessment(said.rulebase(), said.verdict(), said.sentence(),
				said.recommendation(), said.novaConf(), said.findings(), said.conflicts(),
				new NovaVerdict(major(facts), nova.accepted(), nova.when(), nova.message()), said.conclusions());
	}

	private static @Nullable Integer major(NodeFacts facts) {
		return (facts.release() != null) ? facts.release().major() : null;
	}

	/** Many nodes need the same few lines. */
	private String rendered(List<Setting> settings) {
		if (this.fragments.size() >= MOST_FRAGMENTS) {
			this.fragments.clear();
		}
		String known = this.fragments.get(settings);
		return (known != null) ? known : this.fragments.computeIfAbsent(settings, this.fragment::render);
	}

	private static Verdict verdict(List<Finding> findings) {
		VerdictTally tally = new VerdictTally();
		findings.forEach((one) -> tally.add(one.severity(), one.decidingFactUnknown()));
		return tally.verdict();
	}

	private static @Nullable NovaVerdict nova(NodeFacts facts, List<NovaSaid> said) {
		if (!facts.novaConf().known()) {
			return null;
		}
		Integer release = major(facts);
		if (said.isEmpty()) {
			return new NovaVerdict(release, true, null, null);
		}
		NovaSaid refusal = said.stream().filter((one) -> one.when() != null).min(AS_NOVA_MEETS_IT).orElse(null);
		if (refusal != null) {
			return new NovaVerdict(release, false, refusal.when(), refusal.message());
		}
		NovaSaid undecided = said.stream().min(AS_NOVA_MEETS_IT).orElse(null);
		return (undecided != null) ? new NovaVerdict(release, null, null, undecided.message())
				: new NovaVerdict(release, true, null, null);
	}

}
