package io.virtwise.recommendation.terminal;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The command line of the advice.
 */
class AdviseArgumentsTests {

	@Test
	void callsReleaseAndIntentAsTheContractDoes() {
		AdviseArguments arguments = AdviseArguments.parse(List.of("--json", "--release", "13.1.4", "--intent",
				"environment=production", "--intent", "image-formats=raw,qcow2"));

		assertThat(arguments.json()).isTrue();
		assertThat(arguments.colours()).isFalse();
		assertThat(arguments.parts()).isEqualTo(
				Map.of("release", "13.1.4", "intent.environment", "production", "intent.image-formats", "raw,qcow2"));
	}

	@Test
	void asksForNothingByItself() {
		assertThat(AdviseArguments.parse(List.of())).isEqualTo(new AdviseArguments(false, false, Map.of()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "--nope | unknown argument '--nope'", "--release | --release needs a value",
					"--release icehouse | --release 'icehouse' is no nova release", "--intent | --intent needs a value",
					"--intent environment | is not NAME=VALUE", "--intent =lab | is not NAME=VALUE",
					"--intent nested= | is not NAME=VALUE",
					"--intent nested=true --intent nested=false | intent.nested is given twice",
					"--release 13 --release 14 | release is given twice" })
	void refusesWhatItCannotRead(String line, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> AdviseArguments.parse(List.of(line.split(" "))))
			.withMessageContaining(message);
	}

}
