package io.virtwise.nova;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
			"' MITAKA ', 13, mitaka, -", "juno, 10, juno, -", "kilo, 11, kilo, -", "liberty, 12, liberty, -",
			"zed, 26, zed, -", "antelope, 27, 2023.1, -", "2023.1, 27, 2023.1, -", "bobcat, 28, 2023.2, -",
			"Caracal, 29, 2024.1, -", "2024.1, 29, 2024.1, -", "dalmatian, 30, 2024.2, -", "epoxy, 31, 2025.1, -",
			"flamingo, 32, 2025.2, -", "gazpacho, 33, 2026.1, -", "2026.1, 33, 2026.1, -" })
	void readsTheNameOfASeries(String text, int major, String series, String version) {
		assertThat(NovaRelease.parse(text)).contains(new NovaRelease(major, series, version));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "13, 13, mitaka, -", "12, 12, liberty, -", "33, 33, 2026.1, -", "13.1.4, 13, mitaka, 13.1.4",
					"26.2, 26, zed, 26.2", "2:26.2.2-1~deb12u3, 26, zed, 26.2.2",
					"1:13.1.4-1.el7ost, 13, mitaka, 13.1.4", "2:13.1.4-0ubuntu4.5, 13, mitaka, 13.1.4",
					"3:29.0.1-0ubuntu1.4~cloud0, 29, 2024.1, 29.0.1", "2:18.1.0-6+deb10u2, 18, rocky, 18.1.0",
					"1:20.4.1-1.20200914172612.3aa8d6a.el8ost, 20, train, 20.4.1",
					"2:31.0.0-6+deb13u2, 31, 2025.1, 31.0.0", "21.0.0.0rc1, 21, ussuri, 21.0.0.0",
					"27.1.1.dev5, 27, 2023.1, 27.1.1", "2:22.0.0~b3~git2020091014.76b2fbd, 22, victoria, 22.0.0",
					"openstack-nova-compute-13.1.4-1.el7ost.noarch, 13, mitaka, 13.1.4",
					"nova-compute 2:26.2.2-1~deb12u3, 26, zed, 26.2.2", "2014.2.1, 10, juno, 2014.2.1",
					"2014.2, 10, juno, -", "2015.1.0, 11, kilo, 2015.1.0", "1:2014.2.3-9.el7ost, 10, juno, 2014.2.3",
					"1:2015.1.4-0ubuntu2, 11, kilo, 2015.1.4" })
	void readsNumbersAndPackageVersions(String text, int major, String series, String version) {
		assertThat(NovaRelease.parse(text)).contains(new NovaRelease(major, series, version));
	}

	@ParameterizedTest
	@CsvSource({ "RHOSP 16.2, 20", "rhosp13, 17", "OSP10, 14", "rhoso 18, 27", "rhosp-9, 13" })
	void readsRedHatsNumberWhereItIsNamedAsSuch(String text, int major) {
		assertThat(NovaRelease.parse(text)).map(NovaRelease::major).contains(major);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "icehouse", "2014.1", "2014.1.5", "11", "10", "34", "99", "2015.2.0", "9.0.0",
			"mitaka or newer", "v13", "13.", "13.1.4; rm -rf /", "13.1.4\nmitaka", "rhosp 5", "openstack", "2027.1",
			"99999999999999999999", "1:2:13.1.4" })
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
		assertThat(release(series).minLibvirt()).isEqualTo(libvirt);
		assertThat(release(series).minQemu()).isEqualTo(qemu);
	}

	@Test
	void cannotBeAReleaseThatDoesNotExist() {
		assertThatThrownBy(() -> new NovaRelease(13, "newton", null)).hasMessage("nova 13 is mitaka, not newton");
		assertThatThrownBy(() -> new NovaRelease(9, "icehouse", null)).hasMessage("no nova release is number 9");
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
