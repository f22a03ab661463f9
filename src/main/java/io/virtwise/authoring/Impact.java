package io.virtwise.authoring;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * What a draft would change on the fleet: every node's latest facts, judged by the
 * revision in force and by the draft.
 *
 * @param id opaque
 * @param draft id of the draft
 * @param content the draft's content that was judged
 * @param revision the revision that it was compared with
 * @param state where the run stands
 * @param total how many nodes have facts
 * @param done how many of them were judged
 * @param judged how many different facts these have, each of which was judged once
 * @param changed how many nodes get another result
 * @param note what there is to say about how it ended, {@code null} for nothing
 * @param askedBy who asked for it
 * @param begunAt when it began
 * @param endedAt when it ended, {@code null} while it runs
 * @param result hash over which node gets which other result, {@code null} while it runs
 * @param groups nodes by kind of change, the most first
 */
public record Impact(String id, String draft, ContentHash content, int revision, State state, long total, long done,
		long judged, long changed, @Nullable String note, String askedBy, Instant begunAt, @Nullable Instant endedAt,
		@Nullable String result, List<Group> groups) {

	public Impact {
		groups = List.copyOf(groups);
	}

	/** Whether it is still going on. */
	public boolean underway() {
		return this.state == State.RUNNING || this.state == State.STOPPING;
	}

	/** How much of it is done, in percent. */
	public long percent() {
		return (this.total > 0) ? Math.min(100, 100 * this.done / this.total) : this.underway() ? 0 : 100;
	}

	/** How many nodes the draft's rules could not be run on. */
	public long broken() {
		return this.groups.stream().filter((group) -> group.kind() == Kind.ERROR).mapToLong(Group::nodes).sum();
	}

	/**
	 * Where a run stands.
	 */
	public enum State {

		/** It goes on. */
		RUNNING,
		/** Somebody wants it to end. */
		STOPPING,
		/** Every node was judged. */
		DONE,
		/** Somebody ended it. */
		CANCELLED,
		/** It could not go on. */
		FAILED;

		/** The name in the HTTP contract and in the database. */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

		/** The state of this name. */
		public static State ofKey(String key) {
			return valueOf(key.toUpperCase(Locale.ROOT));
		}

	}

	/**
	 * What is different about a node's result. Of several the first counts.
	 */
	public enum Kind {

		/** The draft's rules could not be run on its facts. */
		ERROR,
		/** Rules of the draft want different values for one option on it. */
		CONFLICTS,
		/** Its verdict. */
		VERDICT,
		/** Its settings. */
		SETTINGS,
		/** Its findings. */
		FINDINGS;

		/** The name in the HTTP contract and in the database. */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

		/** The kind of this name. */
		public static Kind ofKey(String key) {
			return valueOf(key.toUpperCase(Locale.ROOT));
		}

	}

	/**
	 * Nodes with one kind of change.
	 *
	 * @param kind the kind
	 * @param before their verdict before, by its key
	 * @param after their verdict after
	 * @param nodes how many they are
	 */
	public record Group(Kind kind, String before, String after, long nodes) {
	}

}
