package io.virtwise.rules.internal;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.HostFacts;
import io.virtwise.facts.Intent;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.LogFacts;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.NovaOption;
import io.virtwise.facts.Platform;
import io.virtwise.rules.RuleSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link MatchBudget}: what a join could cost is counted before it begins,
 * because nothing ends one that is under way.
 */
class MatchBudgetTests {

	/** Four facts of which a node may have hundreds, and nothing that joins them. */
	private static final Rulebase OPEN = Rulebase.of(1, List.of(new RuleSource("a.drl", """
			rule "V901 Four options at once" @id(V901) @doc("test 1") @severity(INFO)
			when
			    NovaOption(on == Known.YES)
			    NovaOption(on == Known.YES)
			    NovaOption(on == Known.YES)
			    NovaOption(on == Known.YES)
			then
			    advise.finding("there are four", "Tried in every combination.");
			end
			""")));

	@Test
	void refusesANodeWithTooManyCombinationsBeforeTheRunBegins() {
		assertThatIllegalStateException().isThrownBy(() -> Assessments.of(OPEN, options(400)))
			.withMessageContaining("combinations")
			.withMessageContaining("NovaOption");
	}

	@Test
	void judgesANodeThatStaysWithinIt() {
		assertThat(Assessments.of(OPEN, options(5)).findings()).extracting((finding) -> finding.rule())
			.contains("V901");
	}

	private static NodeFacts options(int count) {
		return new NodeFacts(new Platform(ArchFamily.X86, "x86_64", Known.NO, Known.UNKNOWN), CpuInfo.UNKNOWN,
				KernelModules.UNKNOWN, DevKvm.UNKNOWN, Capabilities.UNKNOWN, List.of(), NovaConfFacts.UNKNOWN, null,
				Intent.UNKNOWN, Map.of(), List.of(), HostFacts.UNKNOWN,
				IntStream.range(0, count).mapToObj((at) -> new NovaOption("DEFAULT/option_" + at, "true")).toList(),
				LogFacts.UNKNOWN);
	}

}
