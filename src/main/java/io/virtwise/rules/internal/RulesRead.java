package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.internal.FileMemory.ReadRules;
import io.virtwise.rules.internal.syntax.Problems;

/**
 * The rules of all files together.
 */
final class RulesRead {

	/** So few files are not worth a second thread. */
	private static final int FEW = 3;

	private final List<RuleProblem> problems = new ArrayList<>();

	private final List<ReadRule> rules = new ArrayList<>();

	private final Map<String, RuleText> texts = new LinkedHashMap<>();

	RulesRead(List<RuleSource> files) {
		this(files, FileMemory.none());
	}

	/** The same, where a text that was read lately is not read again. */
	RulesRead(List<RuleSource> files, FileMemory memory) {
		List<RuleSource> sorted = files.stream()
			.filter(RuleSource::holdsRules)
			.sorted(Comparator.comparing(RuleSource::path))
			.toList();
		int half = (sorted.size() > FEW) ? sorted.size() / 2 : 0;
		Supplier<List<ReadRules>> first = (half > 0) ? Beside.caller(() -> read(sorted.subList(0, half), memory))
				: List::of;
		List<ReadRules> second = read(sorted.subList(half, sorted.size()), memory);
		List<ReadRules> all = Stream.of(first.get(), second).flatMap(List::stream).toList();
		for (int at = 0; at < sorted.size(); at++) {
			take(sorted.get(at), all.get(at));
		}
	}

	private static List<ReadRules> read(List<RuleSource> files, FileMemory memory) {
		RuleFileReader reader = new RuleFileReader();
		return files.stream().map((file) -> memory.rules().of(file, (one) -> read(reader, one))).toList();
	}

	/** What is wrong with them, and what looks wrong. */
	List<RuleProblem> problems() {
		return this.problems;
	}

	/** Whether none of that is an error. */
	boolean passed() {
		return this.problems.stream().noneMatch((one) -> one.severity() == RuleProblem.Severity.ERROR);
	}

	/** Those that have no fault. */
	List<ReadRule> rules() {
		return this.rules;
	}

	/** The same as they are written. */
	List<RuleText> texts() {
		return List.copyOf(this.texts.values());
	}

	private static ReadRules read(RuleFileReader reader, RuleSource file) {
		Problems problems = new Problems(file.path());
		List<ReadRule> rules = reader.read(file, problems);
		return new ReadRules(rules, problems.all());
	}

	private void take(RuleSource file, ReadRules read) {
		Problems problems = new Problems(file.path());
		for (ReadRule rule : read.rules()) {
			RuleText earlier = this.texts.putIfAbsent(rule.head().id(), rule.text(file.path()));
			if (earlier != null) {
				problems.error(rule.tree().place(),
						"the id " + rule.head().id() + " is taken by a rule in " + earlier.file());
			}
			this.rules.add(rule);
		}
		this.problems.addAll(read.problems());
		this.problems.addAll(problems.all());
	}

}
