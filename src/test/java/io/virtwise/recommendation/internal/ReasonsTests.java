package io.virtwise.recommendation.internal;

import java.util.List;

import io.virtwise.nova.Setting;
import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.recommendation.Samples;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Cause;
import io.virtwise.rules.Assessment.How;
import io.virtwise.rules.Assessment.Recommendation;
import io.virtwise.rules.Assessment.RecommendedSetting;
import io.virtwise.rules.Assessment.Source;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Reasons}.
 */
class ReasonsTests {

	private static final Setting KVM = new Setting("libvirt", "virt_type", "kvm");

	private static final Cause WORKS = Cause.of("V110", "KVM works here.", List.of());

	private static final Cause DRIVER = Cause.of("V601", "The node is one for the libvirt driver.", List.of());

	@Test
	void aSettingRestsOnWhatItsRuleFollowsFromDirectly() {
		Cause own = Cause.of("V999", "[libvirt] virt_type = kvm",
				List.of(new Source(How.BECAUSE, "V110"), new Source(How.ALTHOUGH, "V7"), new Source(How.AND, "V601")));

		assertThat(reason(List.of(own, DRIVER, WORKS)))
			.isEqualTo("KVM works here. The node is one for the libvirt driver.");
	}

	@Test
	void aSettingThatRestsOnALineNamesIt() {
		Cause own = Cause.of("V999", "[libvirt] virt_type = kvm", List.of(new Source(How.UNKNOWN, "nobody looked"),
				new Source(How.SEEN, "/etc/nova/nova.conf line 5: x")));

		assertThat(reason(List.of(own))).isEqualTo("As /etc/nova/nova.conf line 5: x");
	}

	@Test
	void aSettingWithoutAChainRestsOnTheVerdict() {
		assertThat(reason(List.of())).isEqualTo(Samples.blocked().sentence());
	}

	private static String reason(List<Cause> chain) {
		Assessment sample = Samples.blocked();
		Recommendation recommendation = new Recommendation("libvirt.LibvirtDriver", "kvm", "host-model", List.of(),
				List.of(new RecommendedSetting(KVM, "V999", chain)), List.of(), List.of());
		List<ReasonedSetting> settings = Reasons.of(new Assessment(sample.rulebase(), sample.verdict(),
				sample.sentence(), recommendation, sample.novaConf(), sample.findings(), sample.conflicts(),
				sample.nova(), sample.conclusions(), sample.byRelease()));
		return settings.get(0).reason();
	}

}
