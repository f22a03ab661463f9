package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaRelease;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Recommendation;
import io.virtwise.rules.RuleSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Releases that lead alike are judged once, and get what each would have got alone.
 */
class ReleaseTrailTests {

	private static final List<NovaRelease> RELEASES = NovaRelease.all();

	@Test
	void saysOfEachReleaseWhatItGetsAlone() {
		RandomNodes nodes = new RandomNodes(31);
		int runs = 0;
		for (int at = 0; at < 60; at++) {
			List<NodeFacts> variants = variants(nodes.next());
			List<Assessment> together = judged(Assessments.SHIPPED, variants);
			runs += distinct(together);
			for (int each = 0; each < variants.size(); each++) {
				assertThat(together.get(each)).as("%s", variants.get(each))
					.hasToString(Assessments.unexplained(Assessments.SHIPPED, variants.get(each)).toString());
			}
		}
		assertThat(runs).as("runs for 60 nodes and %s releases", RELEASES.size())
			.isLessThan(60 * RELEASES.size() * 2 / 3);
	}

	/**
	 * Each way in which a rule can look at the release parts the releases where it says.
	 */
	@Test
	void partsReleasesWhereARuleLooksAtThem() {
		parts("Release(major >= 20)", 2);
		parts("Release(major == 20)", 2);
		parts("Release($since : major)\n    Software(libvirt != $since)", RELEASES.size());
		parts("not Release(major in (13, 14))", 2);
		parts("(Release(major < 15) or Release(major > 29))", 3);
		parts("Release(cpuModelsOption == true)", 2);
		parts("NovaConfFacts(known == true)\n    Release(major >= 20)", 1);
		parts("Intent(nested == Known.YES)\n    Release(major >= 20)", 1);
	}

	private static void parts(String condition, int runs) {
		Rulebase rules = Rulebase.of(1, List.of(new RuleSource("one.drl", """
				rule "V901 One"
				@id(V901) @doc("a b") @severity(INFO)
				when
				    %s
				then
				    advise.finding("Told", "Why.", "- Look");
				end
				""".formatted(condition))));
		NodeFacts node = RuleCase.shipped()
			.stream()
			.map(RuleCase::facts)
			.filter((facts) -> !facts.novaConf().known() && facts.intent().nested() != Known.YES)
			.findFirst()
			.orElseThrow();
		List<Assessment> together = judged(rules, variants(node));

		assertThat(distinct(together)).as(condition).isEqualTo(runs);
		assertThat(together).as(condition)
			.map(Assessment::toString)
			.isEqualTo(
					variants(node).stream().map((facts) -> Assessments.unexplained(rules, facts).toString()).toList());
	}

	private static List<Assessment> judged(Rulebase rules, List<NodeFacts> variants) {
		return Assessments.built(rules).judge(variants);
	}

	private static int distinct(List<Assessment> assessments) {
		Set<Recommendation> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
		assessments.forEach((each) -> distinct.add(each.recommendation()));
		return distinct.size();
	}

	private static List<NodeFacts> variants(NodeFacts facts) {
		List<NodeFacts> variants = new ArrayList<>();
		for (NovaRelease release : RELEASES) {
			variants.add(new NodeFacts(facts.platform(), facts.cpuinfo(), facts.modules(), facts.devKvm(),
					facts.capabilities(), facts.domainCapabilities(), facts.novaConf(), release, facts.intent(),
					facts.seen(), facts.problems(), facts.host(), facts.options(), facts.logs()));
		}
		return variants;
	}

}
