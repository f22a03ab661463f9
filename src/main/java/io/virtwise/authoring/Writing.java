package io.virtwise.authoring;

import java.time.Instant;
import java.util.List;

import io.virtwise.authoring.Drafts.Precondition;
import io.virtwise.facts.Evidence;
import io.virtwise.rules.NewRule;
import org.jspecify.annotations.Nullable;

/**
 * What helps an author to write: finding one's way in texts, and rules that the portal
 * writes.
 */
public interface Writing {

	/** The rules of a text that may be half written, in their order. */
	List<OutlinedRule> outline(String path, String text);

	/**
	 * Where words stand in the files of a draft, whatever their case.
	 * @throws io.virtwise.shared.Refused if there is nothing to look for
	 */
	Hits search(String id, String words);

	/**
	 * The text of a rule file laid out in the one form.
	 * @throws io.virtwise.rules.RulesRefused if it cannot be laid out as it is
	 */
	String format(String path, String text);

	/**
	 * Adds a rule at the end of a file, and takes its lock.
	 * @param expected what the caller takes for the present state of the file
	 * @return the line where the rule begins
	 * @throws io.virtwise.shared.Refused with every field that is at fault, or with what
	 * stands against the write
	 */
	int insert(String id, String path, NewRule rule, Precondition expected);

	/**
	 * Makes a case of the facts of a node, without names and secrets, and adds it to the
	 * newest draft that the person may edit and began; without one it begins one.
	 * @param at the moment whose facts are meant, {@code null} for the latest
	 * @return where the case stands
	 * @throws io.virtwise.shared.Refused if the node had no facts then, or with what
	 * stands against the write
	 */
	Place caseOf(String nodeId, @Nullable Instant at);

	/** The same of evidence that is stored nowhere. */
	Place caseOf(Evidence evidence);

	/**
	 * A line of a file of a draft.
	 *
	 * @param draft the draft's id
	 * @param path its file
	 * @param line from 1
	 */
	record Place(String draft, String path, int line) {
	}

	/**
	 * A rule in an outline.
	 *
	 * @param id its id, or what stands in its place
	 * @param title the rest of its name
	 * @param line where it begins, from 1
	 */
	record OutlinedRule(String id, String title, int line) {
	}

	/**
	 * What was found.
	 *
	 * @param hits the first of them, by file and line
	 * @param total how many there are
	 */
	record Hits(List<Hit> hits, int total) {

		public Hits {
			hits = List.copyOf(hits);
		}

	}

	/**
	 * A line that holds the words.
	 *
	 * @param path its file
	 * @param line its number, from 1
	 * @param before what stands before the words
	 * @param words the words as they stand there
	 * @param after what stands behind them
	 */
	record Hit(String path, int line, String before, String words, String after) {
	}

}
