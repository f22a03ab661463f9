package io.virtwise.authoring;

import java.time.Instant;
import java.util.List;

import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * A revision of the rulebase, which nobody changes any more.
 *
 * @param number its number, from 1
 * @param parent the revision that was in force when it was published, {@code null} for
 * the first
 * @param sha256 the hash that assessments name with it
 * @param content the hash over all its files, cases included
 * @param author who asked to publish it; {@link #PORTAL} where it came with the portal
 * @param approver who approved it, {@code null} where nobody had to
 * @param message why, in the author's words
 * @param publishedAt when
 * @param files its files, by path
 */
public record Revision(int number, @Nullable Integer parent, String sha256, ContentHash content, String author,
		@Nullable String approver, String message, Instant publishedAt, List<RulebaseFile> files) {

	/** Stands for the portal where a person's id is asked for. */
	public static final String PORTAL = "portal";

	/** What audit and approvals call a revision. */
	public static final String SUBJECT_TYPE = "rulebase";

	public Revision {
		files = List.copyOf(files);
	}

	/** How people call it. */
	public String name() {
		return "Revision " + this.number;
	}

}
