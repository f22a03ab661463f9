package io.virtwise.recommendation;

import java.util.List;

import io.virtwise.facts.NovaConfFacts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OptionComparison}.
 */
class OptionComparisonTests {

	@Test
	void setsEachOptionBesideItsValueToday() {
		List<OptionComparison> options = OptionComparison.of(Samples.novaConf("kvm", "none", "Nehalem"),
				Samples.blocked().recommendation());

		assertThat(options).containsExactly(new OptionComparison("libvirt", "virt_type", true, "kvm", "kvm", "S11"),
				new OptionComparison("libvirt", "cpu_mode", true, "none", "host-model", "P37"),
				new OptionComparison("libvirt", "cpu_model", true, "Nehalem", null, "P37"),
				new OptionComparison("DEFAULT", "compute_driver", true, null, "libvirt.LibvirtDriver", null));
		assertThat(options).extracting(OptionComparison::differs).containsExactly(false, true, true, false);
		assertThat(OptionComparison.differing(options)).isEqualTo(2);
	}

	@Test
	void countsNothingWhereNobodyReadTheFile() {
		List<OptionComparison> options = OptionComparison.of(NovaConfFacts.UNKNOWN, Samples.blocked().recommendation());

		assertThat(options).allSatisfy((option) -> {
			assertThat(option.todayKnown()).isFalse();
			assertThat(option.differs()).isFalse();
		});
	}

}
