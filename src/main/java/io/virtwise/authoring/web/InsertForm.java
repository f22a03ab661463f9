package io.virtwise.authoring.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Draft.DraftFile;
import io.virtwise.rules.NewRule;
import io.virtwise.rules.NewRule.Advice;
import io.virtwise.rules.NewRule.Clause;
import org.jspecify.annotations.Nullable;

/**
 * The form for a new rule, as it was sent.
 *
 * @param path the file that the rule goes to
 * @param etag the hash of that file's text as the form was opened
 * @param field fact and field of each line of the condition
 * @param operator how each is compared
 * @param value with what
 * @param adviceLines steps or settings, one a line
 */
record InsertForm(String path, String etag, String id, String title, String document, String passage, String severity,
		List<String> field, List<String> operator, List<String> value, String adviceKind, String adviceTitle,
		String adviceWhy, String adviceLines) {

	/** How many lines a condition has in the form. */
	static final int LINES = 4;

	InsertForm(@Nullable String path, @Nullable String etag, @Nullable String id, @Nullable String title,
			@Nullable String document, @Nullable String passage, @Nullable String severity,
			@Nullable List<String> field, @Nullable List<String> operator, @Nullable List<String> value,
			@Nullable String adviceKind, @Nullable String adviceTitle, @Nullable String adviceWhy,
			@Nullable String adviceLines) {
		this.path = said(path);
		this.etag = said(etag);
		this.id = said(id);
		this.title = said(title);
		this.document = said(document);
		this.passage = said(passage);
		this.severity = said(severity);
		this.field = filled(field);
		this.operator = filled(operator);
		this.value = filled(value);
		this.adviceKind = said(adviceKind);
		this.adviceTitle = said(adviceTitle);
		this.adviceWhy = said(adviceWhy);
		this.adviceLines = said(adviceLines);
	}

	/** Nothing filled in yet. */
	static InsertForm empty(String path, Draft draft) {
		String tag = draft.file(path).map(DraftFile::sha256).orElse("");
		return new InsertForm(path, tag, null, null, "hypervisors-3.11", null, "WARN", null, null, null, "finding",
				null, null, null);
	}

	/** What was filled in. */
	NewRule rule() {
		List<Clause> clauses = new ArrayList<>();
		for (int at = 0; at < LINES; at++) {
			if (!this.field.get(at).isEmpty() || !this.value.get(at).isEmpty()) {
				clauses.add(new Clause(this.field.get(at), this.operator.get(at), this.value.get(at)));
			}
		}
		return new NewRule(this.id, this.title, this.document, this.passage, this.severity, clauses,
				new Advice(this.adviceKind, this.adviceTitle, this.adviceWhy, this.adviceLines.lines().toList()));
	}

	private static String said(@Nullable String value) {
		return Objects.requireNonNullElse(value, "").strip();
	}

	private static List<String> filled(@Nullable List<String> values) {
		List<String> some = new ArrayList<>();
		for (int at = 0; at < LINES; at++) {
			some.add((values != null && at < values.size()) ? said(values.get(at)) : "");
		}
		return List.copyOf(some);
	}

}
