package io.virtwise.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.virtwise.change.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * What this portal put on nodes and proved by reading it back.
 */
public interface PutInForce {

	/** What was put on this node and proved, oldest first; roll backs are among them. */
	List<Placed> on(String nodeId);

	/** The nodes that something was ever put on. */
	List<String> nodes();

	/** The id of the change that has reserved this node for its push now. */
	Optional<String> busyWith(String nodeId);

	/**
	 * A push that left what it was made for.
	 *
	 * @param changeId the change
	 * @param back whether it put the content from before the change back
	 * @param status where the node stands
	 * @param provedAt when it was read back and was right
	 * @param since since when the node stands there
	 * @param summary its state in a sentence
	 * @param access owner, group and mode of the file when it was written in place, as
	 * {@code owner 0, group 64060, mode 0640}; {@code null} where nobody saw them
	 * @param copy the name of the copy of what stood there before, {@code null} for none
	 */
	record Placed(String changeId, boolean back, NodeStatus status, Instant provedAt, Instant since,
			@Nullable String summary, @Nullable String access, @Nullable String copy) {
	}

}
