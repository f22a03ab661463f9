package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.recommendation.internal.Said.Topic;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.NovaVerdict;
import io.virtwise.rules.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two assessments of the same facts. It only compares: the rules
 * said all of it.
 *
 * @param changes everything that appears, goes or changes, in a fixed order
 */
public record ReleaseDifference(List<Change> changes) {

	public ReleaseDifference {
		changes = List.copyOf(changes);
	}

	/** What the second says otherwise than the first. */
	static ReleaseDifference of(Assessment before, Assessment after) {
		if (sayAlike(before, after)) {
			return new ReleaseDifference(List.of());
		}
		List<Said> first = Said.of(before);
		List<Said> second = Said.of(after);
		List<Change> changes = new ArrayList<>();
		for (Said then : second) {
			Said now = like(then, first);
			if (now == null || !now.equals(then)) {
				changes.add(new Change(now, then));
			}
		}
		for (Said now : first) {
			if (like(now, second) == null) {
				changes.add(new Change(now, null));
			}
		}
		return new ReleaseDifference(changes);
	}

	/** Assessments of releases that lead alike are made of the same parts. */
	private static boolean sayAlike(Assessment before, Assessment after) {
		NovaVerdict one = before.nova();
		NovaVerdict other = after.nova();
		boolean nova = (one == null || other == null) ? one == null && other == null
				: Said.words(one).equals(Said.words(other));
		return nova && before.verdict() == after.verdict() && before.findings().equals(after.findings())
				&& before.recommendation().equals(after.recommendation());
	}

	/** Whether both say the same. */
	public boolean isEmpty() {
		return this.changes.isEmpty();
	}

	/** The changes of these topics. */
	public List<Change> about(Topic... topics) {
		List<Topic> wanted = List.of(topics);
		return this.changes.stream().filter((change) -> wanted.contains(change.topic())).toList();
	}

	/**
	 * What breaks: nova refuses what it took before, or something appears that keeps
	 * guests from being launched.
	 */
	public List<Change> breaks() {
		return this.changes.stream().filter(Change::breaks).toList();
	}

	/**
	 * Options that have to be renamed: one has to go, and another is to have the value
	 * that it has today.
	 * @param today tells the value of an option as nova.conf has it
	 */
	public List<Rename> renames(OptionValues today) {
		List<Rename> renames = new ArrayList<>();
		for (Change gone : about(Topic.LINE)) {
			String value = (gone.after() != null && gone.after().text().equals("is taken out"))
					? today.value(gone.after().name()) : null;
			for (Change set : about(Topic.LINE)) {
				if (value != null && set.after() != null && set.after().text().equals("= " + value)) {
					renames.add(new Rename(gone.name(), set.name(), value));
				}
			}
		}
		return renames;
	}

	private static @Nullable Said like(Said wanted, List<Said> all) {
		return all.stream().filter((each) -> each.about(wanted)).findFirst().orElse(null);
	}

	/**
	 * How something differs.
	 */
	public enum Kind {

		/** Only the later says it. */
		APPEARS,
		/** Only the earlier says it. */
		GOES,
		/** Both speak of it, and not alike. */
		CHANGES

	}

	/**
	 * One thing that differs.
	 *
	 * @param before what was said, {@code null} if nothing
	 * @param after what is said then, {@code null} if nothing
	 */
	public record Change(@Nullable Said before, @Nullable Said after) {

		/** How it differs. */
		public Kind kind() {
			return (this.before == null) ? Kind.APPEARS : (this.after == null) ? Kind.GOES : Kind.CHANGES;
		}

		/** What it is about. */
		public Topic topic() {
			return any().topic();
		}

		/** Which of that kind. */
		public String name() {
			return any().name();
		}

		/** The rule behind it, that of the later one where there are two. */
		public @Nullable String rule() {
			return any().rule();
		}

		/** Whether what worked before does not any more. */
		public boolean breaks() {
			Said then = this.after;
			if (then == null) {
				return false;
			}
			boolean block = then.severity() == Severity.BLOCK
					&& (this.before == null || this.before.severity() != Severity.BLOCK);
			return block || (then.topic() == Topic.NOVA && then.text().startsWith("refuses")
					&& (this.before == null || !this.before.text().startsWith("refuses")));
		}

		/** The same as one sentence. */
		public String sentence() {
			return switch (kind()) {
				case APPEARS -> (topic() == Topic.FINDING) ? "New: " + any().sentence() : any().sentence();
				case GOES -> "No longer: " + any().sentence();
				case CHANGES -> any().sentence();
			};
		}

		private Said any() {
			return (this.after != null) ? this.after : java.util.Objects.requireNonNull(this.before);
		}

	}

	/**
	 * An option that is to be called otherwise.
	 *
	 * @param from its present name, with its section
	 * @param to the name that it is to have
	 * @param value the value, which stays
	 */
	public record Rename(String from, String to, String value) {
	}

}
