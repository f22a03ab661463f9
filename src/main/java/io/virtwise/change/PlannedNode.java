package io.virtwise.change;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.virtwise.node.Node;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * What a change does to one node: exactly these bytes instead of exactly those.
 *
 * @param nodeId the node
 * @param nodeName its name when the change was planned
 * @param target how the node was reached when the change was planned
 * @param path the file on the node
 * @param release the node's nova release as it was given, {@code null} if unknown
 * @param runningGuests how many guests ran when the node was last probed
 * @param facts hash over the evidence that the settings rest on
 * @param settings what is set, and why
 * @param before the file's bytes when the change was planned
 * @param after the file's bytes as approved. In place never shorter than before, because
 * libvirt cannot shorten a file; the difference is empty lines at the end
 * @param placement which file it is, and why; the bytes before of a drop-in are those of
 * the earlier one that it takes the place of, none where there is none
 * @param answer which drift it answers and how, {@code null} for an ordinary plan
 */
@SuppressWarnings("ArrayRecordComponent") // exact bytes; nobody compares these records
public record PlannedNode(String nodeId, String nodeName, String target, String path, @Nullable String release,
		int runningGuests, ContentHash facts, List<ReasonedSetting> settings, byte[] before, byte[] after,
		Placement placement, @Nullable DriftAnswer answer) {

	public PlannedNode {
		settings = List.copyOf(settings);
		if (answer != null && answer.kind() == DriftAnswer.Kind.ACCEPT && !Arrays.equals(before, after)) {
			throw new IllegalArgumentException("what is accepted in " + path + " must be what is there");
		}
		if (!placement.dropIn() && after.length < before.length) {
			throw new IllegalArgumentException("the new content of " + path + " is shorter than the old one");
		}
	}

	/** The same as an ordinary plan. */
	public PlannedNode(String nodeId, String nodeName, String target, String path, @Nullable String release,
			int runningGuests, ContentHash facts, List<ReasonedSetting> settings, byte[] before, byte[] after,
			Placement placement) {
		this(nodeId, nodeName, target, path, release, runningGuests, facts, settings, before, after, placement, null);
	}

	/** Whether nothing is written: what stands on the node is approved as it is. */
	public boolean accepts() {
		return this.answer != null && this.answer.kind() == DriftAnswer.Kind.ACCEPT;
	}

	/**
	 * What people compare the new content with: the bytes before, or, where those of the
	 * node are accepted, the ones that were approved before.
	 */
	public byte[] shownBefore() {
		DriftAnswer drift = this.answer;
		return (drift != null && accepts()) ? drift.approved() : this.before;
	}

	/** How this node is reached, as part of what is approved. */
	public static String targetOf(Node node) {
		String user = node.user();
		String credential = node.credential();
		return node.host() + ":" + node.port() + " over " + node.transport().key()
				+ ((user != null) ? " as " + user : "")
				+ ((credential != null) ? " with the credential " + credential : "");
	}

	/** The value that is set for this option, {@code null} where none is. */
	public @Nullable String wanted(String section, String option) {
		return this.settings.stream()
			.map(ReasonedSetting::setting)
			.filter((one) -> one.section().equals(section) && one.option().equals(option))
			.map(Setting::value)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/** The hash of the bytes before. */
	public ContentHash beforeHash() {
		return ContentHash.of(this.before);
	}

	/** The hash of the bytes after. */
	public ContentHash afterHash() {
		return ContentHash.of(this.after);
	}

}
