package io.virtwise.recommendation.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.EvidenceKind;
import io.virtwise.node.Node;
import io.virtwise.node.WriteMode;
import io.virtwise.recommendation.Waiver;
import io.virtwise.recommendation.internal.HistoryEntry;
import io.virtwise.recommendation.internal.HostReading;
import io.virtwise.recommendation.internal.NodeStanding;
import io.virtwise.recommendation.internal.StoredAssessment;
import io.virtwise.shared.Slice;
import org.jspecify.annotations.Nullable;

/**
 * A node as its page shows it.
 *
 * @param verdict key of its verdict, {@code null} before the first assessment
 * @param differing how many options have to change, {@code null} where nobody knows
 * @param subtitle group, labels, release and such in one line
 * @param assessment the latest assessment
 * @param assessedAt when that was
 * @param facts what is known, with ages
 * @param reading what the last probe learned
 * @param notes what the last probe could not read
 * @param novaConfSeenAt when its nova.conf was last read or handed in
 * @param failure why the last try to read it failed
 * @param failedAt when that was
 * @param assessments how many are stored
 * @param history the newest of them
 * @param writeMode how options are put there, in words
 * @param now the time of the page
 */
record NodePage(@Nullable String verdict, @Nullable Integer differing, String subtitle,
		@Nullable AssessmentPage assessment, @Nullable Instant assessedAt, List<FactRow> facts,
		@Nullable HostReading reading, List<String> notes, @Nullable Instant novaConfSeenAt, @Nullable String failure,
		@Nullable Instant failedAt, long assessments, List<HistoryRow> history, String writeMode, Instant now) {

	private static final Duration OLD = Duration.ofDays(30);

	static NodePage of(Node node, NodeStanding standing, @Nullable StoredAssessment latest, Slice<HistoryEntry> history,
			List<Waiver> waivers, Instant now) {
		HostReading reading = (latest != null) ? latest.reading() : null;
		AssessmentPage assessment = null;
		Instant novaConfSeenAt = null;
		if (latest != null) {
			EvidenceAges ages = EvidenceAges.of(latest.evidence());
			assessment = AssessmentPage.of(latest.facts(), latest.assessment(), latest.counterfactuals(), ages,
					FindingView.of(latest.assessment(), waivers, node.id()));
			novaConfSeenAt = latest.facts().novaConf().known() ? ages.of(EvidenceKind.NOVA_CONF, null) : null;
		}
		return new NodePage((standing.verdict() != null) ? standing.verdict().key() : null, standing.differing(),
				subtitle(node, latest), assessment, standing.assessedAt(),
				(assessment != null) ? assessment.facts() : List.of(), reading,
				(reading != null) ? reading.notes() : List.of(), novaConfSeenAt, standing.failure(),
				standing.failedAt(), history.total(), HistoryRow.of(history.items()), words(node.writeMode()), now);
	}

	/** Whether a fact was seen so long ago that it is marked. */
	public boolean old(FactRow fact) {
		return fact.seenAt() != null && Duration.between(fact.seenAt(), this.now).compareTo(OLD) > 0;
	}

	private static String subtitle(Node node, @Nullable StoredAssessment latest) {
		List<String> parts = new ArrayList<>();
		if (node.group() != null) {
			parts.add(node.group());
		}
		node.labels()
			.entrySet()
			.stream()
			.sorted(java.util.Map.Entry.comparingByKey())
			.forEach((label) -> parts.add(label.getKey() + " " + label.getValue()));
		if (latest != null && latest.facts().platform().arch() != null) {
			parts.add(latest.facts().platform().arch());
		}
		parts.add((node.release() != null) ? "nova " + node.release() : "nova release not registered");
		return String.join(" · ", parts);
	}

	private static String words(WriteMode mode) {
		return switch (mode) {
			case DROP_IN -> "drop-in";
			case IN_PLACE -> "in place";
			case AUTO -> "as the release allows";
		};
	}

	/**
	 * One line of the history.
	 *
	 * @param verdict key of the verdict
	 * @param before the one before, {@code null} if that was the same or there was none
	 * @param sentence why
	 * @param source how the facts came in, in words
	 * @param at when
	 */
	record HistoryRow(String verdict, @Nullable String before, String sentence, String source, Instant at) {

		static List<HistoryRow> of(List<HistoryEntry> entries) {
			List<HistoryRow> rows = new ArrayList<>();
			for (int i = 0; i < entries.size(); i++) {
				HistoryEntry entry = entries.get(i);
				HistoryEntry older = (i + 1 < entries.size()) ? entries.get(i + 1) : null;
				String before = (older != null && older.verdict() != entry.verdict()) ? older.verdict().key() : null;
				rows.add(new HistoryRow(entry.verdict().key(), before, entry.sentence(),
						"Facts " + entry.source().words() + ", rulebase revision " + entry.rulebaseRevision(),
						entry.assessedAt()));
			}
			return rows;
		}

	}

}
