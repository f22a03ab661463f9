package io.virtwise.rules;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

import io.virtwise.shared.ContentHash;

/**
 * The hash by which assessments name a rulebase: over its rule files, and not over what
 * stands beside them.
 */
public final class RulebaseHash {

	private RulebaseHash() {
	}

	/** The hash of the rules among these files, in whatever order they come. */
	public static String of(List<RuleSource> files) {
		StringBuilder all = new StringBuilder();
		files.stream()
			.filter(RuleSource::holdsRules)
			.sorted(Comparator.comparing(RuleSource::path))
			.forEach((file) -> all.append(file.path())
				.append(' ')
				.append(file.text().getBytes(StandardCharsets.UTF_8).length)
				.append('\n')
				.append(file.text()));
		return ContentHash.of(all.toString()).sha256();
	}

}
