package io.virtwise.change.internal;

import java.util.List;

import io.virtwise.nova.Setting;
import io.virtwise.shared.Refused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a person may have written to a nova.conf.
 */
class AllowedSettingsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			DEFAULT | force_raw_images      | True
			DEFAULT | vcpu_pin_set          | 4-12,^8,15
			DEFAULT | vcpu_pin_set          | -
			DEFAULT | libvirt_type          | -
			DEFAULT | libvirt_cpu_mode      | -
			DEFAULT | libvirt_cpu_model     | -
			compute | cpu_dedicated_set     | 2-15
			compute | cpu_shared_set        | 0, 1
			libvirt | cpu_model_extra_flags | -hle, +ssbd, mtrr
			""")
	void letsPass(String section, String option, String value) {
		assertThatCode(() -> AllowedSettings.check(List.of(new Setting(section, option, value))))
			.doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			DEFAULT | force_raw_images  | true    | is not a value that DEFAULT/force_raw_images takes
			DEFAULT | vcpu_pin_set      | 4;12    | not a value that DEFAULT/vcpu_pin_set takes
			compute | cpu_dedicated_set | all     | not a value that compute/cpu_dedicated_set takes
			DEFAULT | libvirt_type      | kvm     | give null to take the option out
			libvirt | rbd_secret_uuid   | x       | an option that this portal does not write
			""")
	void refuses(String section, String option, String value, String message) {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> AllowedSettings.check(List.of(new Setting(section, option, value))))
			.satisfies((refused) -> assertThat(refused.faults()).singleElement()
				.satisfies((fault) -> assertThat(fault.message()).contains(message.strip())));
	}

}
