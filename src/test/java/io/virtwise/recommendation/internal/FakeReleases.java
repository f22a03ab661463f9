package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.Samples;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.NovaVerdict;
import io.virtwise.rules.Assessment.RecommendedSetting;
import io.virtwise.rules.Assessment.Recommendation;
import io.virtwise.rules.Severity;
import io.virtwise.rules.Verdict;

/**
 * Rules that say something else from Train on: the model's option has another name, and
 * nova does not start.
 */
public final class FakeReleases implements Advisor {

	/** The runs over these rules. */
	public static ReleaseRuns runs() {
		return new ReleaseRuns(new FakeReleases());
	}

	@Override
	public Assessment assess(NodeFacts facts) {
		Assessment sample = Samples.blocked();
		boolean train = facts.release() != null && facts.release().atLeast(20);
		List<RecommendedSetting> settings = new ArrayList<>();
		settings.add(new RecommendedSetting(new Setting("libvirt", "cpu_model", train ? null : "Nehalem"), "V776"));
		if (train) {
			settings.add(new RecommendedSetting(new Setting("libvirt", "cpu_models", "Nehalem"), "V775"));
		}
		List<Finding> findings = new ArrayList<>();
		if (train) {
			findings.add(new Finding("N22", Severity.BLOCK, false, "A CPU model is named <b>&amp;</b>", "why",
					List.of(), List.of(), List.of(), new Assessment.Document("nova", "x"), List.of()));
		}
		return new Assessment(sample.rulebase(), train ? Verdict.BLOCKED : Verdict.READY, train ? "No." : "Yes.",
				new Recommendation("libvirt.LibvirtDriver", "kvm", "custom", List.of("Nehalem"), settings, List.of(),
						List.of()),
				train ? "[libvirt]\ncpu_models = Nehalem\n" : "[libvirt]\ncpu_model = Nehalem\n", findings, List.of(),
				train ? new NovaVerdict(20, false, "start", "The cpu_models option is not required")
						: new NovaVerdict(13, true, null, null),
				List.of());
	}

	@Override
	public Assessment.RulebaseRevision rulebase() {
		return Samples.blocked().rulebase();
	}

}
