package io.virtwise.recommendation.internal;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaConfFragment;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.OptionComparison;
import io.virtwise.recommendation.WorkOrders;
import io.virtwise.recommendation.workorder.WorkOrder;
import io.virtwise.recommendation.workorder.WorkPlace;
import io.virtwise.recommendation.workorder.WorkPlan;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.Recommendation;
import io.virtwise.rules.Assessment.RecommendedSetting;
import org.springframework.stereotype.Component;

/**
 * Makes work orders. Whether the recommended lines of nova.conf settle a finding is asked
 * of the rules, by running them again on facts that have those lines.
 */
@Component
class RuledWorkOrders implements WorkOrders {

	private final Advisor advisor;

	private final NovaConfFragment fragment;

	RuledWorkOrders(Advisor advisor, NovaConfFragment fragment) {
		this.advisor = advisor;
		this.fragment = fragment;
	}

	@Override
	public WorkOrder of(WorkPlace place, NodeFacts facts, Assessment assessment) {
		Recommendation wanted = assessment.recommendation();
		WorkPlan plan = new WorkPlan();
		boolean changes = changesNovaConf(facts, wanted);
		Set<String> left = changes ? leftWithSettings(facts, assessment) : Set.of();
		for (Finding finding : assessment.findings()) {
			boolean settled = changes && !finding.decidingFactUnknown() && !left.contains(key(finding));
			plan.add(finding, settled);
		}
		if (!modulesAreThere(facts, wanted)) {
			wanted.kernelModules().forEach(plan::addModule);
		}
		List<Setting> settings = wanted.settings().stream().map(RecommendedSetting::setting).toList();
		String text = this.fragment.render(settings);
		if (changes) {
			plan.addSettings(place, settings(facts, wanted),
					wanted.settings().stream().map(RecommendedSetting::rule).toList(), text);
		}
		return new WorkOrder(place, assessment.sentence(), assessment.rulebase(), plan.steps(), settings, text);
	}

	/** Options to take out that are known not to be there ask for nothing. */
	private static List<Setting> settings(NodeFacts facts, Recommendation wanted) {
		List<OptionComparison> comparisons = OptionComparison.of(facts.novaConf(), wanted);
		return wanted.settings()
			.stream()
			.map(RecommendedSetting::setting)
			.filter((setting) -> setting.value() != null || comparisons.stream()
				.noneMatch((option) -> option.section().equals(setting.section())
						&& option.option().equals(setting.option()) && option.todayKnown() && option.today() == null))
			.toList();
	}

	/** Also where nobody knows: the script looks by itself. */
	private static boolean changesNovaConf(NodeFacts facts, Recommendation wanted) {
		return OptionComparison.of(facts.novaConf(), wanted)
			.stream()
			.anyMatch((option) -> option.rule() != null && (!option.todayKnown() || option.differs()));
	}

	private Set<String> leftWithSettings(NodeFacts facts, Assessment assessment) {
		if (facts.novaConf().known() && !facts.novaConf().parses()) {
			return assessment.findings().stream().map(RuledWorkOrders::key).collect(Collectors.toSet());
		}
		return this.advisor.assess(OptionChange.all(assessment, facts, assessment.recommendation().settings()))
			.findings()
			.stream()
			.map(RuledWorkOrders::key)
			.collect(Collectors.toSet());
	}

	private static boolean modulesAreThere(NodeFacts facts, Recommendation wanted) {
		return facts.devKvm().present() == Known.YES || facts.modules().loaded().containsAll(wanted.kernelModules());
	}

	private static String key(Finding finding) {
		return finding.rule() + "\n" + finding.title();
	}

}
