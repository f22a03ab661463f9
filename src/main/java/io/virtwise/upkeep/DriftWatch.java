package io.virtwise.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.virtwise.change.ChangeRequest;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

/**
 * Compares the files that this portal put on nodes with what was approved for them, again
 * and again, and says where they differ. A node that does not answer has not drifted: it
 * was not checked since.
 */
public interface DriftWatch {

	/** How the watch itself stands. */
	Standing standing();

	/** Drift, newest first. */
	Slice<DriftFinding> list(Which which, SliceRequest request);

	/**
	 * One drift.
	 * @throws io.virtwise.shared.Refused if there is none of this id
	 */
	DriftFinding get(String id);

	/**
	 * What a person makes a nova.conf from that is gone; empty where the portal can put
	 * the file back itself.
	 */
	Optional<Remains> remains(DriftFinding drift);

	/** How a node stands; empty where this portal put nothing on it that is in force. */
	Optional<NodeWatch> of(String nodeId);

	/**
	 * Reads the file of a node now and compares.
	 * @throws io.virtwise.shared.Refused if there is nothing to compare with, or the node
	 * is being written
	 * @throws io.virtwise.node.NodeFailure if it does not answer
	 */
	NodeWatch check(String nodeId);

	/**
	 * Plans a change that writes what was approved again. The node is read first.
	 * @throws io.virtwise.shared.Refused if it is over, or cannot be planned
	 */
	ChangeRequest putBack(String id, String reason);

	/**
	 * Plans a change that takes what stands on the node as approved. The node is read
	 * first; nothing will be written.
	 * @throws io.virtwise.shared.Refused if it is over, or cannot be planned
	 */
	ChangeRequest accept(String id, String reason);

	/**
	 * Which drift to list.
	 */
	enum Which {

		/** What is so now. */
		OPEN,
		/** What is over. */
		CLOSED,
		/** All of it. */
		ALL

	}

	/**
	 * How the watch stands.
	 *
	 * @param on whether it looks by itself
	 * @param every how often it looks at a node
	 * @param watched how many nodes it watches
	 * @param open how many drifts are open
	 * @param notChecked how many nodes could not be read when they were last tried
	 * @param oldest when the node was compared that waits longest, {@code null} where one
	 * never was, or none is watched
	 * @param unreachable some of the nodes that could not be read
	 */
	record Standing(boolean on, Duration every, long watched, long open, long notChecked, @Nullable Instant oldest,
			List<Unreachable> unreachable) {

		public Standing {
			unreachable = List.copyOf(unreachable);
		}

	}

	/**
	 * What is left of a file that is gone.
	 *
	 * @param copy the whole path of the copy beside it from before the change,
	 * {@code null} where there is none
	 * @param access owner, group and mode that it had, {@code null} where nobody knows
	 */
	record Remains(@Nullable String copy, @Nullable String access) {
	}

	/**
	 * A node that could not be read.
	 *
	 * @param nodeId the node
	 * @param nodeName its name
	 * @param checkedAt when it was last compared, {@code null} for never
	 * @param failure why it could not be read
	 * @param failedAt when that was
	 */
	record Unreachable(String nodeId, String nodeName, @Nullable Instant checkedAt, String failure, Instant failedAt) {
	}

}
