package io.virtwise.authoring.internal;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Revision;

import org.springframework.stereotype.Component;

/**
 * Tells who wrote what a draft would bring: those who edited it, and, where it brings
 * rules back that are not in force, those who wrote these.
 */
@Component
class Writers {

	private final EditTable edits;

	private final RevisionTable revisions;

	private final DraftTable drafts;

	private final Comparison comparison;

	private final RuleHistory history;

	Writers(EditTable edits, RevisionTable revisions, DraftTable drafts, Comparison comparison, RuleHistory history) {
		this.edits = edits;
		this.revisions = revisions;
		this.drafts = drafts;
		this.comparison = comparison;
		this.history = history;
	}

	/** Everybody, the portal left out. */
	Set<String> of(Draft draft) {
		Set<String> people = new TreeSet<>(this.edits.people(draft.id()));
		people.add(draft.author());
		byRule(draft).values().forEach(people::addAll);
		people.remove(Revision.PORTAL);
		return people;
	}

	/** Who edited it last, or began it where nobody did. */
	String last(Draft draft) {
		return this.edits.last(draft.id()).orElse(draft.author());
	}

	/** For each rule that would change, who wrote that. */
	SortedMap<String, Set<String>> byRule(Draft draft) {
		Map<String, Set<String>> touched = this.edits.byRule(draft.id());
		SortedMap<String, Set<String>> all = new TreeMap<>();
		this.comparison.of(this.revisions.tree(draft.restsOn()), this.drafts.tree(draft.id()))
			.rules()
			.forEach((rule) -> {
				Set<String> people = touched.get(rule.id());
				all.put(rule.id(), (people != null) ? people : before(draft, rule.id()));
			});
		return all;
	}

	/**
	 * Who wrote a rule that nobody touched in the draft: it is as it was where it began.
	 */
	private Set<String> before(Draft draft, String rule) {
		return (draft.from() != draft.restsOn()) ? this.history.authors(draft.from(), rule) : Set.of(draft.author());
	}

}
