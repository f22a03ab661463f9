package io.virtwise.recommendation;

import java.time.Instant;
import java.util.List;

import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * An assessment of a registered node, as it was stored.
 *
 * @param id opaque
 * @param nodeId the node that was assessed
 * @param assessedAt when
 * @param source how the newest of its facts came in, the key of a {@link FactSource}
 * @param facts hash over the evidence that it rests on
 * @param rulebaseRevision which revision of the rulebase said it
 * @param rulebaseSha256 and that revision's hash
 * @param verdict the one word, as the HTTP contract spells it
 * @param sentence the verdict in one sentence
 * @param settings the settings that nova.conf needs, and those to take out, with reasons
 * @param novaConf the bytes of the node's nova.conf as last read over libvirt,
 * {@code null} where it was never read or the last probe could not read it
 * @param runningGuests names of the guests that ran when the node was last probed
 * @param requires what its gravest findings need afterwards, for example {@code reboot}
 * @param novaFiles the other files that nova reads, in reading order; {@code null} where
 * the last probe could not read them, or somebody handed in others since
 */
public record NodeAssessment(String id, String nodeId, Instant assessedAt, String source, ContentHash facts,
		int rulebaseRevision, String rulebaseSha256, String verdict, String sentence, List<ReasonedSetting> settings,
		byte @Nullable [] novaConf, List<String> runningGuests, List<String> requires,
		@Nullable List<NovaFile> novaFiles) {

	public NodeAssessment {
		settings = List.copyOf(settings);
		runningGuests = List.copyOf(runningGuests);
		requires = List.copyOf(requires);
		novaFiles = (novaFiles != null) ? List.copyOf(novaFiles) : null;
	}

}
