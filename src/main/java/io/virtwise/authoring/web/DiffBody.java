package io.virtwise.authoring.web;

import java.util.List;

import io.virtwise.authoring.RulebaseDiff;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two rulebases, as the HTTP contract shows it; {@code to} is
 * {@code null} where that is a draft.
 */
record DiffBody(int from, @Nullable Integer to, List<FileBody> files, List<RuleBody> rules) {

	static DiffBody of(int from, @Nullable Integer to, RulebaseDiff diff) {
		return new DiffBody(from, to,
				diff.files().stream().map((one) -> new FileBody(one.path(), one.kind().key(), one.diff())).toList(),
				diff.rules()
					.stream()
					.map((one) -> new RuleBody(one.id(), one.kind().key(), one.file(), one.before(), one.after(),
							one.diff()))
					.toList());
	}

	/** A file that was added, changed or removed. */
	record FileBody(String path, String change, String diff) {
	}

	/** A rule that was added, changed or removed. */
	record RuleBody(String rule, String change, String file, @Nullable String before, @Nullable String after,
			String diff) {
	}

}
