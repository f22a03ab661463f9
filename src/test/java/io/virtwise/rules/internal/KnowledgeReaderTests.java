package io.virtwise.rules.internal;

import io.virtwise.rules.KnowledgeIndex;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RulesRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the index may look like, and how it is refused.
 */
class KnowledgeReaderTests {

	private static final String INDEX = """
			parts:
			- key: one
			  title: One
			  about: The only part.
			  document: book
			  passages:
			  - section: "1.2"
			    title: First
			    rows:
			    - id: S01
			      says: It is so.
			      rules: [S01, V001]
			    - id: S02
			      says: It is otherwise.
			      source: elsewhere
			      reason: Nobody can decide it.
			errata:
			- id: E01
			  title: A slip
			  passages: ["1.2"]
			  claims:
			  - source: book 1.2
			    says: This.
			  follows: That.
			  because: It is right.
			  rules: [S01]
			""";

	@Test
	void readsRowsWithTheirRulesSourcesAndReasons() {
		KnowledgeIndex index = read(INDEX);

		assertThat(index.rows()).extracting(KnowledgeIndex.Row::id).containsExactly("S01", "S02");
		assertThat(index.row("S01")).hasValueSatisfying((row) -> {
			assertThat(row.source()).isEqualTo("book 1.2");
			assertThat(row.rules()).containsExactly("S01", "V001");
			assertThat(row.reason()).isNull();
		});
		assertThat(index.row("S02")).hasValueSatisfying((row) -> {
			assertThat(row.source()).isEqualTo("elsewhere");
			assertThat(row.reason()).isEqualTo("Nobody can decide it.");
		});
		assertThat(index.errata().get(0).claims().get(0).source()).isEqualTo("book 1.2");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			id: S02       | id: S01            | 13 | the id S01 stands twice
			id: E01       | id: S01            | 18 | the id S01 stands twice
			id: S02       | id: s2             | 13 | an id is a letter and two or three digits, and not s2
			reason:       | source2:           | 16 | source2 is not known here
			reason: Nobody can decide it. | rules: [] | 13 | S02 has neither a rule nor the reason
			says: It is so. | says: ''         | 11 | says is a text and not empty
			[S01, V001]   | [S01, S01]         | 12 | rules names S01 twice
			[S01, V001]   | S01                | 12 | rules is a list
			title: First  | about: First       | 8  | about is not known here
			title: First  | section: '1.3'     | 8  | section stands twice
			key: one      | key: [one]         | 2  | key is a text and not empty
			follows: That. | follows: [        | 26 | expected ',' or ']'
			parts:        | part:              | 1  | parts is missing or empty
			""")
	void refusesWithTheLineAndWhatIsWrong(String text, String instead, int line, String message) {
		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> read(INDEX.replace(text, instead)))
			.satisfies((refused) -> assertThat(refused.problems()).anySatisfy((fault) -> {
				assertThat(fault.message()).contains(message);
				assertThat(fault.line()).isEqualTo(line);
				assertThat(fault.file()).isEqualTo("index.yaml");
			}));
	}

	@ParameterizedTest
	@CsvSource({ "''", "just a word", "[1]", "{parts: 3}", "'a: &a [*a]'", "'\u0000'", "'&a [*a, *a]'" })
	void refusesWhatIsNoIndexAtAll(String text) {
		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> read(text))
			.satisfies((refused) -> assertThat(refused.problems()).isNotEmpty());
	}

	@Test
	void refusesWhatIsTooLongOrTooDeep() {
		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> read(INDEX + "#".repeat(600_000)));
		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> read("parts: " + "[".repeat(100_000)));
	}

	private static KnowledgeIndex read(String text) {
		return KnowledgeReader.read(new RuleSource("index.yaml", text));
	}

}
