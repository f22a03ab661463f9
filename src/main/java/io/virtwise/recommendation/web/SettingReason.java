package io.virtwise.recommendation.web;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.recommendation.web.CauseTree.Branch;
import io.virtwise.rules.Assessment.RecommendedSetting;
import io.virtwise.rules.Assessment.Recommendation;
import org.jspecify.annotations.Nullable;

/**
 * A recommended value and why, as its page shows it.
 *
 * @param name the option
 * @param value the value, {@code null} where the option goes
 * @param rule the rule that asks for it
 * @param line whether nova.conf needs a line for it
 * @param tree the chain of rules
 */
record SettingReason(String name, @Nullable String value, String rule, boolean line, List<Branch> tree) {

	/** The lines first, then what is in force without one. */
	static List<SettingReason> of(Recommendation recommendation) {
		List<SettingReason> reasons = new ArrayList<>();
		recommendation.settings().forEach((each) -> reasons.add(of(each, true)));
		recommendation.inForce().forEach((each) -> reasons.add(of(each, false)));
		return reasons.stream().filter((each) -> !each.tree().isEmpty()).toList();
	}

	private static SettingReason of(RecommendedSetting each, boolean line) {
		return new SettingReason(each.setting().option(), each.setting().value(), each.rule(), line,
				CauseTree.of(each.rule(), each.cause()));
	}

}
