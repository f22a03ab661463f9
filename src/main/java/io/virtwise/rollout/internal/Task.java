package io.virtwise.rollout.internal;

import java.util.Arrays;

import io.virtwise.change.PlannedNode;

/**
 * What exactly a push does to the file on its node.
 *
 * @param kind which way
 * @param nodeName the node, for people
 * @param directory where the file is
 * @param file its name there
 * @param backup the name for a copy beside it
 * @param expected the bytes that have to be there before
 * @param target the bytes to write, never shorter than those expected
 */
@SuppressWarnings("ArrayRecordComponent") // exact bytes; nobody compares these records
record Task(Push.Kind kind, String nodeName, String directory, String file, String backup, byte[] expected,
		byte[] target) {

	static Task of(long change, PlannedNode node, Push.Kind kind) {
		int slash = node.path().lastIndexOf('/');
		String directory = (slash > 0) ? node.path().substring(0, slash) : "/";
		String file = node.path().substring(slash + 1);
		String backup = file + ".virtwise-" + change;
		if (kind == Push.Kind.FORWARD) {
			return new Task(kind, node.nodeName(), directory, file, backup, node.before(), node.after());
		}
		return new Task(kind, node.nodeName(), directory, file, backup + "-undo", node.after(),
				pad(node.before(), node.after().length));
	}

	String path() {
		return (this.directory.equals("/") ? "" : this.directory) + "/" + this.file;
	}

	/** What these bytes are, in the change's own words. */
	Push.Holds holds(byte[] content) {
		boolean forward = this.kind == Push.Kind.FORWARD;
		if (Arrays.equals(content, this.target)) {
			return forward ? Push.Holds.NEW : Push.Holds.OLD;
		}
		if (Arrays.equals(content, pad(this.expected, content.length))) {
			return forward ? Push.Holds.OLD : Push.Holds.NEW;
		}
		return Push.Holds.OTHER;
	}

	/** What the file holds once the expected bytes are back. */
	Push.Holds restored() {
		return (this.kind == Push.Kind.FORWARD) ? Push.Holds.OLD : Push.Holds.NEW;
	}

	/** What the file holds once the target is there. */
	Push.Holds reached() {
		return (this.kind == Push.Kind.FORWARD) ? Push.Holds.NEW : Push.Holds.OLD;
	}

	/**
	 * Whether these bytes are the beginning of the target followed by the rest of what
	 * was there: an overwrite of ours that was cut off.
	 */
	boolean isTornByUs(byte[] content) {
		int same = Arrays.mismatch(content, this.target);
		if (same < 0 || same == content.length) {
			return content.length >= this.expected.length;
		}
		return content.length == this.expected.length
				&& Arrays.equals(content, same, content.length, this.expected, same, this.expected.length);
	}

	/**
	 * The content with empty lines at its end, so that it covers a file of this length.
	 */
	static byte[] pad(byte[] content, int length) {
		if (content.length >= length) {
			return content;
		}
		byte[] padded = Arrays.copyOf(content, length);
		Arrays.fill(padded, content.length, length, (byte) '\n');
		return padded;
	}

}
