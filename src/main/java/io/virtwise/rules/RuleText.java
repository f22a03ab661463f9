package io.virtwise.rules;

import io.virtwise.rules.Assessment.Document;
import org.jspecify.annotations.Nullable;

/**
 * A rule as it is written.
 *
 * @param id its id
 * @param title what an operator reads of it
 * @param stage the stage that it belongs to, as its sink is called
 * @param severity how bad it is when it fires
 * @param document where the decision is documented
 * @param since first nova release that it is about, {@code null} for all
 * @param until last nova release that it is about, {@code null} for all
 * @param file the file that it stands in
 * @param line the line where it begins, from 1
 * @param text the rule, word for word
 */
public record RuleText(String id, String title, String stage, Severity severity, Document document,
		@Nullable Integer since, @Nullable Integer until, String file, int line, String text) {
}
