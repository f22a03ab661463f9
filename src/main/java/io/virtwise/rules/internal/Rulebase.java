package io.virtwise.rules.internal;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.CaseRun.Miss;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.RulebaseHash;
import io.virtwise.rules.RulesRefused;
import io.virtwise.rules.internal.network.Network;
import io.virtwise.rules.internal.network.NotMatchable;
import io.virtwise.rules.internal.syntax.Rule;
import org.kie.api.KieBase;

/**
 * One revision of the rules, read and built. Never changes.
 */
final class Rulebase {

	private final RulebaseRevision revision;

	private final Map<String, RuleHead> heads = new HashMap<>();

	private final Map<String, RuleText> texts = new TreeMap<>();

	private final Map<String, Rule> trees = new TreeMap<>();

	private final List<ReadRule> rules;

	private final Matching matching;

	private final MatchBudget budget;

	private final Phrases phrases = new Phrases();

	private Rulebase(RulebaseRevision revision, List<ReadRule> rules, Matching matching) {
		this.revision = revision;
		this.rules = List.copyOf(rules);
		this.matching = matching;
		this.budget = new MatchBudget(rules);
		rules.forEach((rule) -> this.heads.put(rule.head().name(), rule.head()));
		rules.forEach((rule) -> this.trees.put(rule.head().id(), rule.tree()));
	}

	/**
	 * Checks and builds these files.
	 * @throws RulesRefused with every fault of every file
	 */
	static Rulebase of(int revision, List<RuleSource> files) {
		return of(revision, files, new RulesRead(files));
	}

	/** The same of rules that were read already. */
	static Rulebase of(int revision, List<RuleSource> files, RulesRead read) {
		return build(revision, files, read, NetworkMatching::new);
	}

	/** The same of rules that were planned already. */
	static Rulebase of(int revision, List<RuleSource> files, RulesRead read, Network.Plan plan) {
		return build(revision, files, read, (rules) -> new NetworkMatching(rules, plan));
	}

	/** The same as any Drools builds it, a base for each stage. */
	static Rulebase of(int revision, List<RuleSource> files, BaseBuilder bases) {
		return build(revision, files, new RulesRead(files), (rules) -> {
			Map<Stage, KieBase> built = new EnumMap<>(Stage.class);
			for (Stage stage : Stage.values()) {
				built.put(stage, bases.build(stage, trees(rules, stage)));
			}
			return new StagedMatching(built);
		});
	}

	private static Rulebase build(int revision, List<RuleSource> files, RulesRead read,
			Function<List<ReadRule>, Matching> build) {
		List<RuleSource> sorted = files.stream().sorted(Comparator.comparing(RuleSource::path)).toList();
		if (!read.passed()) {
			throw new RulesRefused(read.problems());
		}
		Rulebase rulebase = new Rulebase(new RulebaseRevision(revision, RulebaseHash.of(sorted)), read.rules(),
				built(read, build));
		read.texts().forEach((text) -> rulebase.texts.put(text.id(), text));
		return rulebase;
	}

	/**
	 * How a rulebase can be built of rules that were read; executes nothing of them.
	 * @throws RulesRefused if it cannot
	 */
	static Network.Plan plan(RulesRead read) {
		return built(read, NetworkMatching::plan);
	}

	private static <T> T built(RulesRead read, Function<List<ReadRule>, T> build) {
		try {
			return build.apply(read.rules());
		}
		catch (NotMatchable ex) {
			String file = read.texts()
				.stream()
				.filter((text) -> ex.rule().name().startsWith(text.id() + " "))
				.map(RuleText::file)
				.findFirst()
				.orElse("");
			throw new RulesRefused(List.of(RuleProblem.error(file, ex.rule().place().line(), ex.rule().place().column(),
					String.valueOf(ex.getMessage()))));
		}
	}

	/** Some rules of this one, as if there were no others. */
	Rulebase only(List<ReadRule> some) {
		return new Rulebase(this.revision, some, new NetworkMatching(some));
	}

	RulebaseRevision revision() {
		return this.revision;
	}

	/** All rules as they were read. */
	List<ReadRule> rules() {
		return this.rules;
	}

	/** How many combinations of facts may be tried. */
	MatchBudget budget() {
		return this.budget;
	}

	/** The texts of the rules, taken apart. */
	Phrases phrases() {
		return this.phrases;
	}

	/** All rules by name. */
	Map<String, RuleHead> heads() {
		return this.heads;
	}

	/** All rules as they are written, by id. */
	List<RuleText> texts() {
		return List.copyOf(this.texts.values());
	}

	/** All rules as trees, by id. */
	Map<String, Rule> trees() {
		return this.trees;
	}

	/** Why a rule did not fire on these facts, which are all that rules match. */
	Optional<Miss> miss(String id, List<Object> facts) {
		Rule tree = this.trees.get(id);
		RuleText text = this.texts.get(id);
		return (tree == null || text == null) ? Optional.empty() : new WhyNot(facts).miss(id, text.file(), tree);
	}

	/** The rules, built. */
	Matching matching() {
		return this.matching;
	}

	private static List<Rule> trees(List<ReadRule> rules, Stage stage) {
		return rules.stream().filter((rule) -> rule.head().stage() == stage).map(ReadRule::tree).toList();
	}

}
