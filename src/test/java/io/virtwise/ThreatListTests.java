package io.virtwise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every threat of {@code docs/threats.md} names tests that are there.
 */
class ThreatListTests {

	private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Tests|IT|E2E))`");

	@Test
	void everyThreatNamesTestsThatAreThere() throws IOException {
		List<String> rows = Files.readAllLines(Path.of("docs/threats.md"))
			.stream()
			.filter((line) -> line.startsWith("| ") && !line.startsWith("| threat |"))
			.toList();
		Set<String> there;
		try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
			there = files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".java"))
				.map((name) -> name.substring(0, name.length() - ".java".length()))
				.collect(Collectors.toCollection(TreeSet::new));
		}

		assertThat(rows).hasSizeGreaterThan(25);
		assertThat(rows).allSatisfy((row) -> {
			String[] cells = row.split("\\|", -1);
			assertThat(cells).hasSize(5);
			List<String> named = NAME.matcher(cells[3]).results().map((match) -> match.group(1)).toList();
			assertThat(named).as(row).isNotEmpty().allMatch(there::contains);
		});
	}

}
