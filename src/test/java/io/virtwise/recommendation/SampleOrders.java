package io.virtwise.recommendation;

import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.workorder.WorkOrder;
import io.virtwise.recommendation.workorder.WorkPlace;
import io.virtwise.recommendation.workorder.WorkPlan;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.RecommendedSetting;

/**
 * Work orders for tests of pages: everything that the assessment asks for, without asking
 * the rules again.
 */
public final class SampleOrders implements WorkOrders {

	@Override
	public WorkOrder of(WorkPlace place, NodeFacts facts, Assessment assessment) {
		WorkPlan plan = new WorkPlan();
		assessment.findings().forEach((finding) -> plan.add(finding, false));
		List<RecommendedSetting> wanted = assessment.recommendation().settings();
		List<Setting> settings = wanted.stream().map(RecommendedSetting::setting).toList();
		plan.addSettings(place, settings, wanted.stream().map(RecommendedSetting::rule).toList(),
				assessment.novaConf());
		return new WorkOrder(place, assessment.sentence(), assessment.rulebase(), plan.steps(), settings,
				assessment.novaConf());
	}

}
