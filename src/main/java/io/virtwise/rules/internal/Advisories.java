package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.virtwise.rules.KnowledgeIndex;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.internal.syntax.Condition.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is allowed and looks wrong in rules without error: a conclusion that nobody asks
 * for, a rule without a case, a rule under no row of the index, and a row with a rule
 * that does not exist.
 */
final class Advisories {

	private final Map<String, ReadRule> rules = new TreeMap<>();

	private final Map<String, RuleText> texts = new TreeMap<>();

	private final List<RuleProblem> all = new ArrayList<>();

	/**
	 * @param index what is documented, {@code null} where the files have no index
	 */
	Advisories(RulesRead read, List<RuleCase> cases, @Nullable KnowledgeIndex index) {
		read.rules().forEach((rule) -> this.rules.put(rule.head().id(), rule));
		read.texts().forEach((text) -> this.texts.put(text.id(), text));
		conclusions();
		cases(cases);
		if (index != null) {
			index(index);
		}
	}

	/** All of them. */
	List<RuleProblem> all() {
		return this.all;
	}

	/** One answer may go unasked: a topic has to have all of them. */
	private void conclusions() {
		List<Pattern> asked = this.rules.values()
			.stream()
			.flatMap((rule) -> rule.tree().patterns())
			.filter(Conclusions::isOne)
			.toList();
		this.rules.values().stream().filter((rule) -> rule.head().stage() == Stage.DIAGNOSE).forEach((rule) -> {
			String topic = Conclusions.topic(rule.tree());
			if (asked.stream().noneMatch((one) -> Conclusions.asksAbout(one, topic))) {
				warn(rule.head().id(), "no rule asks for a conclusion on Topic." + topic + ", which this one comes to");
			}
		});
	}

	private void cases(List<RuleCase> cases) {
		Set<String> fires = new HashSet<>();
		Set<String> silent = new HashSet<>();
		cases.forEach((one) -> {
			fires.addAll(one.texts("fires"));
			silent.addAll(one.texts("silent"));
		});
		this.rules.keySet().forEach((id) -> {
			if (!fires.contains(id) || !silent.contains(id)) {
				warn(id, id + " has no case in which it " + (fires.contains(id) ? "stays silent"
						: silent.contains(id) ? "fires" : "fires, and none in which it stays silent"));
			}
		});
	}

	private void index(KnowledgeIndex index) {
		Set<String> named = new HashSet<>();
		index.rows().forEach((row) -> {
			named.addAll(row.rules());
			row.rules()
				.stream()
				.filter((id) -> !this.rules.containsKey(id))
				.forEach((id) -> this.all.add(RuleProblem.warning(ShippedRules.INDEX, 0, 0,
						"row " + row.id() + " names the rule " + id + ", which does not exist")));
		});
		index.errata().forEach((one) -> named.addAll(one.rules()));
		this.rules.keySet()
			.stream()
			.filter((id) -> !named.contains(id))
			.forEach((id) -> warn(id, id + " stands under no row of " + ShippedRules.INDEX
					+ ", so Knowledge does not say where it comes from"));
	}

	private void warn(String id, String message) {
		RuleText text = this.texts.get(id);
		this.all
			.add(RuleProblem.warning((text != null) ? text.file() : "", (text != null) ? text.line() : 0, 0, message));
	}

}
