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
	@CsvSource({ "True, YES", "yes, YES", "1, YES", "off, NO", "FALSE, NO", "2, UNKNOWN", "t, UNKNOWN", "'', UNKNOWN" })
	void readsBooleansAsOsloConfigDoes(String value, Known on) {
		assertThat(new NovaOption("DEFAULT/force_raw_images", value).on()).isEqualTo(on);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", quoteCharacter = '"', textBlock = """
			"4-12,^8,15" | none
			"0"          | none
			""           | none
			" 3 , ^2-3, 1 - 2" | none
			","          | No CPUs available after parsing '[compute] cpu_shared_set' config, ','
			"4-2"        | Invalid range expression '4-2'
			"^3"         | No CPUs available after parsing '[compute] cpu_shared_set' config, '^3'
			"1,^1"       | No CPUs available after parsing '[compute] cpu_shared_set' config, '1,^1'
			"2, a-b"     | Invalid range expression 'a-b'
			"1-"         | Invalid range expression '1-'
			"-1"         | Invalid range expression '-1'
			"^x"         | Invalid exclusion expression '^x'
			"1;2"        | Invalid inclusion expression '1;2'
			""")
	void readsSetsOfProcessorsAsNovaDoes(String value, @Nullable String fault) {
		assertThat(new NovaOption("compute/cpu_shared_set", value).processorsFault()).isEqualTo(fault);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none", value = { "10, 10", "-1, -1", "+5, 5", "' 7 ', 7", "1e3, none", "'', none" })
	void readsWholeNumbers(String value, @Nullable Integer number) {
		assertThat(new NovaOption("DEFAULT/timeout_nbd", value).number()).isEqualTo(number);
	}

	@Test
	void readsPairsOneALine() {
		assertThat(new NovaOption("DEFAULT/virt_mkfs", "linux=mkfs.ext4 -L a=b\nwindows=mkfs.ntfs").pairs())
			.isEqualTo(Known.YES);
		assertThat(new NovaOption("DEFAULT/virt_mkfs", "linux=mkfs.ext4\nmkfs.ntfs").pairs()).isEqualTo(Known.NO);
		assertThat(new NovaOption("DEFAULT/virt_mkfs", "").pairs()).isEqualTo(Known.NO);
	}

	@Test
	void namesAnOptionWithoutItsSection() {
		assertThat(new NovaOption("DEFAULT/virt_mkfs", "").name()).isEqualTo("virt_mkfs");
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
