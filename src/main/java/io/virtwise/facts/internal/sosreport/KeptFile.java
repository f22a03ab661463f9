package io.virtwise.facts.internal.sosreport;

import java.nio.charset.StandardCharsets;

/**
 * What was read of one file.
 *
 * @param kind which of the known files
 * @param path its path inside the report, without the top folder
 * @param bytes the text, empty where it was too long
 * @param tooLong whether it is longer than what is read of it, so that nothing was kept
 * @param linesBefore how many lines of a log went before what was kept
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record KeptFile(KnownFile kind, String path, byte[] bytes, boolean tooLong, int linesBefore) {

	/** The text. */
	String text() {
		return new String(this.bytes, StandardCharsets.UTF_8);
	}

	/** The path, and what of a log is there, as people read it. */
	String source() {
		if (this.kind == KnownFile.JOURNAL) {
			return this.path + ", the kernel's lines";
		}
		return (this.linesBefore > 0) ? this.path + " from line " + (this.linesBefore + 1) + " on" : this.path;
	}

	/** The same under another path, as a link gives it. */
	KeptFile at(KnownFile otherKind, String otherPath) {
		return new KeptFile(otherKind, otherPath, this.bytes, this.tooLong, this.linesBefore);
	}

}
