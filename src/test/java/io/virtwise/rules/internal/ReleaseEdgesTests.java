package io.virtwise.rules.internal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.virtwise.nova.InTreeDriver;
import io.virtwise.nova.LaterOption;
import io.virtwise.nova.NovaRelease;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a rule holds for some releases only, its edges are those of the table of
 * releases.
 */
class ReleaseEdgesTests {

	private static final int FOR_EVER = Integer.MAX_VALUE;

	/** For each rule the column that its edges come from: it holds while this holds. */
	private static final Map<String, Function<NovaRelease, Boolean>> COLUMNS = new TreeMap<>(Map.ofEntries(
			Map.entry("V610", (release) -> !release.choicesEnforced()),
			Map.entry("V611", (release) -> release.choicesEnforced() && !release.prefixesDriver()),
			Map.entry("V612", (release) -> release.prefixesDriver() && release.virtTypes().contains("xen")),
			Map.entry("V613", (release) -> !release.virtTypes().contains("xen")),
			Map.entry("N02", (release) -> release.choicesEnforced() && release.virtTypes().contains("xen")),
			Map.entry("N03", (release) -> !release.virtTypes().contains("xen")),
			Map.entry("N04", NovaRelease::choicesEnforced),
			Map.entry("N05", (release) -> release.extraFlags() != null && !release.extraFlags().isEmpty()),
			Map.entry("N06", (release) -> !InTreeDriver.HYPERV.in(release)),
			Map.entry("N07", (release) -> !InTreeDriver.XENAPI.in(release)),
			Map.entry("N08", (release) -> !InTreeDriver.POWERVM.in(release) && release.atLeast(20)),
			Map.entry("N09", (release) -> !InTreeDriver.POWERVM.in(release) && !release.atLeast(20)),
			Map.entry("N10", (release) -> !InTreeDriver.ZVM.in(release)),
			Map.entry("N11", (release) -> !release.checksAtStart()),
			Map.entry("N12", (release) -> !release.checksAtStart()),
			Map.entry("N13", (release) -> !release.checksAtStart()), Map.entry("N21", NovaRelease::checksAtStart),
			Map.entry("N22", NovaRelease::checksAtStart), Map.entry("N24", NovaRelease::checksAtStart),
			Map.entry("N28", LaterOption.SKIP_CPU_COMPARE_AT_STARTUP::in),
			Map.entry("N32", LaterOption.SKIP_CPU_COMPARE_AT_STARTUP::in),
			Map.entry("N33", LaterOption.SKIP_CPU_COMPARE_AT_STARTUP::in),
			Map.entry("N34", LaterOption.SKIP_CPU_COMPARE_AT_STARTUP::in),
			Map.entry("P56", NovaRelease::prefixesDriver), Map.entry("V775", LaterOption.CPU_MODELS::in),
			Map.entry("V777", LaterOption.CPU_MODELS::in), Map.entry("V781", LaterOption.CPU_MODELS::in)));

	@TestFactory
	Stream<DynamicTest> rulesHoldWhereTheTableSaysSo() {
		Map<String, RuleHead> heads = Assessments.SHIPPED.heads()
			.values()
			.stream()
			.collect(Collectors.toMap(RuleHead::id, Function.identity()));
		return COLUMNS.entrySet().stream().map((column) -> DynamicTest.dynamicTest(column.getKey(), () -> {
			RuleHead head = heads.get(column.getKey());
			assertThat(head).as("the rule " + column.getKey()).isNotNull();
			List<Integer> majors = NovaRelease.all()
				.stream()
				.filter((release) -> column.getValue().apply(release))
				.map(NovaRelease::major)
				.toList();
			int first = majors.get(0);
			int last = majors.get(majors.size() - 1);
			assertThat(majors).hasSize(last - first + 1);
			assertThat(head.since()).isEqualTo((first == oldest()) ? 0 : first);
			assertThat(head.until()).isEqualTo((last == newest()) ? FOR_EVER : last);
		}));
	}

	@Test
	void noRuleBeginsOrEndsOutsideTheTable() {
		assertThat(Assessments.SHIPPED.heads().values()).allSatisfy((head) -> {
			assertThat(head.since()).satisfiesAnyOf((since) -> assertThat(since).isZero(),
					(since) -> assertThat(since).isBetween(oldest() + 1, newest()));
			assertThat(head.until()).satisfiesAnyOf((until) -> assertThat(until).isEqualTo(FOR_EVER),
					(until) -> assertThat(until).isBetween(oldest(), newest() - 1));
		});
	}

	private static int oldest() {
		return NovaRelease.all().get(0).major();
	}

	private static int newest() {
		return NovaRelease.all().get(NovaRelease.all().size() - 1).major();
	}

}
