package io.virtwise.authoring;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

/**
 * What authors do with drafts. Each verb is refused with a reason where state or rights
 * stand against it.
 */
public interface Drafts {

	/** Begins a draft with the files of a revision. */
	Draft begin(int from, String message);

	/**
	 * A draft by its id or number.
	 * @throws io.virtwise.shared.Refused if there is none
	 */
	Draft get(String idOrNumber);

	/** One page of drafts, newest first. */
	Slice<Draft> list(boolean open, SliceRequest request);

	/**
	 * The text of a file.
	 * @throws io.virtwise.shared.Refused if there is no such file
	 */
	String text(String id, String path);

	/**
	 * Writes a file, and takes its lock.
	 * @param expected what the caller takes for the present state
	 * @return the draft, in which the file's hash tells the next expected one
	 */
	Draft write(String id, String path, String text, Precondition expected);

	/** Takes a file out. */
	Draft remove(String id, String path, Precondition expected);

	/** Takes a file back to how a revision has it. */
	Draft restore(String id, String path, int revision);

	/** Writes all files of a zip archive over those of the draft. */
	Draft upload(String id, byte[] archive);

	/** All files as a zip archive. */
	byte[] zip(String id);

	/** Takes the lock of a file, or shows life to keep it. */
	Draft lock(String id, String path);

	/** Gives the lock of a file back. */
	Draft unlock(String id, String path);

	/** Takes the lock of a file from whoever has it, with a reason. */
	Draft breakLock(String id, String path, String note);

	/**
	 * Brings what came into force since into the draft, file by file; a file that was
	 * changed on both sides becomes a conflict.
	 */
	Draft rebase(String id);

	/**
	 * Decides a conflict: {@code ours}, which is what the draft has, or {@code theirs}.
	 */
	Draft resolve(String id, String path, Side side);

	/** What both sides made of a file that is in conflict. */
	Optional<ThreeWay> conflict(String id, String path);

	/** Changes the message. */
	Draft describe(String id, String message);

	/** Gives the draft up. */
	Draft discard(String id);

	/**
	 * What differs between a revision and the draft; the one that it would replace for
	 * {@code null}.
	 */
	RulebaseDiff diff(String id, @Nullable Integer revision);

	/** Who wrote any line of what the draft would bring. */
	List<String> writers(String id);

	/**
	 * What the caller takes for the present state of a file.
	 *
	 * @param mode how it is said
	 * @param hashes the hashes of texts that will do, where they are named
	 */
	record Precondition(Mode mode, Set<String> hashes) {

		/** The caller says nothing, so nothing may be there. */
		public static final Precondition NONE = new Precondition(Mode.NONE, Set.of());

		/** Whatever is there will do, but something must be. */
		public static final Precondition ANY = new Precondition(Mode.ANY, Set.of());

		/** Nothing may be there. */
		public static final Precondition ABSENT = new Precondition(Mode.ABSENT, Set.of());

		public Precondition {
			hashes = Set.copyOf(hashes);
		}

		/** One of these texts. */
		public static Precondition of(Set<String> hashes) {
			return new Precondition(Mode.ONE_OF, hashes);
		}

		/** Whether this is so. */
		public boolean holds(@Nullable String present) {
			return switch (this.mode) {
				case NONE, ABSENT -> present == null;
				case ANY -> present != null;
				case ONE_OF -> present != null && this.hashes.contains(present);
			};
		}

		/**
		 * How it is said.
		 */
		public enum Mode {

			/** Not at all. */
			NONE,
			/** As anything. */
			ANY,
			/** As nothing. */
			ABSENT,
			/** By hash. */
			ONE_OF

		}

	}

	/**
	 * One of the two sides of a conflict.
	 */
	enum Side {

		/** What the draft has. */
		OURS,
		/** What came from elsewhere. */
		THEIRS

	}

	/**
	 * A file that was changed on both sides.
	 *
	 * @param path the file
	 * @param ancestor its text before both, {@code null} where it was not there
	 * @param ours its text in the draft, {@code null} where it is gone
	 * @param theirs its text on the other side, {@code null} where it is gone
	 * @param ourDiff what we changed
	 * @param theirDiff what they changed
	 */
	record ThreeWay(String path, @Nullable String ancestor, @Nullable String ours, @Nullable String theirs,
			String ourDiff, String theirDiff) {
	}

}
