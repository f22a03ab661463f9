package io.virtwise.change;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Port: how far the nodes of a change are. The room that carries changes out implements
 * it.
 */
public interface ChangeProgress {

	/** How far each node is, by node id; nodes that were never begun are left out. */
	Map<String, NodeProgress> of(String changeId);

	/** The last dry run of the change, if there was one. */
	Optional<DryRun> lastDryRun(String changeId);

	/**
	 * A look at every node that wrote nothing.
	 *
	 * @param at when it ended
	 * @param nodes what came of it, by node id
	 */
	record DryRun(Instant at, Map<String, DryRunResult> nodes) {

		public DryRun {
			nodes = Map.copyOf(nodes);
		}

	}

	/**
	 * What a dry run says of one node.
	 *
	 * @param outcome {@code would-work}, {@code would-fail} or {@code not-checked}
	 * @param text what was seen, as a sentence
	 */
	record DryRunResult(String outcome, String text) {
	}

	/**
	 * How far one node is.
	 *
	 * @param status where it stands
	 * @param since since when
	 * @param summary the state of the node in a sentence, {@code null} while there is
	 * nothing to say
	 * @param stuck whether the node could not be reached, so that what it holds is not
	 * known until it answers
	 * @param command what has to be run on the node now, {@code null} for nothing
	 * @param journal the steps, oldest first
	 */
	record NodeProgress(NodeStatus status, Instant since, @Nullable String summary, boolean stuck,
			@Nullable String command, List<Step> journal) {

		public NodeProgress {
			journal = List.copyOf(journal);
		}

	}

	/**
	 * One step that was done on a node.
	 *
	 * @param id grows with time
	 * @param at when it was begun
	 * @param name what it is, for programs
	 * @param outcome what came of it
	 * @param text what was done and seen, for people
	 */
	record Step(long id, Instant at, String name, Outcome outcome, String text) {
	}

	/**
	 * What came of a step.
	 */
	enum Outcome {

		/** Begun, not ended. */
		RUNNING,
		/** Done. */
		DONE,
		/** Failed. */
		FAILED,
		/** A step of putting the old content back, done. */
		PUT_BACK,
		/** Something to know. */
		NOTE;

		/** The name as it is stored and sent. */
		public String key() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

		/** The outcome of this name. */
		public static Outcome ofKey(String key) {
			return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
		}

	}

}
