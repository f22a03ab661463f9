package io.virtwise.upkeep;

import java.time.Instant;
import java.util.List;

import io.virtwise.recommendation.NodePast.Fact;
import io.virtwise.recommendation.NodePast.Found;
import org.jspecify.annotations.Nullable;

/**
 * How a node stood at one moment, as the HTTP contract and the pages show it.
 *
 * @param node the node
 * @param at the moment
 * @param file what was set, {@code null} where nothing is known of its file
 * @param change the change that set it, {@code null} where this portal had set nothing
 * @param drift what was known to be otherwise on the node, {@code null} for nothing
 * @param assessment what was known and what the rules said, {@code null} before the first
 * time
 * @param moments when something happened to it, newest first
 */
public record NodeMoment(Ref node, Instant at, @Nullable SetFile file, @Nullable Origin change,
		@Nullable Otherwise drift, @Nullable Known assessment, List<Happening> moments) {

	public NodeMoment {
		moments = List.copyOf(moments);
	}

	/**
	 * A node or a person.
	 *
	 * @param id opaque
	 * @param name as people read it
	 */
	public record Ref(String id, String name) {
	}

	/**
	 * The file.
	 *
	 * @param path where it is
	 * @param hash SHA-256 of the exact bytes
	 * @param text what it said, secrets masked
	 * @param from approved where a change put it there, read where it was only read
	 * @param since since when it was known to be so
	 */
	public record SetFile(String path, String hash, String text, String from, Instant since) {
	}

	/**
	 * Where a file came from.
	 *
	 * @param id the change
	 * @param number its number
	 * @param title what it did
	 * @param reason why
	 * @param plannedBy who planned it
	 * @param requestedBy who asked for it
	 * @param requestedAt when
	 * @param approvals who said yes, and when
	 * @param emergency why it could not wait, {@code null} for an ordinary request
	 * @param startedBy who started it
	 * @param writtenAt when it was written and proved
	 * @param inForceAt when it was in force, {@code null} where that was not known then
	 * @param rulebaseRevision the revision of the rulebase that it rests on
	 * @param rulebaseSha256 and its hash
	 * @param factsSha256 hash over the evidence that it rests on
	 * @param settings what it set, and why
	 */
	public record Origin(String id, long number, String title, String reason, Ref plannedBy, @Nullable Ref requestedBy,
			@Nullable Instant requestedAt, List<Approval> approvals, @Nullable String emergency,
			@Nullable Ref startedBy, Instant writtenAt, @Nullable Instant inForceAt, int rulebaseRevision,
			String rulebaseSha256, String factsSha256, List<SetOption> settings) {

		public Origin {
			approvals = List.copyOf(approvals);
			settings = List.copyOf(settings);
		}

	}

	/**
	 * That somebody said yes.
	 *
	 * @param by who
	 * @param at when
	 * @param comment in that person's words
	 */
	public record Approval(Ref by, Instant at, @Nullable String comment) {
	}

	/**
	 * An option that was set.
	 *
	 * @param section its section
	 * @param option its name
	 * @param value what to, {@code null} where it was taken out
	 * @param rule the rule that asked for it
	 * @param reason why
	 */
	public record SetOption(String section, String option, @Nullable String value, String rule, String reason) {
	}

	/**
	 * That the file on the node was otherwise.
	 *
	 * @param id the drift
	 * @param sentence what was wrong
	 * @param foundAt when it was found
	 * @param closedAt when it was over
	 */
	public record Otherwise(String id, String sentence, Instant foundAt, @Nullable Instant closedAt) {
	}

	/**
	 * What was known.
	 *
	 * @param assessedAt when that was judged
	 * @param source how the newest of the facts came in
	 * @param verdict the key of the verdict
	 * @param sentence the same in one sentence
	 * @param rulebaseRevision the revision of the rulebase that judged it
	 * @param rulebaseSha256 and its hash
	 * @param factsSha256 hash over the evidence
	 * @param facts the facts in words
	 * @param findings what was found
	 */
	public record Known(Instant assessedAt, String source, String verdict, String sentence, int rulebaseRevision,
			String rulebaseSha256, String factsSha256, List<Fact> facts, List<Found> findings) {

		public Known {
			facts = List.copyOf(facts);
			findings = List.copyOf(findings);
		}

	}

	/**
	 * That something happened.
	 *
	 * @param at when
	 * @param kind written, in-force, rolled-back, accepted, drift, drift-over or assessed
	 * @param text what
	 * @param link where it is told, {@code null} for nowhere else
	 */
	public record Happening(Instant at, String kind, String text, @Nullable String link) {
	}

}
