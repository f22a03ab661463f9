package io.virtwise.change.internal;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.change.CpuChoice;
import io.virtwise.change.CpuOptions;
import io.virtwise.nova.NovaConf;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlannedCpu} and {@link CpuOptions}.
 */
class PlannedCpuTests {

	private static CpuChoice choice(String... files) {
		List<NovaConf> read = new ArrayList<>();
		for (String file : files) {
			read.add(conf("/etc/nova/" + read.size() + ".conf", file));
		}
		return PlannedCpu.choice(read);
	}

	private static NovaConf conf(String path, String text) {
		return NovaConf.parse(text, path);
	}

	@Test
	void readsWhatNovaWouldGive() {
		assertThat(choice("[DEFAULT]\n")).isEqualTo(new CpuChoice("kvm", null, List.of(), List.of(), null));
		assertThat(choice("[libvirt]\nvirt_type=qemu\ncpu_mode=custom\ncpu_models=Westmere, Haswell\n",
				"[libvirt]\ncpu_model_extra_flags = +pcid,-vmx , ssbd\n"))
			.isEqualTo(new CpuChoice("qemu", "custom", List.of("Westmere", "Haswell"), List.of("+pcid", "-vmx", "ssbd"),
					null));
		assertThat(choice("[libvirt]\ncpu_mode=custom\ncpu_model=Nehalem\n").models()).containsExactly("Nehalem");
		assertThat(choice("[libvirt]\ncpu_mode=host-model\ncpu_models=Nehalem\n").models()).isEmpty();
	}

	@Test
	void saysWhatIsNotClear() {
		assertThat(choice("[libvirt]\ncpu_mode=custom\n", "[libvirt]\ncpu_mode=none\n").unclear())
			.contains("cpu_mode has different values in /etc/nova/0.conf and /etc/nova/1.conf");
		assertThat(choice("[libvirt]\ncpu_mode=none\n", "[libvirt]\ncpu_mode=none\n").unclear()).isNull();
		assertThat(choice("[DEFAULT]\nlibvirt_type=qemu\n").unclear()).contains("libvirt_type stands in");
		assertThat(choice("[libvirt\n").unclear()).contains("cannot read /etc/nova/0.conf");
	}

	@Test
	void theCpuChangesWhereNovaReadsAnotherValue() {
		NovaConf before = conf("a", "[libvirt]\n# cpu_mode = none\ncpu_mode = custom\ncpu_models=Nehalem\n");

		assertThat(CpuOptions.changing(before, conf("a", "[libvirt]\ncpu_models = Nehalem\ncpu_mode=custom\n")))
			.as("other lines, the same values")
			.isEmpty();
		assertThat(CpuOptions.changing(before,
				conf("a", "[DEFAULT]\n# cpu_mode = none\ncpu_mode = custom\n[libvirt]\ncpu_models=Nehalem\n")))
			.as("the same line in another section")
			.containsExactly("cpu_mode");
		assertThat(CpuOptions.changing(before, conf("a", "[libvirt\n"))).contains("virt_type", "libvirt_type");
	}

}
