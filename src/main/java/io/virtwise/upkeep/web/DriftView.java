package io.virtwise.upkeep.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.virtwise.change.SecretMask;
import io.virtwise.nova.NovaConfEditor;
import io.virtwise.shared.ContentHash;
import io.virtwise.upkeep.DriftFinding;
import org.jspecify.annotations.Nullable;

/**
 * A drift as the HTTP contract and the pages show it, secrets masked.
 *
 * @param id opaque
 * @param node the node
 * @param path the file
 * @param kind changed, missing or not-a-file
 * @param sentence what is wrong, for people
 * @param status open or closed
 * @param change the change that was approved for the file
 * @param approved what was approved
 * @param actual what was found, {@code null} where there was nothing to read
 * @param diff from approved to actual, unified; empty where only values differ that are
 * masked
 * @param secretsOnly whether they differ only in values that are masked
 * @param foundAt when it was found first
 * @param seenAt when it was last seen so
 * @param closedAt when it was over
 * @param closing how: back, approved or not-watched
 * @param closingSentence the same for people
 */
record DriftView(String id, Ref node, String path, String kind, String sentence, String status, ChangeRef change,
		Content approved, @Nullable Content actual, String diff, boolean secretsOnly, Instant foundAt, Instant seenAt,
		@Nullable Instant closedAt, @Nullable String closing, @Nullable String closingSentence) {

	static DriftView of(DriftFinding drift, NovaConfEditor editor) {
		byte[] actual = drift.actual();
		String before = SecretMask.mask(drift.approved());
		String after = SecretMask.mask((actual != null) ? actual : new byte[0]);
		String diff = editor.unifiedDiff(drift.path(), before.getBytes(StandardCharsets.UTF_8),
				after.getBytes(StandardCharsets.UTF_8));
		DriftFinding.Closing closing = drift.closing();
		return new DriftView(drift.id(), new Ref(drift.nodeId(), drift.nodeName()), drift.path(), drift.kind().key(),
				drift.sentence() + ".", drift.open() ? "open" : "closed",
				new ChangeRef(drift.changeId(), drift.changeNumber()), content(drift.approved(), before),
				(actual != null) ? content(actual, after) : null, diff, actual != null && diff.isEmpty(),
				drift.foundAt(), drift.seenAt(), drift.closedAt(), (closing != null) ? closing.key() : null,
				(closing != null) ? closing.words() : null);
	}

	private static Content content(byte[] content, String masked) {
		return new Content(ContentHash.of(content).sha256(), content.length, masked);
	}

	/**
	 * A node.
	 *
	 * @param id opaque
	 * @param name as people read it
	 */
	record Ref(String id, String name) {
	}

	/**
	 * A change.
	 *
	 * @param id opaque
	 * @param number for people
	 */
	record ChangeRef(String id, long number) {
	}

	/**
	 * A file's content.
	 *
	 * @param hash SHA-256 of the exact bytes
	 * @param size how many bytes
	 * @param text what it says, secrets masked
	 */
	record Content(String hash, int size, String text) {
	}

}
