package io.virtwise.authoring.web;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.virtwise.access.People;
import io.virtwise.authoring.Revision;
import io.virtwise.authoring.RulebaseFile;
import org.jspecify.annotations.Nullable;

/**
 * A revision as the HTTP contract shows it; {@code files} is left out in lists.
 */
record RevisionBody(int revision, @Nullable Integer parent, boolean active, String sha256, String contentHash,
		PersonBody author, @Nullable PersonBody approver, String message, Instant publishedAt,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<RulebaseFile> files) {

	static RevisionBody of(Revision revision, int active, People people, boolean whole) {
		String approver = revision.approver();
		return new RevisionBody(revision.number(), revision.parent(), revision.number() == active, revision.sha256(),
				revision.content().sha256(), PersonBody.of(revision.author(), people),
				(approver != null) ? PersonBody.of(approver, people) : null, revision.message(), revision.publishedAt(),
				whole ? revision.files() : null);
	}

	/**
	 * Somebody.
	 *
	 * @param id the person's id
	 * @param name how people call that person
	 */
	record PersonBody(String id, String name) {

		static PersonBody of(String id, People people) {
			return new PersonBody(id, id.equals(Revision.PORTAL) ? "The portal" : people.nameOf(id));
		}

	}

}
