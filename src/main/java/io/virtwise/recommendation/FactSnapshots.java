package io.virtwise.recommendation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.virtwise.facts.NodeFacts;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every registered node by its latest assessment, page by page, for
 * whoever judges the whole fleet again.
 */
public interface FactSnapshots {

	/**
	 * How many nodes have facts, and when the newest came; tells cheaply that nothing
	 * moved.
	 */
	Pulse pulse();

	/**
	 * The latest snapshots, in the order of node ids.
	 * @param after the node id to go on after, {@code null} to begin
	 * @param limit how many at the most
	 */
	List<Head> page(@Nullable String after, int limit);

	/** The facts of these snapshots, in any order. */
	List<Held> facts(Collection<String> snapshotIds);

	/** The latest snapshot of a node that is registered, if it has facts. */
	@Nullable Head of(String nodeId);

	/** The snapshot that its assessment rested on at this moment, if it had one. */
	@Nullable Head at(String nodeId, Instant at);

	/**
	 * Whether anything moved.
	 *
	 * @param nodes how many nodes have facts
	 * @param newest when the newest came, {@code null} where there are none
	 */
	record Pulse(long nodes, @Nullable Instant newest) {
	}

	/**
	 * A snapshot without its facts.
	 *
	 * @param nodeId the node
	 * @param nodeName what it is called
	 * @param snapshotId the snapshot
	 * @param factsKey the same for snapshots with equal facts
	 */
	record Head(String nodeId, String nodeName, String snapshotId, String factsKey) {
	}

	/**
	 * Facts as they are stored.
	 */
	interface Held {

		/** The snapshot. */
		String snapshotId();

		/** Its facts, read anew with each call. */
		NodeFacts facts();

		/**
		 * The same without the lines in which they were seen, for whoever asks for no
		 * reasons; a large part of what is stored.
		 */
		NodeFacts bare();

	}

}
