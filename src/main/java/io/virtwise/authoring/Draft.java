package io.virtwise.authoring;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * A rulebase on its way to become the next revision.
 *
 * @param id opaque
 * @param number short, for people
 * @param from the revision that it began with
 * @param restsOn the revision in force when it was begun or last compared; what would be
 * replaced by it
 * @param activates the earlier revision that it brings back, {@code null} where it brings
 * new text
 * @param distribution the hash of the files that came with the portal where it is about
 * them, else {@code null}
 * @param message what it is for, in the author's words
 * @param status where it stands
 * @param statusAt since when
 * @param statusNote what there is to say about that, {@code null} for nothing
 * @param author who began it, {@link Revision#PORTAL} for the portal
 * @param createdAt when
 * @param submittedBy who asked to publish it, {@code null} while nobody did
 * @param publishedAs the revision that it became, {@code null} while it is none
 * @param version counts its updates
 * @param files its files by path
 * @param conflicts paths of files that were changed on both sides and wait for somebody
 * to decide
 * @param content the hash over all of it, which an approval is bound to
 */
public record Draft(String id, long number, int from, int restsOn, @Nullable Integer activates,
		@Nullable String distribution, String message, DraftStatus status, Instant statusAt,
		@Nullable String statusNote, String author, Instant createdAt, @Nullable String submittedBy,
		@Nullable Integer publishedAs, long version, List<DraftFile> files, List<String> conflicts,
		ContentHash content) {

	/** What audit and approvals call it. */
	public static final String SUBJECT_TYPE = "rule draft";

	/** How long a message may be, in characters. */
	public static final int MAX_MESSAGE = 2000;

	public Draft {
		files = List.copyOf(files);
		conflicts = List.copyOf(conflicts);
	}

	/** How people call it. */
	public String name() {
		return "Draft " + this.number;
	}

	/** The file at this path. */
	public Optional<DraftFile> file(String path) {
		return this.files.stream().filter((file) -> file.path().equals(path)).findFirst();
	}

	/**
	 * A file of a draft.
	 *
	 * @param path its name
	 * @param sha256 the hash of its text
	 * @param size how many bytes its text has in UTF-8
	 * @param editedBy who edited it last in this draft, {@code null} for nobody
	 * @param editedAt when
	 * @param lock who edits it now, {@code null} for nobody
	 */
	public record DraftFile(String path, String sha256, int size, @Nullable String editedBy, @Nullable Instant editedAt,
			@Nullable Lock lock) {
	}

	/**
	 * Somebody edits a file, so that nobody else does at the same time.
	 *
	 * @param path the file
	 * @param person who
	 * @param since since when
	 * @param endsAt when it ends by itself
	 */
	public record Lock(String path, String person, Instant since, Instant endsAt) {
	}

}
