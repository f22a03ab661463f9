package io.virtwise.change;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
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
	 * How the change is carried out, wave by wave; before its start as it is planned.
	 * @param nodeIds its nodes, in their turn
	 */
	RolloutProgress rollout(String changeId, List<String> nodeIds);

	/**
	 * How a change is carried out.
	 *
	 * @param round counts starts, runs again and roll backs; 0 before the start
	 * @param direction {@code forward}, or {@code back} for a roll back
	 * @param currentWave the first wave with something left to begin, {@code null} for
	 * none
	 * @param waves the waves of this round; none of them is empty
	 * @param plan what a person planned
	 * @param failures how many nodes of this round did not go as approved
	 * @param allowedFailures how many may; one more stops everything
	 */
	record RolloutProgress(int round, String direction, @Nullable Integer currentWave, List<WaveProgress> waves,
			PlanProgress plan, int failures, int allowedFailures) {

		public RolloutProgress {
			waves = List.copyOf(waves);
		}

	}

	/**
	 * One wave.
	 *
	 * @param number from 1
	 * @param state where most of it stands, in the words of a node's status, or
	 * {@code running}
	 * @param threshold how many per cent of its nodes must succeed for the next wave
	 * @param succeeded how many did
	 * @param counts how many of its nodes stand where
	 * @param nodes the ids of its nodes, in their turn
	 */
	record WaveProgress(int number, String state, int threshold, int succeeded, Map<String, Integer> counts,
			List<String> nodes) {

		public WaveProgress {
			counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
			nodes = List.copyOf(nodes);
		}

	}

	/**
	 * The plan of a rollout.
	 *
	 * @param waves how far each reaches
	 * @param budget how many nodes may go wrong, as {@code 3} or {@code 5%}
	 * @param atOnce how many nodes are written at the same time
	 * @param window when nodes may be begun, {@code null} for always
	 */
	record PlanProgress(List<PlannedWave> waves, String budget, int atOnce, @Nullable WindowProgress window) {

		public PlanProgress {
			waves = List.copyOf(waves);
		}

	}

	/**
	 * A planned wave.
	 *
	 * @param upTo up to how many nodes it reaches, as {@code 1} or {@code 10%}
	 * @param threshold how many per cent of its own must succeed
	 */
	record PlannedWave(String upTo, int threshold) {
	}

	/**
	 * A time window, in UTC.
	 *
	 * @param from {@code HH:MM}
	 * @param to {@code HH:MM}
	 * @param days on which days it begins, as {@code MON}
	 * @param open whether it is open now
	 * @param opensAt when it opens, now if it is open
	 */
	record WindowProgress(String from, String to, List<String> days, boolean open, Instant opensAt) {

		public WindowProgress {
			days = List.copyOf(days);
		}

	}

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
	 * @param checks what was looked at, each for itself
	 */
	record DryRunResult(String outcome, String text, List<DryRunCheck> checks) {

		public DryRunResult {
			checks = List.copyOf(checks);
		}

		/** One look, all of it in a sentence. */
		public DryRunResult(String outcome, String text) {
			this(outcome, text, List.of());
		}

		/** As bad as the worst of these; what could not be checked is not called fine. */
		public static DryRunResult of(List<DryRunCheck> checks) {
			DryRunCheck worst = checks.get(0);
			for (DryRunCheck check : checks) {
				if (check.badness() > worst.badness()) {
					worst = check;
				}
			}
			String text = (worst.badness() > 0) ? worst.text()
					: String.join(" ", checks.stream().map(DryRunCheck::text).toList());
			return new DryRunResult(worst.outcome(), text, checks);
		}

	}

	/**
	 * One thing that a dry run looked at.
	 *
	 * @param name what it is, for programs: plan, diff, file, libvirt or guests
	 * @param outcome {@code would-work}, {@code would-fail} or {@code not-checked}
	 * @param text what was seen, as a sentence
	 */
	record DryRunCheck(String name, String outcome, String text) {

		/** It would work. */
		public static final String WOULD_WORK = "would-work";

		/** It would fail. */
		public static final String WOULD_FAIL = "would-fail";

		/** Nobody could look. */
		public static final String NOT_CHECKED = "not-checked";

		int badness() {
			return switch (this.outcome) {
				case WOULD_WORK -> 0;
				case NOT_CHECKED -> 1;
				default -> 2;
			};
		}

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
