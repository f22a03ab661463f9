package io.virtwise.change;

import java.util.Locale;

import io.virtwise.shared.ContentHash;

/**
 * How a change answers a file that is no longer what was approved.
 *
 * @param kind which way out
 * @param approved the bytes that were approved before
 */
@SuppressWarnings("ArrayRecordComponent") // exact bytes; nobody compares these records
public record DriftAnswer(Kind kind, byte[] approved) {

	/** The hash of the bytes that were approved before. */
	public ContentHash approvedHash() {
		return ContentHash.of(this.approved);
	}

	/**
	 * A way out of a drift.
	 */
	public enum Kind {

		/** What was approved is written again. */
		PUT_BACK,
		/**
		 * What stands on the node is approved; it is read and compared, never written.
		 */
		ACCEPT;

		/** The name as it is stored. */
		public String key() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

		/** The kind stored under this name. */
		public static Kind ofKey(String key) {
			return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
		}

	}

}
