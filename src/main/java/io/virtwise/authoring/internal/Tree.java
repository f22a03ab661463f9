package io.virtwise.authoring.internal;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.virtwise.shared.ContentHash;

/**
 * The files of a rulebase: for each path the hash of its text.
 */
record Tree(SortedMap<String, String> files) {

	Tree(Map<String, String> files) {
		this(new TreeMap<>(files));
	}

	/** The hash over all files, a line each. */
	ContentHash content() {
		StringBuilder lines = new StringBuilder("virtwise rulebase files, form 1\n");
		this.files.forEach((path, sha256) -> lines.append(sha256).append(' ').append(path).append('\n'));
		return ContentHash.of(lines.toString());
	}

	/** The hash that an approval is bound to: the files, and what they would replace. */
	ContentHash toPublish(int restsOn) {
		return ContentHash.of("virtwise rulebase to publish, form 1\nin place of revision " + restsOn + "\nfiles "
				+ content() + "\n");
	}

}
