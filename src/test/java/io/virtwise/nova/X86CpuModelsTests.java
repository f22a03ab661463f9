package io.virtwise.nova;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link X86CpuModels}: the models that the libvirt of the machine is too old
 * for. Those that it knows are held against it elsewhere.
 */
class X86CpuModelsTests {

	@ParameterizedTest
	@CsvSource({ "SapphireRapids, Intel, 109, 9.8.0", "GraniteRapids, Intel, 193, 10.8.0",
			"SierraForest, Intel, 170, 10.8.0", "SapphireRapids-v2, Intel, 186, 10.10.0",
			"Cascadelake-Server-v5, Intel, 151, 10.10.0", "ClearwaterForest, Intel, 186, 12.5.0",
			"EPYC-Genoa, AMD, 108, 9.8.0", "EPYC-v4, AMD, 72, 10.10.0", "EPYC-Rome-v4, AMD, 78, 10.10.0",
			"EPYC-Rome-v5, AMD, 88, 12.5.0", "EPYC-Milan-v2, AMD, 92, 10.10.0", "EPYC-Milan-v3, AMD, 102, 12.5.0",
			"EPYC-Genoa-v2, AMD, 120, 12.5.0", "EPYC-Turin, AMD, 128, 12.5.0" })
	void knowsWhatNewerModelsAreMadeOfAndSinceWhen(String model, String vendor, int features, String since) {
		assertThat(features(model)).hasSize(features);
		assertThat(X86CpuModels.vendor(model)).contains(vendor);
		String[] parts = since.split("\\.", -1);
		int libvirt = Integer.parseInt(parts[0]) * 1_000_000 + Integer.parseInt(parts[1]) * 1_000;
		assertThat(X86CpuModels.knows(libvirt, model.toLowerCase(java.util.Locale.ROOT))).isTrue();
		assertThat(X86CpuModels.knows(libvirt - 1, model)).isFalse();
	}

	@Test
	void eachGenerationHasWhatTheOneBeforeHad() {
		for (List<String> line : List.of(List.of("EPYC", "EPYC-IBPB", "EPYC-Rome", "EPYC-Rome-v4"),
				List.of("EPYC-Milan", "EPYC-Milan-v2", "EPYC-Milan-v3", "EPYC-Genoa-v2", "EPYC-Turin"),
				List.of("EPYC-Milan-v2", "EPYC-Genoa", "EPYC-Genoa-v2"),
				List.of("SapphireRapids", "SapphireRapids-v2", "GraniteRapids"))) {
			for (int at = 1; at < line.size(); at++) {
				assertThat(features(line.get(at))).as(line.get(at)).containsAll(features(line.get(at - 1)));
			}
			assertThat(X86CpuModels.oldToNew()).containsSubsequence(line);
		}
		assertThat(features("SierraForest")).contains("cmpccxadd").doesNotContain("avx512f", "amx-tile");
	}

	@Test
	void whatNestedGuestsGetMakesNoModelNewer() {
		assertThat(features("Cascadelake-Server-v5")).contains("vmx-ept");
		assertThat(X86CpuModels.oldToNew()).containsSubsequence("Cascadelake-Server-v5", "SapphireRapids",
				"GraniteRapids");
	}

	@Test
	void aPartOfTheTableIsNoModelAndANewFeatureIsNotOneOfEveryLibvirt() {
		assertThat(X86CpuModels.features("nested-vmx")).isEmpty();
		assertThat(X86CpuModels.vendor("nested-vmx")).isEmpty();
		assertThat(X86CpuModels.knows(12_005_000, "nested-vmx")).isFalse();
		assertThat(X86CpuModels.oldToNew()).doesNotContain("nested-vmx", "part", "since");
		assertThat(X86CpuModels.isFeature("avx2")).isTrue();
		assertThat(X86CpuModels.isFeature("sm3")).isFalse();
	}

	private static Set<String> features(String model) {
		return X86CpuModels.features(model).orElseThrow();
	}

}
