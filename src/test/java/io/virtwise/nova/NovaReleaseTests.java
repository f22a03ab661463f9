package io.virtwise.nova;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a text names, and what each release asks for.
 */
class NovaReleaseTests {

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "mitaka, 13, mitaka, -", "Mitaka, 13, mitaka, -",
			"' MITAKA ', 13, mitaka, -", "juno, 10, juno, -", "10, 10, juno, -", "11, 11, kilo, -", "kilo, 11, kilo, -",
			"liberty, 12, liberty, -", "zed, 26, zed, -", "antelope, 27, 2023.1, -", "2023.1, 27, 2023.1, -",
			"bobcat, 28, 2023.2, -", "Caracal, 29, 2024.1, -", "2024.1, 29, 2024.1, -", "dalmatian, 30, 2024.2, -",
			"epoxy, 31, 2025.1, -", "flamingo, 32, 2025.2, -", "gazpacho, 33, 2026.1, -", "2026.1, 33, 2026.1, -" })
	void readsTheNameOfASeries(String text, int major, String series, String version) {
		assertThat(NovaRelease.parse(text)).contains(new NovaRelease(major, series, version));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "13, 13, mitaka, -", "12, 12, liberty, -", "33, 33, 2026.1, -",
			"13.1.4, 13, mitaka, 13.1.4", "26.2, 26, zed, 26.2", "2:26.2.2-1~deb12u3, 26, zed, 26.2.2",
			"1:13.1.4-1.el7ost, 13, mitaka, 13.1.4", "2:13.1.4-0ubuntu4.5, 13, mitaka, 13.1.4",
			"3:29.0.1-0ubuntu1.4~cloud0, 29, 2024.1, 29.0.1", "2:18.1.0-6+deb10u2, 18, rocky, 18.1.0",
			"1:20.4.1-1.20200914172612.3aa8d6a.el8ost, 20, train, 20.4.1", "2:31.0.0-6+deb13u2, 31, 2025.1, 31.0.0",
			"21.0.0.0rc1, 21, ussuri, 21.0.0.0", "27.1.1.dev5, 27, 2023.1, 27.1.1",
			"2:22.0.0~b3~git2020091014.76b2fbd, 22, victoria, 22.0.0",
			"openstack-nova-compute-13.1.4-1.el7ost.noarch, 13, mitaka, 13.1.4",
			"nova-compute 2:26.2.2-1~deb12u3, 26, zed, 26.2.2", "2014.2.1, 10, juno, 2014.2.1", "2014.2, 10, juno, -",
			"2015.1.0, 11, kilo, 2015.1.0", "1:2014.2.3-9.el7ost, 10, juno, 2014.2.3",
			"1:2015.1.4-0ubuntu2, 11, kilo, 2015.1.4", "2:25.1.1-0ubuntu1, 25, yoga, 25.1.1",
			"3:32.0.0-0ubuntu1~cloud0, 32, 2025.2, 32.0.0", "nova-compute-kvm_2:18.1.0-6_all, 18, rocky, 18.1.0",
			"2:14.0.0-4+deb9u1, 14, newton, 14.0.0", "openstack-nova-compute-20.6.1-1.el7.noarch, 20, train, 20.6.1",
			"1:26.2.2-1.el9s, 26, zed, 26.2.2", "1:17.0.13-35.el7ost, 17, queens, 17.0.13",
			"1:23.2.3-17.1.20230821141019.9e2b6a3.el9ost, 23, wallaby, 23.2.3",
			"openstack-nova-compute-27.5.1-18.0.20250305114751.el9ost.noarch, 27, 2023.1, 27.5.1" })
	void readsNumbersAndPackageVersions(String text, int major, String series, String version) {
		assertThat(NovaRelease.parse(text)).contains(new NovaRelease(major, series, version));
	}

	@ParameterizedTest
	@CsvSource({ "RHOSP 16.2, 20", "rhosp13, 17", "OSP10, 14", "rhoso 18, 27", "rhosp-9, 13" })
	void readsRedHatsNumberWhereItIsNamedAsSuch(String text, int major) {
		assertThat(NovaRelease.parse(text)).map(NovaRelease::major).contains(major);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "icehouse", "2014.1", "2014.1.5", "10.0.0", "11.0.1", "9", "34", "99",
			"2015.2.0", "9.0.0", "mitaka or newer", "v13", "13.", "13.1.4; rm -rf /", "13.1.4\nmitaka", "rhosp 5",
			"openstack", "2027.1", "99999999999999999999", "1:2:13.1.4" })
	void knowsNoOtherText(String text) {
		assertThat(NovaRelease.parse(text)).isEmpty();
	}

	@Test
	void readsNothingLongerThanAPackageName() {
		assertThat(NovaRelease.parse("13.1.4-" + "1".repeat(500))).isEmpty();
	}

	@Test
	void countsWithoutAGapFromJunoTo2026() {
		assertThat(NovaRelease.all()).extracting(NovaRelease::major)
			.containsExactlyElementsOf(java.util.stream.IntStream.rangeClosed(10, 33).boxed().toList());
		assertThat(NovaRelease.all())
			.allSatisfy((release) -> assertThat(NovaRelease.parse(release.series())).contains(release));
	}

	@Test
	void callsTheModelOptionAsTheReleaseDoes() {
		assertThat(release("stein").cpuModelOption()).isEqualTo("cpu_model");
		assertThat(release("train").cpuModelOption()).isEqualTo("cpu_models");
	}

	@Test
	void offersXenAndUmlUpToVictoriaOnly() {
		assertThat(release("victoria").virtTypes()).containsExactly("kvm", "lxc", "qemu", "uml", "xen", "parallels");
		assertThat(release("wallaby").virtTypes()).containsExactly("kvm", "lxc", "qemu", "parallels");
	}

	@Test
	void holdsToItsChoicesFromLibertyOn() {
		assertThat(List.of("juno", "kilo", "liberty", "2026.1")).extracting((name) -> release(name).choicesEnforced())
			.containsExactly(false, false, true, true);
	}

	@Test
	void readsItsDropInFolderFromPikeOn() {
		assertThat(release("ocata").readsDropIns()).isFalse();
		assertThat(release("pike").readsDropIns()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "juno, 0.9.11, -", "liberty, 0.9.11, -", "mitaka, 0.10.2, -", "ocata, 1.2.1, 1.5.3",
					"queens, 1.2.9, 2.1.0", "rocky, 1.3.1, 2.5.0", "stein, 3.0.0, 2.8.0", "train, 3.0.0, 2.8.0",
					"ussuri, 4.0.0, 2.11.0", "victoria, 5.0.0, 4.0.0", "yoga, 6.0.0, 4.2.0", "2023.1, 6.0.0, 4.2.0",
					"2023.2, 7.0.0, 5.2.0", "2024.2, 7.0.0, 5.2.0", "2025.1, 8.0.0, 6.2.0", "2026.1, 8.0.0, 6.2.0" })
	void asksForAtLeastTheseVersions(String series, String libvirt, String qemu) {
		assertThat(release(series).minimum().libvirt()).isEqualTo(libvirt);
		assertThat(release(series).minimum().qemu()).isEqualTo(qemu);
	}

	@Test
	void cannotBeAReleaseThatDoesNotExist() {
		assertThatThrownBy(() -> new NovaRelease(13, "newton", null)).hasMessage("nova 13 is mitaka, not newton");
		assertThatThrownBy(() -> new NovaRelease(9, "icehouse", null)).hasMessage("no nova release is number 9");
	}

	/** Copied by hand from the table of releases in the decision notes. */
	@ParameterizedTest
	@CsvFileSource(resources = "releases.csv", numLinesToSkip = 1, nullValues = "-")
	void knowsWhatEachReleaseAsks(int major, String series, Integer rhosp, String virtTypes, boolean enforced,
			String modelOption, String libvirt, String qemu, String nextLibvirt, String nextQemu, String drivers) {
		NovaRelease release = release(series);
		assertThat(release.major()).isEqualTo(major);
		assertThat(release.rhosp()).isEqualTo(rhosp);
		assertThat(String.join(" ", release.virtTypes())).isEqualTo(virtTypes);
		assertThat(release.choicesEnforced()).isEqualTo(enforced);
		assertThat(release.cpuModes()).containsExactly("host-model", "host-passthrough", "custom", "none");
		assertThat(release.cpuModelOption()).isEqualTo(modelOption);
		assertThat(LaterOption.CPU_MODELS.in(release)).isEqualTo(modelOption.equals("cpu_models"));
		assertThat(release.checksAtStart()).isEqualTo(modelOption.equals("cpu_models"));
		assertThat(release.prefixesDriver()).isEqualTo(major >= 14);
		assertThat(release.flagsHaveSigns()).isEqualTo(major >= 23);
		assertThat(release.minimum()).isEqualTo(new Minimum(libvirt, qemu));
		assertThat(release.nextMinimum()).isEqualTo(new Minimum(nextLibvirt, nextQemu));
		assertThat(release.drivers()).extracting((driver) -> driver.name().toLowerCase(java.util.Locale.ROOT))
			.containsExactlyInAnyOrder(drivers.split(" "));
	}

	@Test
	void askedForMoreOnPowerAndS390InMitakaOnly() {
		assertThat(release("mitaka").minimum(Architecture.OTHER)).isEqualTo(new Minimum("0.10.2", null));
		assertThat(release("mitaka").minimum(Architecture.POWER)).isEqualTo(new Minimum("1.2.12", "2.1.0"));
		assertThat(release("mitaka").minimum(Architecture.S390)).isEqualTo(new Minimum("1.2.13", "2.3.0"));
		assertThat(release("newton").minimum(Architecture.S390)).isEqualTo(release("newton").minimum());
	}

	@ParameterizedTest
	@CsvSource({ "0.9.11, 9011", "1.2.12, 1002012", "10.0.0, 10000000" })
	void countsVersionsAsLibvirtDoes(String version, int number) {
		assertThat(new Minimum(version, version).libvirtNumber()).isEqualTo(number);
		assertThat(new Minimum(version, version).qemuNumber()).isEqualTo(number);
		assertThat(new Minimum(version, null).qemuNumber()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "13.1.4, 130104", "26.2, 260200", "26, 260000", "mitaka, 130000", "2014.2.1, 100100",
			"2015.1.0, 110000", "21.0.0.0rc1, 210000", "2:26.2.2-1~deb12u3, 260202" })
	void countsItself(String text, int number) {
		assertThat(release(text).number()).isEqualTo(number);
	}

	@ParameterizedTest
	@CsvSource({ "CPU_MODEL_EXTRA_FLAGS, 15.1.0, false", "CPU_MODEL_EXTRA_FLAGS, 15.1.1, true",
			"CPU_MODEL_EXTRA_FLAGS, 16.1.1, false", "CPU_MODEL_EXTRA_FLAGS, 16.1.2, true",
			"CPU_MODEL_EXTRA_FLAGS, 17.0.2, false", "CPU_MODEL_EXTRA_FLAGS, 17.0.3, true",
			"CPU_MODEL_EXTRA_FLAGS, 14, false", "CPU_MODEL_EXTRA_FLAGS, queens, true",
			"CPU_MODEL_EXTRA_FLAGS, 18.0.0, true", "SKIP_CPU_COMPARE_AT_STARTUP, 26.2.0, false",
			"SKIP_CPU_COMPARE_AT_STARTUP, 26.2.1, true", "SKIP_CPU_COMPARE_AT_STARTUP, zed, true",
			"SKIP_CPU_COMPARE_AT_STARTUP, 25, false", "SKIP_CPU_COMPARE_AT_STARTUP, 27.0.0, true",
			"SKIP_CPU_COMPARE_ON_DEST, 25.0.1, false", "SKIP_CPU_COMPARE_ON_DEST, 25.1.0, true",
			"SKIP_CPU_COMPARE_ON_DEST, 26.0.0, true", "TB_CACHE_SIZE, 27, false", "TB_CACHE_SIZE, 28, true",
			"POINTER_MODEL, 13.1.4, false", "POINTER_MODEL, 14.0.0, true", "VMDK_ALLOWED_TYPES, 26.0.0, false",
			"VMDK_ALLOWED_TYPES, 26.1.0, true", "CPU_DEDICATED_SET, 19, false", "CPU_DEDICATED_SET, 20, true" })
	void knowsWhenAnOptionCame(LaterOption option, String text, boolean known) {
		assertThat(option.in(release(text))).isEqualTo(known);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "any",
			value = { "14, ''", "15.1.0, ''", "15.1.1, pcid", "15.1.2, pcid", "15.1.3, 'pcid, ssbd, virt-ssbd'",
					"15.1.5, 'pcid, ssbd, virt-ssbd, amd-ssbd, amd-no-ssb'", "16.1.1, ''", "16.1.2, pcid",
					"16.1.4, 'pcid, ssbd, virt-ssbd'", "16.1.5, 'pcid, ssbd, virt-ssbd, amd-ssbd, amd-no-ssb'",
					"17.0.2, ''", "17.0.3, pcid", "17.0.5, 'pcid, ssbd, virt-ssbd'",
					"17.0.6, 'pcid, ssbd, virt-ssbd, amd-ssbd, amd-no-ssb'", "18.0.0, any", "33, any" })
	void holdsFlagsToTheChoicesOfItsPointRelease(String text, String flags) {
		List<String> choices = release(text).extraFlags();
		assertThat((choices == null) ? null : String.join(", ", choices)).isEqualTo(flags);
	}

	@Test
	void namesItselfForPeople() {
		assertThat(NovaRelease.parse("13.1.4").orElseThrow().displayName()).isEqualTo("Mitaka (nova 13.1.4)");
		assertThat(release("2024.1").displayName()).isEqualTo("2024.1 (nova 29)");
	}

	private static NovaRelease release(String text) {
		return NovaRelease.parse(text).orElseThrow();
	}

}
