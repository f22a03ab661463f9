package io.virtwise.rules.internal;

import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Conclusion;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.RecommendedSetting;
import io.virtwise.rules.Assessment.Recommendation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run that nobody asks for reasons decides the same.
 */
class UnexplainedRunTests {

	@Test
	void decidesTheSameWithoutReasons() {
		RandomNodes nodes = new RandomNodes(31);
		int explained = 0;
		for (int at = 0; at < 300; at++) {
			NodeFacts facts = nodes.next();
			Assessment whole = Assessments.of(Assessments.SHIPPED, facts);
			Assessment bare = Assessments.unexplained(Assessments.SHIPPED, facts);

			assertThat(bare).as("%s", facts).isEqualTo(withoutReasons(whole));
			explained += whole.equals(bare) ? 0 : 1;
		}
		assertThat(explained).as("reasons there are").isGreaterThan(250);
	}

	private static Assessment withoutReasons(Assessment whole) {
		Recommendation wanted = whole.recommendation();
		return new Assessment(whole.rulebase(), whole.verdict(), whole.sentence(),
				new Recommendation(wanted.computeDriver(), wanted.virtType(), wanted.cpuMode(), wanted.cpuModels(),
						bare(wanted.settings()), wanted.kernelModules(), wanted.imageFormats(), bare(wanted.inForce())),
				whole.novaConf(), whole.findings().stream().map(UnexplainedRunTests::bare).toList(), whole.conflicts(),
				whole.nova(), whole.conclusions().stream().map(UnexplainedRunTests::bare).distinct().toList());
	}

	private static List<RecommendedSetting> bare(List<RecommendedSetting> settings) {
		return settings.stream().map((one) -> new RecommendedSetting(one.setting(), one.rule(), List.of())).toList();
	}

	private static Finding bare(Finding one) {
		return new Finding(one.rule(), one.severity(), one.decidingFactUnknown(), one.title(), one.reason(), List.of(),
				one.remediation(), one.requires(), one.document(), List.of());
	}

	private static Conclusion bare(Conclusion one) {
		return new Conclusion(one.rule(), one.topic(), one.value(), one.sentence(), List.of());
	}

}
