package io.virtwise.rules.internal;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A rulebase that cannot be used, with every reason.
 */
final class RulebaseRefused extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<RuleFault> faults;

	RulebaseRefused(List<RuleFault> faults) {
		super(faults.stream().map(RuleFault::toString).collect(Collectors.joining("\n")));
		this.faults = List.copyOf(faults);
	}

	List<RuleFault> faults() {
		return this.faults;
	}

}
