package io.virtwise.rules.internal.syntax;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.virtwise.rules.RuleSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a rule file on its way to a tree and back.
 */
class DrlFileTests {

	@Test
	void everyShippedRuleComesThroughAndPrintsWhatItSays() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("rules"))) {
			for (Path file : files.filter((one) -> one.toString().endsWith(".drl")).toList()) {
				String text = Files.readString(file);
				Problems problems = new Problems(file.getFileName().toString());

				List<Rule> rules = DrlFile.read(new RuleSource(problems.file(), text), problems);

				assertThat(problems.all()).isEmpty();
				assertThat(rules).hasSameSizeAs(text.lines().filter((line) -> line.startsWith("rule ")).toList());
				String printed = String.join("\n", rules.stream().map(Canonical::text).toList());
				List<Rule> again = DrlFile.read(new RuleSource(problems.file(), printed), problems);
				assertThat(again.stream().map(Canonical::text).toList())
					.isEqualTo(rules.stream().map(Canonical::text).toList());
			}
		}
	}

}
