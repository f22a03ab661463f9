package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a parser writes down while it reads: where it saw a fact, and what it did not
 * understand.
 */
final class ReadingNotes {

	/** More lines for one fact tell nobody more. */
	private static final int LINES_PER_FACT = 8;

	private final Map<String, List<EvidenceLine>> seen = new TreeMap<>();

	private final List<Problem> problems = new ArrayList<>();

	void saw(String fact, EvidenceLine line) {
		List<EvidenceLine> lines = this.seen.computeIfAbsent(fact, (name) -> new ArrayList<>());
		if (lines.size() < LINES_PER_FACT && !lines.contains(line)) {
			lines.add(line);
		}
	}

	/** The text as a whole is the evidence. */
	void sawWhole(String fact, String source) {
		saw(fact, new EvidenceLine(source, 0, ""));
	}

	/** Whether this fact was seen already. */
	boolean has(String fact) {
		return this.seen.containsKey(fact);
	}

	/** Takes back what was seen of a fact, because it did not count after all. */
	void forget(String fact) {
		this.seen.remove(fact);
	}

	void problem(EvidenceKind kind, @Nullable Integer line, String message) {
		this.problems.add(new Problem(kind.part(), line, message));
	}

	void add(Reading<?> reading) {
		reading.seen().forEach((fact, lines) -> lines.forEach((line) -> saw(fact, line)));
		this.problems.addAll(reading.problems());
	}

	<T> Reading<T> about(T fact) {
		return new Reading<>(fact, seen(), problems());
	}

	Map<String, List<EvidenceLine>> seen() {
		Map<String, List<EvidenceLine>> copy = new TreeMap<>();
		this.seen.forEach((fact, lines) -> copy.put(fact, List.copyOf(lines)));
		return copy;
	}

	List<Problem> problems() {
		return List.copyOf(this.problems);
	}

}
