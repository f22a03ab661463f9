package io.virtwise.authoring.web;

import java.time.Instant;
import java.util.List;

import io.virtwise.authoring.web.RevisionBody.PersonBody;
import org.jspecify.annotations.Nullable;

/**
 * A draft as the HTTP contract shows it.
 *
 * @param id opaque
 * @param number short, for people
 * @param from the revision that it began with
 * @param restsOn the revision that it would replace
 * @param outdated whether another revision came into force since
 * @param activates the earlier revision that it brings back, if it does
 * @param message what it is for
 * @param status where it stands
 * @param statusAt since when
 * @param statusNote what there is to say about that
 * @param author who began it
 * @param createdAt when
 * @param submittedBy who asked to publish it
 * @param writers who wrote any line of it, none of whom may approve it
 * @param revision the revision that it became
 * @param contentHash what an approval is bound to
 * @param files its files
 * @param conflicts files that were changed on both sides
 * @param approval where the approval stands, {@code null} before it was asked for
 */
record DraftBody(String id, long number, int from, int restsOn, boolean outdated, @Nullable Integer activates,
		String message, String status, Instant statusAt, @Nullable String statusNote, PersonBody author,
		Instant createdAt, @Nullable PersonBody submittedBy, List<PersonBody> writers, @Nullable Integer revision,
		String contentHash, List<FileBody> files, List<String> conflicts, @Nullable ApprovalBody approval) {

	/** A file, who edited it last, and who edits it now. */
	record FileBody(String path, String sha256, int size, @Nullable PersonBody editedBy, @Nullable Instant editedAt,
			@Nullable LockBody lock) {
	}

	/** Who edits a file, since when, and when that ends by itself. */
	record LockBody(PersonBody by, Instant since, Instant endsAt) {
	}

	/** Where an approval stands. */
	record ApprovalBody(String status, int needed, int given, Instant requestedAt, Instant expiresAt,
			List<DecisionBody> decisions) {
	}

	/** What somebody decided. */
	record DecisionBody(PersonBody by, String outcome, @Nullable String comment, Instant at) {
	}

}
