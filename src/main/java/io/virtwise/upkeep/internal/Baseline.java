package io.virtwise.upkeep.internal;

import java.time.Instant;
import java.util.Arrays;

import io.virtwise.change.PlannedNode;

/**
 * What was approved for a file of a node, put there and proved, and is to be there still.
 *
 * @param changeId the change
 * @param changeNumber its number, for people
 * @param planned what it did to the node
 * @param provedAt when that was proved
 */
record Baseline(String changeId, long changeNumber, PlannedNode planned, Instant provedAt) {

	byte[] content() {
		return this.planned.after();
	}

	String path() {
		return this.planned.path();
	}

	String directory() {
		int slash = path().lastIndexOf('/');
		return (slash > 0) ? path().substring(0, slash) : "/";
	}

	String file() {
		return path().substring(path().lastIndexOf('/') + 1);
	}

	/**
	 * Whether these bytes are the approved ones. Empty lines at the end do not count: a
	 * push that puts content back leaves some, and they mean nothing to nova.
	 */
	boolean isHeldBy(byte[] present) {
		return Arrays.equals(content(), present)
				|| (!this.planned.placement().dropIn() && Arrays.equals(trimmed(content()), trimmed(present)));
	}

	private static byte[] trimmed(byte[] content) {
		int end = content.length;
		while (end > 0 && content[end - 1] == '\n') {
			end--;
		}
		return Arrays.copyOf(content, end);
	}

}
