package io.virtwise.authoring.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.virtwise.authoring.RulebaseFile;
import io.virtwise.authoring.web.DraftBody.FileBody;
import io.virtwise.authoring.web.DraftBody.LockBody;
import org.jspecify.annotations.Nullable;

/**
 * Files of one sort, for the tree of files.
 *
 * @param title what sort
 * @param files by name, which is their subject
 */
record FileGroup(String title, List<Entry> files) {

	FileGroup {
		files = List.copyOf(files);
	}

	static List<FileGroup> ofRevision(List<RulebaseFile> files) {
		return of(files.stream().map((file) -> Entry.of(file.path(), null, null)).toList());
	}

	static List<FileGroup> ofDraft(DraftBody draft) {
		return of(
				draft.files().stream().map((file) -> Entry.of(file.path(), mark(draft, file), locked(file))).toList());
	}

	private static List<FileGroup> of(List<Entry> entries) {
		List<FileGroup> groups = new ArrayList<>();
		Function<Entry, String> sort = (entry) -> entry.path().endsWith(".drl") ? "rules"
				: entry.path().endsWith(".cases.yaml") ? "cases" : "beside them";
		for (String title : List.of("rules", "cases", "beside them")) {
			List<Entry> some = entries.stream().filter((entry) -> sort.apply(entry).equals(title)).toList();
			if (!some.isEmpty()) {
				groups.add(new FileGroup(title, some));
			}
		}
		return groups;
	}

	private static @Nullable String mark(DraftBody draft, FileBody file) {
		return draft.conflicts().contains(file.path()) ? "to decide" : (file.editedBy() != null) ? "edited" : null;
	}

	private static @Nullable String locked(FileBody file) {
		LockBody lock = file.lock();
		return (lock != null) ? lock.by().name() + " edits this since " + lock.since() : null;
	}

	/**
	 * A file in the tree.
	 *
	 * @param path its name
	 * @param icon the icon's class
	 * @param mark a word about it, {@code null} for none
	 * @param locked who edits it, {@code null} for nobody
	 */
	record Entry(String path, String icon, @Nullable String mark, @Nullable String locked) {

		static Entry of(String path, @Nullable String mark, @Nullable String locked) {
			return new Entry(path, path.endsWith(".cases.yaml") ? "ti-flask" : "ti-file-code", mark, locked);
		}

	}

}
