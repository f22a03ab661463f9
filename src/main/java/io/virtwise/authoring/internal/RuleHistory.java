package io.virtwise.authoring.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.virtwise.approval.RecentAuthors.Authorship;
import io.virtwise.authoring.Blame;
import io.virtwise.authoring.Revision;
import io.virtwise.authoring.internal.RuleOutline.OutlinedRule;

import org.springframework.stereotype.Component;

/**
 * Where the text of a rule comes from: back along the revisions, each of which says what
 * it changed of its parent.
 */
@Component
class RuleHistory {

	private final RevisionTable table;

	private final TextTable texts;

	RuleHistory(RevisionTable table, TextTable texts) {
		this.table = table;
		this.texts = texts;
	}

	/** For each rule of a revision, by file and line. */
	List<Blame> blame(int number) {
		Map<Integer, Revision> revisions = this.table.headers();
		Map<String, Map<Integer, Set<String>>> changes = this.table.changes();
		List<Blame> blame = new ArrayList<>();
		RuleOutline.of(this.texts.sources(this.table.tree(number)))
			.forEach((id, rule) -> blame.add(blame(id, rule, at(id, number, revisions, changes), changes)));
		blame.sort(Comparator.comparing(Blame::file).thenComparingInt(Blame::line));
		return blame;
	}

	/** Who wrote a rule as a revision has it. */
	Set<String> authors(int number, String rule) {
		Map<String, Map<Integer, Set<String>>> changes = this.table.changes();
		return authors(rule, at(rule, number, this.table.headers(), changes), changes);
	}

	/**
	 * Who wrote these rules as a revision has them, each with the revision that brought
	 * it.
	 */
	List<Authorship> authorships(int number, Collection<String> rules) {
		Map<Integer, Revision> revisions = this.table.headers();
		Map<String, Map<Integer, Set<String>>> changes = this.table.changes();
		List<Authorship> all = new ArrayList<>();
		for (String rule : Set.copyOf(rules)) {
			Revision at = at(rule, number, revisions, changes);
			authors(rule, at, changes)
				.forEach((person) -> all.add(new Authorship(person, at.number(), at.publishedAt())));
		}
		return all;
	}

	private static Blame blame(String id, OutlinedRule rule, Revision at,
			Map<String, Map<Integer, Set<String>>> changes) {
		return new Blame(id, rule.file(), rule.line(), at.number(), List.copyOf(authors(id, at, changes)), at.message(),
				at.publishedAt());
	}

	private static Set<String> authors(String rule, Revision at, Map<String, Map<Integer, Set<String>>> changes) {
		return changes.getOrDefault(rule, Map.of()).getOrDefault(at.number(), Set.of(at.author()));
	}

	private static Revision at(String rule, int number, Map<Integer, Revision> revisions,
			Map<String, Map<Integer, Set<String>>> changes) {
		Map<Integer, Set<String>> ofRule = changes.getOrDefault(rule, Map.of());
		Revision at = revision(revisions, number);
		while (!ofRule.containsKey(at.number()) && at.parent() != null) {
			at = revision(revisions, at.parent());
		}
		return at;
	}

	private static Revision revision(Map<Integer, Revision> revisions, int number) {
		Revision found = revisions.get(number);
		if (found == null) {
			throw new IllegalStateException("there is no revision " + number);
		}
		return found;
	}

}
