package io.virtwise.rollout.internal;

import java.time.Instant;
import java.util.Locale;

import io.virtwise.change.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to put bytes on one node.
 *
 * @param id opaque
 * @param changeId the change
 * @param round counts starts and roll backs of the change, from 1
 * @param position its turn among the nodes of the round
 * @param kind to the new bytes, or back to the old ones
 * @param nodeId the node
 * @param status where the node stands
 * @param statusAt since when
 * @param phase how far writing is; decides with the node's bytes how to go on after a
 * crash
 * @param holds what the file on the node is known to hold
 * @param summary the state of the node in a sentence
 * @param stuck whether the node cannot be reached although writing began
 * @param attempts how often it was begun
 * @param backupName name of the copy beside the file, once there is one
 * @param mode permissions of the file before writing
 * @param owner its owner
 * @param group its group
 */
record Push(String id, String changeId, int round, int position, Kind kind, String nodeId, NodeStatus status,
		Instant statusAt, Phase phase, Holds holds, @Nullable String summary, boolean stuck, int attempts,
		@Nullable String backupName, @Nullable String mode, @Nullable String owner, @Nullable String group) {

	/**
	 * Which way.
	 */
	enum Kind {

		/** From the bytes before to those approved. */
		FORWARD,
		/** From those approved to the bytes before. */
		BACK;

		String key() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * How far writing is.
	 */
	enum Phase {

		/** Not begun. */
		WAITING,
		/** Only looking so far: nothing was written. */
		PREPARING,
		/** The overwrite may have begun, or have ended. */
		WRITING,
		/** The old content is being put back. */
		RESTORING,
		/** Nothing is left to do. */
		OVER;

		String key() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * What the file on the node holds, by the change's own words.
	 */
	enum Holds {

		/** The bytes from before the change, perhaps with empty lines at the end. */
		OLD,
		/** The approved bytes. */
		NEW,
		/** Something that somebody else wrote. */
		OTHER,
		/** Not known. */
		UNKNOWN;

		String key() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
