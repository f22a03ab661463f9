package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.virtwise.facts.EvidenceLine;
import org.jspecify.annotations.Nullable;

/**
 * What one command or file of a host printed.
 *
 * @param source the command or file
 * @param text what it printed
 */
record HostText(String source, String text) {

	/** The first line, without blanks around; {@code null} where there is none. */
	@Nullable String firstLine() {
		return lines().stream()
			.map((line) -> line.text().strip())
			.filter((line) -> !line.isEmpty())
			.findFirst()
			.orElse(null);
	}

	List<TextLine> lines() {
		List<TextLine> lines = new ArrayList<>();
		new TextLines(this.text).forEach(lines::add);
		return lines;
	}

	/** The first line that is so. */
	Optional<TextLine> line(Predicate<String> wanted) {
		return lines().stream().filter((line) -> wanted.test(line.text())).findFirst();
	}

	/** The text as a whole as evidence, shown by its first line. */
	EvidenceLine seen() {
		String first = firstLine();
		return new EvidenceLine(this.source, 0, (first != null) ? TextLine.shown(first) : "");
	}

}
