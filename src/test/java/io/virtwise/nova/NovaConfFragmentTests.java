package io.virtwise.nova;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.virtwise.shared.Refused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The lines that people copy into a nova.conf.
 */
class NovaConfFragmentTests {

	private final NovaConfFragment fragment = new Ini4jNovaConfFragment();

	@Test
	void putsDefaultFirstAndKeepsTheOrderOtherwise() {
		String text = this.fragment.render(List.of(new Setting("libvirt", "virt_type", "kvm"),
				new Setting("libvirt", "cpu_mode", "custom"), new Setting("neutron", "region_name", "one"),
				new Setting("DEFAULT", "compute_driver", "libvirt.LibvirtDriver"),
				new Setting("libvirt", "cpu_models", "Haswell,Broadwell")));

		assertThat(text).isEqualTo("""
				[DEFAULT]
				compute_driver = libvirt.LibvirtDriver

				[libvirt]
				virt_type = kvm
				cpu_mode = custom
				cpu_models = Haswell,Broadwell

				[neutron]
				region_name = one
				""");
	}

	@Test
	void leavesOutWhatShouldNotBeSet() {
		assertThat(this.fragment.render(List.of(new Setting("libvirt", "cpu_model", null)))).isEmpty();
		assertThat(this.fragment.render(List.of())).isEmpty();
		assertThat(this.fragment
			.render(List.of(new Setting("libvirt", "cpu_model", null), new Setting("libvirt", "cpu_mode", "none"))))
			.isEqualTo("[libvirt]\ncpu_mode = none\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "C:\\nova\\new", "a = b : c", "#not a comment", "; nor this", "[libvirt]", "${HOST}",
			"${libvirt/virt_type}", "%(x)s", "tcp://[::1]:5000/v3?a=b&c=d", "caf\u00E9 \u4E2D\uD83D\uDE00", "it's",
			"say \"x\" twice", "\\", "\\u0041", "@PROP/os.name", "\uFEFFx" })
	void writesAnyHarmlessValueUnchanged(String value) {
		String text = this.fragment.render(List.of(new Setting("libvirt", "some_option", value)));

		assertThat(text).startsWith("[libvirt]\nsome_option =").contains(value);
		assertThat(NovaConf.parse(text, "x").effective("libvirt", "some_option")).map(NovaConf.Assignment::value)
			.contains(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "kvm\n[DEFAULT]", "kvm\rx", "kvm\0", "a\tb", "\u001B[31m", "a\u0085b", "a\u2028b", " kvm",
			"kvm ", "\u00A0kvm", "kvm\u3000", "\"kvm\"", "'kvm'", "\"", "\uD800", "x\uDCFFy" })
	void refusesValuesThatAFileCannotCarry(String value) {
		Refused refused = catchThrowableOfType(Refused.class,
				() -> this.fragment.render(List.of(new Setting("libvirt", "virt_type", value))));

		assertThat(refused.kind()).isEqualTo(Refused.Kind.INVALID);
		assertThat(refused.getMessage())
			.startsWith("This cannot be written to a nova.conf: libvirt/virt_type has a value");
		assertThat(refused.faults()).singleElement()
			.satisfies((fault) -> assertThat(fault.field()).isEqualTo("libvirt/virt_type"));
	}

	@ParameterizedTest
	@CsvSource({ "Libvirt, virt_type, section", "default, virt_type, section", "'lib]virt', virt_type, section",
			"'', virt_type, section", "'a\nb', virt_type, section", "libvirt, VIRT_TYPE, option", "libvirt, '', option",
			"libvirt, 'virt type', option", "libvirt, '#virt_type', option", "libvirt, 'a=b', option",
			"libvirt, 'a\nb', option", "libvirt, '[x', option" })
	void refusesNamesThatNovaDoesNotUse(String section, String option, String field) {
		Refused refused = catchThrowableOfType(Refused.class,
				() -> this.fragment.render(List.of(new Setting(section, option, "x"))));

		assertThat(refused.faults()).singleElement().satisfies((fault) -> assertThat(fault.field()).isEqualTo(field));
		assertThat(refused.getMessage()).doesNotContain("\n");
	}

	@Test
	void refusesTwoValuesForOneOption() {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> this.fragment.render(
					List.of(new Setting("libvirt", "virt_type", "kvm"), new Setting("libvirt", "virt_type", "qemu"))))
			.withMessageContaining("two different values");
		assertThat(this.fragment
			.render(List.of(new Setting("libvirt", "virt_type", "kvm"), new Setting("libvirt", "virt_type", "kvm"))))
			.isEqualTo("[libvirt]\nvirt_type = kvm\n");
	}

	@Test
	void refusesAVeryLongValue() {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> this.fragment.render(List.of(new Setting("libvirt", "cpu_models", "x".repeat(4097)))))
			.withMessageContaining("4097 characters");
	}

	/** Whatever is not refused reads back; seeded, so that a failure comes again. */
	@Test
	void eitherRefusesOrCarriesAnyValue() {
		Random random = new Random(20261123);
		String alphabet = "ab=:#;[]\"'\\ \t\n\r$%{}/\u00A0\u2028\u00E9,-";
		int carried = 0;
		for (int i = 0; i < 5000; i++) {
			String value = IntStream.range(0, random.nextInt(8))
				.mapToObj((n) -> String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))))
				.collect(java.util.stream.Collectors.joining());
			try {
				String text = this.fragment.render(List.of(new Setting("libvirt", "o", value)));
				assertThat(NovaConf.parse(text, "x").sections().toString()).isEqualTo("{libvirt={o=[" + value + "]}}");
				carried++;
			}
			catch (Refused ex) {
				assertThat(ex.faults()).isNotEmpty();
			}
		}
		assertThat(carried).isBetween(500, 4500);
	}

}
