package io.virtwise.change;

import java.time.Instant;
import java.util.List;

import io.virtwise.change.ChangeProgress.RolloutProgress;
import org.jspecify.annotations.Nullable;

/**
 * A change with everything that there is to know about it, as the HTTP contract and the
 * pages show it: names beside ids, secrets masked.
 *
 * @param id opaque
 * @param number short, for people
 * @param title what it does
 * @param reason why
 * @param status where it stands
 * @param statusAt since when
 * @param statusNote what there is to say about that
 * @param contentHash hash of everything that is approved; of the exact bytes, not of what
 * is shown
 * @param rulebase where the settings come from
 * @param plannedBy who planned it
 * @param plannedAt when
 * @param requestedBy who asked for approval
 * @param submittedAt when
 * @param approval how far the approval is, {@code null} in a draft
 * @param rollout in which waves it is carried out, and how far they are
 * @param nodes what is done to each node, and how far it is
 * @param log what happened to the change
 * @param version counts its updates
 */
public record ChangeReport(String id, long number, String title, String reason, String status, Instant statusAt,
		@Nullable String statusNote, String contentHash, RulebaseReport rulebase, PersonReport plannedBy,
		Instant plannedAt, @Nullable PersonReport requestedBy, @Nullable Instant submittedAt,
		@Nullable ApprovalReport approval, RolloutProgress rollout, List<NodeReport> nodes, List<LogReport> log,
		long version) {

	/**
	 * A person.
	 *
	 * @param id opaque
	 * @param name as people read it
	 */
	public record PersonReport(String id, String name) {
	}

	/**
	 * A revision of the rulebase.
	 *
	 * @param revision its number
	 * @param sha256 its hash
	 */
	public record RulebaseReport(int revision, String sha256) {
	}

	/**
	 * How far the approval is.
	 *
	 * @param status open, granted, denied, withdrawn, expired or used
	 * @param needed how many different people must say yes
	 * @param given how many did
	 * @param expiresAt when it ends by itself
	 * @param decisions what was said
	 * @param policy what the policy asks for and why, as sentences
	 * @param deciders who could decide now
	 * @param emergency why it could not wait, {@code null} for an ordinary request
	 * @param review what somebody else said afterwards about an emergency
	 */
	public record ApprovalReport(String status, int needed, int given, Instant expiresAt,
			List<DecisionReport> decisions, String policy, List<PersonReport> deciders, @Nullable String emergency,
			@Nullable ReviewReport review) {
	}

	/**
	 * What one person said.
	 *
	 * @param by who
	 * @param outcome approved or denied
	 * @param comment in that person's words
	 * @param at when
	 */
	public record DecisionReport(PersonReport by, String outcome, @Nullable String comment, Instant at) {
	}

	/**
	 * What somebody said afterwards about an emergency.
	 *
	 * @param by who
	 * @param comment in that person's words
	 * @param at when
	 */
	public record ReviewReport(PersonReport by, String comment, Instant at) {
	}

	/**
	 * One node.
	 *
	 * @param id the node's id
	 * @param name its name when the change was planned
	 * @param path the file on it
	 * @param writeMode how it is written
	 * @param writeReason why so
	 * @param olderPath the drop-in that is removed when the new one is there
	 * @param status where it stands
	 * @param wave in which wave of the present round it is, {@code null} for none
	 * @param since since when, {@code null} if it was not begun
	 * @param summary its state in a sentence
	 * @param stuck whether what it holds is not known until it answers
	 * @param command what has to be run on it now
	 * @param runningGuests how many guests ran when it was last probed
	 * @param before the file when it was planned
	 * @param after the file as approved
	 * @param diff unified
	 * @param settings what is set, and why
	 * @param dryRun what the last dry run said
	 * @param journal the steps, oldest first
	 */
	public record NodeReport(String id, String name, String path, String writeMode, String writeReason,
			@Nullable String olderPath, String status, @Nullable Integer wave, @Nullable Instant since,
			@Nullable String summary, boolean stuck, @Nullable String command, int runningGuests, FileReport before,
			FileReport after, String diff, List<SettingReport> settings, @Nullable DryRunReport dryRun,
			List<StepReport> journal) {
	}

	/**
	 * A file's content.
	 *
	 * @param hash SHA-256 of the exact bytes
	 * @param size how many bytes
	 * @param text what it says, secrets masked
	 */
	public record FileReport(String hash, int size, String text) {
	}

	/**
	 * A setting.
	 *
	 * @param section its section
	 * @param option its name
	 * @param value what to set, {@code null} to take it out
	 * @param rule the rule that asks for it
	 * @param reason why
	 */
	public record SettingReport(String section, String option, @Nullable String value, String rule, String reason) {
	}

	/**
	 * What a dry run said of a node.
	 *
	 * @param at when
	 * @param outcome would-work, would-fail or not-checked
	 * @param text what was seen
	 * @param checks what was looked at, each for itself
	 */
	public record DryRunReport(Instant at, String outcome, String text, List<CheckReport> checks) {
	}

	/**
	 * One thing that a dry run looked at.
	 *
	 * @param name plan, diff, file or libvirt
	 * @param outcome would-work, would-fail or not-checked
	 * @param text what was seen
	 */
	public record CheckReport(String name, String outcome, String text) {
	}

	/**
	 * A step on a node.
	 *
	 * @param id grows with time
	 * @param at when it was begun
	 * @param step its name
	 * @param outcome running, done, failed, put-back or note
	 * @param text what was done and seen
	 */
	public record StepReport(long id, Instant at, String step, String outcome, String text) {
	}

	/**
	 * Something that happened to the change.
	 *
	 * @param at when
	 * @param by who, {@code null} for the portal itself
	 * @param verb what
	 * @param status where the change stood afterwards
	 * @param note what was said
	 */
	public record LogReport(Instant at, @Nullable PersonReport by, String verb, String status, @Nullable String note) {
	}

}
