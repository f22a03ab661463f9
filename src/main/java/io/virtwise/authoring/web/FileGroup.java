package io.virtwise.authoring.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.virtwise.authoring.DraftStatus;
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

	private static final String RULES = ".drl";

	private static final String CASES = ".cases.yaml";

	FileGroup {
		files = List.copyOf(files);
	}

	static List<FileGroup> ofRevision(List<RulebaseFile> files) {
		return of(files.stream().map((file) -> Entry.of(file.path(), null, null)).toList());
	}

	static List<FileGroup> ofDraft(DraftBody draft) {
		return of(draft.files()
			.stream()
			.map((file) -> Entry.of(file.path(), mark(draft, file), locked(draft, file)))
			.toList());
	}

	/** Rules go by subject, each with its cases; what has no rules stands below. */
	private static List<FileGroup> of(List<Entry> entries) {
		Map<String, Entry> left = new LinkedHashMap<>();
		entries.forEach((entry) -> left.put(entry.path(), entry));
		List<Entry> subjects = new ArrayList<>();
		for (Entry entry : entries) {
			if (entry.path().endsWith(RULES)) {
				left.remove(entry.path());
				subjects.add(entry.with(left.remove(entry.path().replace(RULES, CASES))));
			}
		}
		return Stream
			.of(new FileGroup("rules and cases by subject", subjects),
					new FileGroup("beside them", List.copyOf(left.values())))
			.filter((group) -> !group.files().isEmpty())
			.toList();
	}

	private static @Nullable String mark(DraftBody draft, FileBody file) {
		return draft.conflicts().contains(file.path()) ? "to decide" : (file.editedBy() != null) ? "edited" : null;
	}

	/** A lock says something only while the draft can be edited. */
	private static @Nullable String locked(DraftBody draft, FileBody file) {
		LockBody lock = DraftStatus.ofKey(draft.status()).editable() ? file.lock() : null;
		return (lock != null) ? lock.by().name() + " edits this since " + lock.since() : null;
	}

	/**
	 * A file in the tree.
	 *
	 * @param path its name
	 * @param icon the icon's class
	 * @param mark a word about it, {@code null} for none
	 * @param locked who edits it, {@code null} for nobody
	 * @param cases the cases on the same subject, {@code null} for none
	 */
	record Entry(String path, String icon, @Nullable String mark, @Nullable String locked, @Nullable Entry cases) {

		static Entry of(String path, @Nullable String mark, @Nullable String locked) {
			return new Entry(path, path.endsWith(CASES) ? "ti-flask" : "ti-file-code", mark, locked, null);
		}

		Entry with(@Nullable Entry cases) {
			return new Entry(this.path, this.icon, this.mark, this.locked, cases);
		}

	}

}
