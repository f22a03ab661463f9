package io.virtwise.audit.internal;

import io.virtwise.audit.AuditEntry;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * How an entry's hash comes about: over its fields in a fixed order, each with its length
 * in front so that no two entries read the same, and over the hash of the entry before.
 */
final class Chain {

	/** The hash before the first entry. */
	static final String START = "0".repeat(64);

	private Chain() {
	}

	static AuditEntry sealed(AuditEntry entry, String previousHash) {
		return new AuditEntry(entry.seq(), entry.id(), entry.at(), entry.personId(), entry.username(),
				entry.remoteAddress(), entry.via(), entry.action(), entry.subjectType(), entry.subjectId(),
				entry.subjectName(), entry.before(), entry.after(), previousHash, hash(entry, previousHash));
	}

	/** What is wrong with an entry at this place; {@code null} if nothing is. */
	static @Nullable String faultOf(AuditEntry entry, long seq, String previous) {
		if (entry.seq() != seq) {
			return "The entry is missing.";
		}
		if (!entry.previousHash().equals(previous)) {
			return "The entry does not follow on the one before it.";
		}
		return entry.hash().equals(hash(entry, previous)) ? null : "The entry was changed after it was written.";
	}

	static String hash(AuditEntry entry, String previousHash) {
		// entries from before there was a "via" keep the hash they have
		StringBuilder text = new StringBuilder((entry.via() != null) ? "2" : "1");
		field(text, previousHash);
		field(text, Long.toString(entry.seq()));
		field(text, entry.id());
		field(text, entry.at().toString());
		field(text, entry.personId());
		field(text, entry.username());
		field(text, entry.remoteAddress());
		field(text, entry.action());
		field(text, entry.subjectType());
		field(text, entry.subjectId());
		field(text, entry.subjectName());
		field(text, entry.before());
		field(text, entry.after());
		if (entry.via() != null) {
			field(text, entry.via());
		}
		return ContentHash.of(text.toString()).sha256();
	}

	private static void field(StringBuilder text, @Nullable String value) {
		text.append('\n');
		if (value != null) {
			text.append(value.length()).append(':').append(value);
		}
	}

}
