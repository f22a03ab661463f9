package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.virtwise.rules.KnowledgeIndex;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.RulesRefused;
import io.virtwise.rules.internal.network.Network;
import io.virtwise.rules.internal.syntax.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all files of a rulebase, and executes nothing of them.
 */
final class RulebaseCheck {

	private static final int MAX_FILES = 500;

	private static final Pattern PATH = Pattern.compile("(?:[A-Za-z0-9_-]+/){0,4}[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*");

	private final List<RuleProblem> problems = new ArrayList<>();

	private final List<RuleSource> files;

	private final RulesRead rules;

	private final FileMemory memory;

	private final CaseFiles cases;

	private final Network.@Nullable Plan plan;

	RulebaseCheck(List<RuleSource> files, FileMemory memory) {
		this.files = List.copyOf(files);
		this.memory = memory;
		paths(files);
		boolean fine = this.problems.isEmpty();
		Supplier<CaseFiles> read = Beside.caller(() -> new CaseFiles(fine ? files : List.of(), memory));
		this.rules = new RulesRead(fine ? files : List.of(), memory);
		this.cases = read.get();
		this.problems.addAll(this.rules.problems());
		this.problems.addAll(this.cases.problems());
		this.plan = this.rules.passed() ? plan() : null;
		KnowledgeIndex index = fine ? files.stream()
			.filter((file) -> file.path().equals(ShippedRules.INDEX))
			.findFirst()
			.map(this::index)
			.orElse(null) : null;
		if (passed()) {
			this.problems.addAll(new Advisories(this.rules, this.cases.cases(), index).all());
		}
	}

	/** What is wrong, in reading order. */
	List<RuleProblem> problems() {
		return this.problems.stream().distinct().sorted().toList();
	}

	/**
	 * A rulebase of the files, built now; there is none if they have an error or no rule.
	 */
	Optional<Rulebase> rulebase() {
		Network.Plan ready = this.plan;
		if (ready == null || !passed() || this.rules.rules().isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(this.memory.rulebases()
			.of(this.files.stream().filter(RuleSource::holdsRules).toList(),
					(some) -> Rulebase.of(0, some, this.rules, ready)));
	}

	/** Whether a rulebase can be made of the files. */
	boolean passed() {
		return this.problems.stream().noneMatch((one) -> one.severity() == RuleProblem.Severity.ERROR);
	}

	/** The rules without fault, as they are written. */
	List<RuleText> texts() {
		return this.rules.texts();
	}

	/** The rules without fault as trees, by id. */
	Map<String, Rule> trees() {
		Map<String, Rule> trees = new TreeMap<>();
		this.rules.rules().forEach((rule) -> trees.put(rule.head().id(), rule.tree()));
		return trees;
	}

	/** The cases that could be read. */
	List<RuleCase> cases() {
		return this.cases.cases();
	}

	private void paths(List<RuleSource> files) {
		if (files.size() > MAX_FILES) {
			this.problems.add(RuleProblem.error("", 0, 0, "a rulebase has at most " + MAX_FILES + " files"));
		}
		Set<String> seen = new HashSet<>();
		for (RuleSource file : files) {
			if (file.path().length() > 200 || !PATH.matcher(file.path()).matches()) {
				this.problems.add(RuleProblem.error(file.path(), 0, 0,
						"the name of a file has letters, digits, - and _, as cpu-mode.drl"));
			}
			if (!seen.add(file.path())) {
				this.problems.add(RuleProblem.error(file.path(), 0, 0, "there are two files of this name"));
			}
		}
	}

	/** Some rules are fine by themselves and cannot be matched all the same. */
	private Network.@Nullable Plan plan() {
		try {
			return Rulebase.plan(this.rules);
		}
		catch (RulesRefused ex) {
			this.problems.addAll(ex.problems());
			return null;
		}
	}

	private @Nullable KnowledgeIndex index(RuleSource file) {
		try {
			return this.memory.indexes().of(file, KnowledgeReader::read);
		}
		catch (RulesRefused ex) {
			this.problems.addAll(ex.problems());
			return null;
		}
	}

}
