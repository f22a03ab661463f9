package io.virtwise.rollout.internal;

import java.util.Arrays;

import io.virtwise.change.Placement;
import io.virtwise.change.PlannedNode;
import io.virtwise.change.Surroundings;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * What a push does with drop-ins: one file appears, and an earlier one goes.
 *
 * @param kind which way
 * @param nodeName the node, for people
 * @param novaConf absolute path of nova.conf
 * @param appears the file that nova is to read, {@code null} where none is
 * @param goes the file that nova is not to read any more, {@code null} where none is
 * @param around hash over the files beside which this was approved, {@code null} on the
 * way back
 */
record DropInTask(Push.Kind kind, String nodeName, String novaConf, @Nullable DropIn appears, @Nullable DropIn goes,
		@Nullable ContentHash around) {

	static DropInTask of(PlannedNode node, Push.Kind kind) {
		Placement placement = node.placement();
		DropIn fresh = new DropIn(name(node.path()), node.after());
		String olderPath = placement.olderPath();
		DropIn older = (olderPath != null) ? new DropIn(name(olderPath), node.before()) : null;
		return (kind == Push.Kind.FORWARD)
				? new DropInTask(kind, node.nodeName(), placement.novaConf(), fresh, older, placement.around())
				: new DropInTask(kind, node.nodeName(), placement.novaConf(), older, fresh, null);
	}

	/** The directory of nova.conf. */
	String parent() {
		int slash = this.novaConf.lastIndexOf('/');
		return (slash > 0) ? this.novaConf.substring(0, slash) : "/";
	}

	/** The name of nova.conf in it. */
	String main() {
		return name(this.novaConf);
	}

	/** The folder of drop-ins. */
	String folder() {
		return this.novaConf.substring(0, this.novaConf.lastIndexOf('/') + 1) + Surroundings.FOLDER;
	}

	boolean forward() {
		return this.kind == Push.Kind.FORWARD;
	}

	/** What the node holds once this is done. */
	Push.Holds reached() {
		return forward() ? Push.Holds.NEW : Push.Holds.OLD;
	}

	/** What it holds once this is undone. */
	Push.Holds restored() {
		return forward() ? Push.Holds.OLD : Push.Holds.NEW;
	}

	private static String name(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	/**
	 * A drop-in.
	 *
	 * @param name its name in the folder
	 * @param content its bytes
	 */
	@SuppressWarnings("ArrayRecordComponent") // exact bytes; nobody compares these
												// records
	record DropIn(String name, byte[] content) {

		/** The name under which it is staged; nova reads only what ends in .conf. */
		String staged() {
			return this.name + ".staged";
		}

		boolean is(byte[] present) {
			return Arrays.equals(present, this.content);
		}

		/**
		 * Whether these bytes are a copy of it that was cut off: its beginning, and
		 * perhaps zeros, which is what a file has where nothing was written yet.
		 */
		boolean isTornByUs(byte[] present) {
			if (present.length > this.content.length) {
				return false;
			}
			int same = 0;
			while (same < present.length && present[same] == this.content[same]) {
				same++;
			}
			while (same < present.length && present[same] == 0) {
				same++;
			}
			return same == present.length;
		}

	}

}
