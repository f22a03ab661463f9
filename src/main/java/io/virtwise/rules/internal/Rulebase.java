package io.virtwise.rules.internal;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.RulesRefused;
import io.virtwise.rules.internal.syntax.Rule;
import io.virtwise.shared.ContentHash;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionsPool;

/**
 * One revision of the rules, built: an immutable base for each stage with a pool of
 * sessions.
 */
final class Rulebase {

	private static final int POOLED_SESSIONS = 2;

	private final RulebaseRevision revision;

	private final Map<String, RuleHead> heads = new TreeMap<>();

	private final Map<String, RuleText> texts = new TreeMap<>();

	private final Map<Stage, KieSessionsPool> pools = new EnumMap<>(Stage.class);

	private Rulebase(RulebaseRevision revision) {
		this.revision = revision;
	}

	/**
	 * Checks and builds these files.
	 * @throws RulesRefused with every fault of every file
	 */
	static Rulebase of(int revision, List<RuleSource> files) {
		return of(revision, files, new MvelBases());
	}

	/** The same, built in another way. */
	static Rulebase of(int revision, List<RuleSource> files, BaseBuilder bases) {
		List<RuleSource> sorted = files.stream().sorted(Comparator.comparing(RuleSource::path)).toList();
		RulesRead read = new RulesRead(sorted);
		if (!read.problems().isEmpty()) {
			throw new RulesRefused(read.problems());
		}
		Rulebase rulebase = new Rulebase(new RulebaseRevision(revision, hash(sorted)));
		List<ReadRule> rules = read.rules();
		rules.forEach((rule) -> rulebase.heads.put(rule.head().name(), rule.head()));
		read.texts().forEach((text) -> rulebase.texts.put(text.id(), text));
		for (Stage stage : Stage.values()) {
			rulebase.pools.put(stage, bases.build(stage, trees(rules, stage)).newKieSessionsPool(POOLED_SESSIONS));
		}
		return rulebase;
	}

	RulebaseRevision revision() {
		return this.revision;
	}

	/** All rules by name. */
	Map<String, RuleHead> heads() {
		return this.heads;
	}

	/** All rules as they are written, by id. */
	List<RuleText> texts() {
		return List.copyOf(this.texts.values());
	}

	/** A session of that stage, empty; to be disposed of. */
	KieSession session(Stage stage) {
		KieSessionsPool pool = this.pools.get(stage);
		if (pool == null) {
			throw new IllegalStateException("every stage is built");
		}
		return pool.newKieSession();
	}

	private static List<Rule> trees(List<ReadRule> rules, Stage stage) {
		return rules.stream().filter((rule) -> rule.head().stage() == stage).map(ReadRule::tree).toList();
	}

	private static String hash(List<RuleSource> files) {
		StringBuilder all = new StringBuilder();
		for (RuleSource file : files) {
			int length = file.text().getBytes(StandardCharsets.UTF_8).length;
			all.append(file.path()).append(' ').append(length).append('\n').append(file.text());
		}
		return ContentHash.of(all.toString()).sha256();
	}

}
