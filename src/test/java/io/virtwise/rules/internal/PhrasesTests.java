package io.virtwise.rules.internal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts with values in them, as people and as nova write them.
 */
class PhrasesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "KVM | found 'KVM' in KVM.", "k'm | found \"k'm\" in k'm.", "k\"m | found 'k\"m' in k\"m.",
					"k'\"m | found 'k\\'\"m' in k'\"m.", "k\\m | found 'k\\\\m' in k\\m." })
	void printsAValueBetweenQuotesAsNovaDoes(String value, String printed) {
		Phrases.Phrase phrase = new Phrases().of("found '{value}' in {value}.");

		assertThat(phrase.printed((variable) -> value)).isEqualTo(printed);
		assertThat(phrase.filled((variable) -> value)).isEqualTo("found '" + value + "' in " + value + ".");
		assertThat(phrase.printed((variable) -> null)).isEqualTo("found '{value}' in {value}.");
	}

}
