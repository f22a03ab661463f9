package io.virtwise.recommendation.web;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.virtwise.recommendation.AssessmentView;
import io.virtwise.recommendation.internal.HeldEvidence;
import io.virtwise.recommendation.internal.HistoryEntry;
import io.virtwise.recommendation.internal.HostReading;
import io.virtwise.recommendation.internal.StoredAssessment;
import org.jspecify.annotations.Nullable;

/**
 * A stored assessment as the HTTP contract shows it: the same as an assessment of which
 * nothing is stored, and what it rests on.
 *
 * @param id of the assessment
 * @param nodeId the node
 * @param assessedAt when
 * @param source how the newest of its facts came in
 * @param factsSha256 hash over its evidence
 * @param sentence the verdict in one sentence
 * @param evidence each text with its age, the texts themselves left out
 * @param host what the last probe learned besides, {@code null} before the first
 * @param assessment the assessment itself
 */
record NodeAssessmentView(String id, String nodeId, Instant assessedAt, String source, String factsSha256,
		String sentence, List<Seen> evidence, @Nullable Host host, @JsonUnwrapped AssessmentView assessment) {

	static NodeAssessmentView of(StoredAssessment stored) {
		HostReading reading = stored.reading();
		return new NodeAssessmentView(stored.id(), stored.nodeId(), stored.assessedAt(), stored.source().key(),
				stored.evidenceHash().sha256(), stored.assessment().sentence(),
				stored.evidence().items().stream().map(Seen::of).toList(), (reading != null) ? Host.of(reading) : null,
				AssessmentView.of(stored.facts(), stored.assessment(), stored.counterfactuals()));
	}

	/**
	 * A text of evidence and its age.
	 *
	 * @param part the part's name
	 * @param source where it came from, as people read it
	 * @param seenAt when it was read or handed in
	 * @param from how it came in
	 */
	record Seen(String part, String source, Instant seenAt, String from) {

		static Seen of(HeldEvidence.Item item) {
			return new Seen(item.kind().part(), item.source(), item.seenAt(), item.from().key());
		}

	}

	/**
	 * What a probe learned besides evidence. Its parts mean what they mean in
	 * {@link HostReading}.
	 */
	record Host(Instant readAt, String libvirtVersion, @Nullable String hypervisorVersion, String hostname,
			long memoryKib, int cpus, List<String> runningGuests, boolean novaConfRead, List<String> notes) {

		static Host of(HostReading reading) {
			return new Host(reading.readAt(), reading.libvirtVersion(), reading.hypervisorVersion(), reading.hostname(),
					reading.memoryKib(), reading.cpus(), reading.runningGuests(), reading.novaConf() != null,
					reading.notes());
		}

	}

	/**
	 * One line of a node's history. Its parts mean what they mean in
	 * {@link HistoryEntry}.
	 */
	record Entry(String id, Instant assessedAt, String source, String factsSha256, int rulebaseRevision, String verdict,
			String sentence) {

		static Entry of(HistoryEntry entry) {
			return new Entry(entry.id(), entry.assessedAt(), entry.source().key(), entry.factsSha256(),
					entry.rulebaseRevision(), entry.verdict().key(), entry.sentence());
		}

	}

}
