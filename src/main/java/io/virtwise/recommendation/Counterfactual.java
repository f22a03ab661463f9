package io.virtwise.recommendation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the rules would say if some facts were different: a smallest set of changes that
 * is worth making.
 *
 * @param changes what would have to be done, in order
 * @param virtType the recommended virt_type then
 * @param cpuMode the recommended cpu_mode then
 * @param verdict the verdict then, by its key
 */
public record Counterfactual(List<String> changes, @Nullable String virtType, @Nullable String cpuMode,
		String verdict) {

	public Counterfactual {
		changes = List.copyOf(changes);
	}

	/** All of the changes as one phrase. */
	public String change() {
		return String.join(", then ", this.changes);
	}

}
