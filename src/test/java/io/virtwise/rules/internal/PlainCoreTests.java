package io.virtwise.rules.internal;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.language.Answer;
import io.virtwise.rules.language.Topic;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The yardstick of the benchmark decides what the rules decide. Where it does not, one of
 * them was changed without the other.
 */
class PlainCoreTests {

	private final Rulebase core = Rulebase.of(1, CoreRules.files());

	@Test
	void decidesAsTheRulesDoOnTheNodesOfTheBenchmark() {
		List<NodeFacts> nodes = new BenchNodes().facts().stream().filter(PlainCore::knows).toList();

		assertThat(nodes).hasSizeGreaterThan(20).allSatisfy(this::decidesAlike);
	}

	@Test
	void theNodesOfTheBenchmarkSetOptionsThatRulesAskFor() {
		List<NodeFacts> nodes = new BenchNodes().facts();

		assertThat(nodes.stream().filter((facts) -> facts.options().size() > 1)).hasSizeGreaterThan(nodes.size() / 5);
	}

	@Test
	void decidesAsTheRulesDoOnMadeUpNodes() {
		RandomNodes random = new RandomNodes(17);

		assertThat(Stream.generate(random::next).limit(6_000).filter(PlainCore::knows)).hasSizeGreaterThan(500)
			.allSatisfy(this::decidesAlike);
	}

	private void decidesAlike(NodeFacts facts) {
		Map<Topic, Answer> rules = new EnumMap<>(Topic.class);
		Run.unexplained(this.core, facts).conclusions().conclusions().forEach((one) -> {
			assertThat(rules.put(one.topic(), one.answer())).as("one answer on %s of %s", one.topic(), facts).isNull();
		});
		assertThat(PlainCore.decide(facts)).as("%s", facts).isEqualTo(rules);
	}

}
