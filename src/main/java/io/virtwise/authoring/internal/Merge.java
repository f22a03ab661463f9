package io.virtwise.authoring.internal;

import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Three rulebases become one, file by file: what only one side changed is taken from that
 * side, what both changed alike is taken as it is, and what both changed differently
 * stays as ours and is a conflict.
 *
 * @param merged the files
 * @param conflicts paths of files in conflict
 */
record Merge(Tree merged, TreeSet<String> conflicts) {

	static Merge of(Tree ancestor, Tree ours, Tree theirs) {
		TreeSet<String> paths = new TreeSet<>(ancestor.files().keySet());
		paths.addAll(ours.files().keySet());
		paths.addAll(theirs.files().keySet());
		SortedMap<String, String> merged = new TreeMap<>();
		TreeSet<String> conflicts = new TreeSet<>();
		for (String path : paths) {
			String before = ancestor.files().get(path);
			String our = ours.files().get(path);
			String their = theirs.files().get(path);
			boolean unlike = !Objects.equals(our, their);
			if (unlike && !Objects.equals(before, our) && !Objects.equals(before, their)) {
				conflicts.add(path);
			}
			put(merged, path, (unlike && Objects.equals(before, our)) ? their : our);
		}
		return new Merge(new Tree(merged), conflicts);
	}

	private static void put(SortedMap<String, String> files, String path, @Nullable String sha256) {
		if (sha256 != null) {
			files.put(path, sha256);
		}
	}

}
