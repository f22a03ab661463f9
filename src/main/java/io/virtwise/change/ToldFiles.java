package io.virtwise.change;

import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import io.virtwise.change.ChangeReport.FileReport;
import io.virtwise.shared.ContentHash;

/**
 * Keeps what people are shown of the files of changes that are looked at now: hundreds of
 * nodes have as many files, and the page of a running change is asked for again and
 * again. What is kept counts only while the bytes are the same, and goes when memory is
 * short.
 */
final class ToldFiles {

	/** So many changes are looked at at the same time. */
	private static final int CHANGES = 16;

	private final Map<String, SoftReference<Map<String, Told>>> kept = new LinkedHashMap<>(CHANGES, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, SoftReference<Map<String, Told>>> eldest) {
			return size() > CHANGES;
		}

	};

	/**
	 * What is shown of a change's files.
	 * @param diff makes a diff of the masked texts before and after
	 */
	OfChange of(ChangeRequest change, BiFunction<String, byte[][], String> diff) {
		return new OfChange(told(change.id()), diff, new LinkedHashMap<>());
	}

	private Map<String, Told> told(String changeId) {
		synchronized (this.kept) {
			SoftReference<Map<String, Told>> reference = this.kept.get(changeId);
			Map<String, Told> told = (reference != null) ? reference.get() : null;
			if (told == null) {
				told = new ConcurrentHashMap<>();
				this.kept.put(changeId, new SoftReference<>(told));
			}
			return told;
		}
	}

	/**
	 * The files of one change.
	 *
	 * @param kept by node
	 * @param differ makes a diff
	 * @param diffs those that were made in this round, since most nodes share theirs
	 */
	record OfChange(Map<String, Told> kept, BiFunction<String, byte[][], String> differ, Map<String, String> diffs) {

		Told of(PlannedNode node) {
			Told told = this.kept.get(node.nodeId());
			if (told == null || !told.isOf(node)) {
				told = told(node);
				this.kept.put(node.nodeId(), told);
			}
			return told;
		}

		private Told told(PlannedNode node) {
			byte[] bytes = node.shownBefore();
			String before = SecretMask.mask(bytes);
			String after = SecretMask.mask(node.after());
			String diff = this.diffs.computeIfAbsent(node.path() + "\n" + before + "\0" + after,
					(key) -> this.differ.apply(node.path(), new byte[][] { before.getBytes(StandardCharsets.UTF_8),
							after.getBytes(StandardCharsets.UTF_8) }));
			return new Told(node.path(), bytes, node.after(), file(bytes, before), file(node.after(), after), diff);
		}

		private static FileReport file(byte[] content, String masked) {
			return new FileReport(ContentHash.of(content).sha256(), content.length, masked);
		}

	}

	/**
	 * What is shown of the file of one node.
	 *
	 * @param path its path
	 * @param was the bytes before, exactly
	 * @param becomes the bytes after, exactly
	 * @param before what is shown of those before
	 * @param after what is shown of those after
	 * @param diff between the two, as they are shown
	 */
	@SuppressWarnings("ArrayRecordComponent") // exact bytes; nobody compares these
												// records
	record Told(String path, byte[] was, byte[] becomes, FileReport before, FileReport after, String diff) {

		private boolean isOf(PlannedNode node) {
			return this.path.equals(node.path()) && Arrays.equals(this.becomes, node.after())
					&& Arrays.equals(this.was, node.shownBefore());
		}

	}

}
