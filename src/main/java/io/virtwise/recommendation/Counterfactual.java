package io.virtwise.recommendation;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What the rules would say if some facts were different: a smallest set of changes that
 * is worth making, or the answer that none of those tried leads to KVM.
 *
 * @param changes what would have to be done or found out, in order
 * @param virtType the recommended virt_type then
 * @param cpuMode the recommended cpu_mode then
 * @param verdict the verdict then, by its key
 * @param steps the same changes, each with its kind
 * @param unreachable why nothing that was tried makes the node ready with kvm;
 * {@code null} for a set of changes that helps
 */
public record Counterfactual(List<String> changes, @Nullable String virtType, @Nullable String cpuMode, String verdict,
		List<Step> steps, @Nullable String unreachable) {

	public Counterfactual {
		changes = List.copyOf(changes);
		steps = stored(steps);
	}

	/** Changes that people make. */
	public Counterfactual(List<String> changes, @Nullable String virtType, @Nullable String cpuMode, String verdict) {
		this(changes, virtType, cpuMode, verdict, changes.stream().map((each) -> new Step(Step.Kind.DO, each)).toList(),
				null);
	}

	/** Whether these changes lead somewhere. */
	public boolean reachable() {
		return this.unreachable == null;
	}

	/** All of the changes as one phrase. */
	public String change() {
		return (this.unreachable != null) ? this.unreachable : String.join(", then ", this.changes);
	}

	/** What was stored earlier has no steps. */
	private static List<Step> stored(@Nullable List<Step> steps) {
		return (steps != null) ? List.copyOf(steps) : List.of();
	}

	/**
	 * One change.
	 *
	 * @param kind whether it is done or found out
	 * @param what in words
	 */
	public record Step(Kind kind, String what) {

		/** What is asked of people. */
		public enum Kind {

			/** Something to do. */
			DO,
			/** Something to find out, and to turn out so. */
			LEARN;

			/** The name in the HTTP contract. */
			public String key() {
				return name().toLowerCase(Locale.ROOT);
			}

		}

	}

}
