package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.Counterfactual;
import io.virtwise.recommendation.Counterfactual.Step;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Severity;
import io.virtwise.rules.Verdict;

/**
 * A set of changes, and what the rules say with it.
 *
 * @param changes to the node and to what is known of it, in their fixed order
 * @param options changes to nova.conf that follow, in the file's order
 * @param facts with all of it done
 * @param then what the rules say then
 */
record Trial(List<FactChange> changes, List<OptionChange> options, NodeFacts facts, Assessment then) {

	Trial {
		changes = List.copyOf(changes);
		options = List.copyOf(options);
	}

	int size() {
		return this.changes.size() + this.options.size();
	}

	boolean kvm() {
		return "kvm".equals(this.then.recommendation().virtType());
	}

	/** Whether guests can be launched then, or nova needs no hypervisor of ours. */
	boolean launches() {
		return (this.then.verdict() == Verdict.READY || this.then.verdict() == Verdict.ACTION_REQUIRED)
				&& (this.then.recommendation().virtType() != null
						|| this.then.recommendation().computeDriver() != null);
	}

	/** How many findings still stand in the way. */
	long obstacles() {
		return this.then.findings()
			.stream()
			.filter((one) -> one.severity() == Severity.BLOCK || one.severity() == Severity.HIGH
					|| one.decidingFactUnknown())
			.count();
	}

	/** A part of that set gives the same virt_type and at least as good a verdict. */
	boolean makesNeedless(Trial other) {
		return partOf(other)
				&& Objects.equals(this.then.recommendation().virtType(), other.then.recommendation().virtType())
				&& this.then.verdict().compareTo(other.then.verdict()) <= 0;
	}

	/** Nothing can be better than this, so no larger set needs a look. */
	boolean best() {
		return kvm() && this.then.verdict() == Verdict.READY;
	}

	boolean partOf(Trial other) {
		return other.changes.containsAll(this.changes) && other.names().containsAll(names());
	}

	Counterfactual shown(NodeFacts before, Assessment present) {
		List<Step> steps = new ArrayList<>();
		this.changes.forEach((change) -> steps.add(new Step(change.kind(), change.words(before, present))));
		this.options.forEach((option) -> steps.add(new Step(Step.Kind.DO, option.words())));
		return new Counterfactual(steps.stream().map(Step::what).toList(), this.then.recommendation().virtType(),
				this.then.recommendation().cpuMode(), this.then.verdict().key(), steps, null);
	}

	/** The options that are changed, whatever their value then. */
	private List<String> names() {
		return this.options.stream()
			.flatMap((option) -> Stream.of(option.setting().section() + "/" + option.setting().option()))
			.toList();
	}

}
