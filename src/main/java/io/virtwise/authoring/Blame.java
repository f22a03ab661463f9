package io.virtwise.authoring;

import java.time.Instant;
import java.util.List;

/**
 * Which revision a rule's text comes from, and who wrote it.
 *
 * @param rule the rule's id
 * @param file the file that it stands in
 * @param line the line where it begins, from 1
 * @param revision the revision that brought the text as it is
 * @param people ids of who wrote it
 * @param message why, in the words of who published it
 * @param at when
 */
public record Blame(String rule, String file, int line, int revision, List<String> people, String message, Instant at) {

	public Blame {
		people = List.copyOf(people);
	}

}
