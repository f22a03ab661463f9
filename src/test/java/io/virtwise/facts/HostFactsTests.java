package io.virtwise.facts;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What follows from the facts that a shell on the node tells.
 */
class HostFactsTests {

	@ParameterizedTest
	@CsvSource({ "YES, YES, UNKNOWN, YES", "YES, NO, UNKNOWN, NO", "NO, NO, UNKNOWN, YES", "NO, YES, UNKNOWN, YES",
			"UNKNOWN, UNKNOWN, YES, NO", "UNKNOWN, UNKNOWN, NO, YES", "UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN",
			"YES, UNKNOWN, UNKNOWN, UNKNOWN" })
	void tellsFirmwareFromRegisters(Known locked, Known enabled, Known svmDisabled, Known on) {
		ProcessorRegisters registers = new ProcessorRegisters(true, Known.UNKNOWN, Known.UNKNOWN, locked, enabled,
				svmDisabled);

		assertThat(registers.virtualizationOn()).isEqualTo(on);
	}

	@Test
	void looksForTheDevicesGroupAmongAllGroupsOfTheUser() {
		assertThat(user(64055, 108, List.of("108", "36"), 36).inDeviceGroup()).isEqualTo(Known.YES);
		assertThat(user(64055, 108, List.of(), 108).inDeviceGroup()).isEqualTo(Known.YES);
		assertThat(user(64055, 108, List.of("108"), 424).inDeviceGroup()).isEqualTo(Known.NO);
		assertThat(user(0, 0, List.of(), 424).inDeviceGroup()).isEqualTo(Known.YES);
		assertThat(user(64055, 108, List.of("108"), null).inDeviceGroup()).isEqualTo(Known.UNKNOWN);
		assertThat(user(64055, null, List.of(), 36).inDeviceGroup()).isEqualTo(Known.UNKNOWN);
	}

	private static QemuUser user(int uid, @Nullable Integer gid, List<String> groups, @Nullable Integer deviceGid) {
		return new QemuUser(true, "qemu", uid, gid, groups, deviceGid, Known.UNKNOWN);
	}

	@ParameterizedTest
	@CsvSource({ "7.2.22, 7002022", "10.0.0, 10000000", "5.6, 5006000", "1:7.2+dfsg, 0", "6.1.0-18-amd64, 6001000",
			"8, 8000000", "'', 0", "v5, 0", "5.14.0-427.el9.x86_64, 5014000", "2.10.1(Debian), 2010001" })
	void countsVersionsAsLibvirtDoes(String version, int number) {
		assertThat(Software.number(version)).isEqualTo(number);
	}

	@ParameterizedTest
	@CsvSource({ "True, YES", "yes, YES", "1, YES", "off, NO", "FALSE, NO", "2, UNKNOWN", "'', UNKNOWN" })
	void readsBooleansAsOsloConfigDoes(String value, Known on) {
		assertThat(new NovaOption("DEFAULT/force_raw_images", value).on()).isEqualTo(on);
	}

	@Test
	void readsFactsThatAnEarlierVersionStored() {
		NodeFacts facts = new NodeFacts(new Platform(ArchFamily.X86, "x86_64", Known.NO, Known.YES), CpuInfo.UNKNOWN,
				KernelModules.UNKNOWN, DevKvm.UNKNOWN, Capabilities.UNKNOWN, List.of(), NovaConfFacts.UNKNOWN, null,
				Intent.UNKNOWN, Map.of(), List.of());
		JsonMapper json = JsonMapper.builder().build();
		String stored = json.writeValueAsString(facts);
		String earlier = stored.substring(0, stored.indexOf(",\"host\":")) + "}";

		assertThat(json.readValue(stored, NodeFacts.class)).isEqualTo(facts);
		assertThat(json.readValue(earlier, NodeFacts.class)).isEqualTo(facts);
	}

}
