package io.virtwise.facts;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NodeFacts}.
 */
class NodeFactsTests {

	private static final NodeFacts ALONE = new NodeFacts(
			new Platform(ArchFamily.X86, "x86_64", Known.NO, Known.UNKNOWN), CpuInfo.UNKNOWN, KernelModules.UNKNOWN,
			DevKvm.UNKNOWN, Capabilities.UNKNOWN, List.of(), NovaConfFacts.UNKNOWN, null, Intent.UNKNOWN, Map.of(),
			List.of());

	private final JsonMapper json = JsonMapper.builder().build();

	@Test
	void neverStoresWhatIsKnownOfOtherNodes() {
		NodeGroup group = new NodeGroup(2, 0, null, Known.NO, null, Known.YES, Known.YES, null, "cmp-secret");
		NodeFacts together = ALONE.together(new GroupFacts(group, List.of(), null), ALONE.intent(), Map.of());

		assertThat(together.group().groups()).containsExactly(group);
		assertThat(this.json.writeValueAsString(together)).isEqualTo(this.json.writeValueAsString(ALONE))
			.doesNotContain("cmp-secret", "\"group\":{");
		assertThat(this.json.readValue(this.json.writeValueAsString(together), NodeFacts.class)).isEqualTo(ALONE);
	}

	@Test
	void readsFactsThatWereStoredBeforeThereWereMicrocodeAndFlags() {
		String stored = this.json.writeValueAsString(ALONE).replace(",\"microcode\":null", "");

		assertThat(stored).doesNotContain("microcode");
		assertThat(this.json.readValue(stored, NodeFacts.class)).isEqualTo(ALONE);
		DomainCapabilities before = this.json.readValue("""
				{"domain": "kvm", "hostPassthrough": "YES", "hostModelMode": "YES", "custom": "YES",
				"hostModel": "EPYC", "usableModels": ["EPYC"], "unusableModels": [], "unknownModels": []}""",
				DomainCapabilities.class);
		assertThat(before.hostModelFlags()).isNull();
	}

}
