package io.virtwise.change.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.virtwise.change.ChangeRequest;
import io.virtwise.change.DriftAnswer;
import io.virtwise.change.DriftCommand;
import io.virtwise.change.Placement;
import io.virtwise.change.PlannedNode;
import io.virtwise.change.Surroundings;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.NovaConf;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.NodeAssessment;
import io.virtwise.recommendation.NodeAssessments;
import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.shared.Refused;
import io.virtwise.shared.StorableText;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Plans what is done about a file that is no longer what was approved. Putting it back is
 * a plan whose new content is the approved one. Accepting it is a plan whose bytes before
 * and after are those of the node: its push reads and compares, and writes nothing.
 */
@Component
class DriftPlanner {

	private static final byte[] NOTHING = new byte[0];

	private final Nodes nodes;

	private final NodeAssessments assessments;

	DriftPlanner(Nodes nodes, NodeAssessments assessments) {
		this.nodes = nodes;
		this.assessments = assessments;
	}

	/**
	 * What the change would do.
	 * @throws Refused with what stands against it
	 */
	Planner.Plan plan(DriftCommand command, long number) {
		checkReason(command.reason());
		Node node = this.nodes.get(command.approved().nodeId());
		byte[] actual = command.actual();
		if (actual != null && actual.length > Planner.MAX_BYTES) {
			throw Refused.conflict("cannot-plan", command.approved().path() + " on " + node.name()
					+ " is larger than 1 MiB; that is not handled here. Look at it by hand.");
		}
		if (command.kind() == DriftAnswer.Kind.ACCEPT && actual != null && Planner.holdsZero(actual)) {
			throw Refused.conflict("cannot-plan", command.approved().path() + " on " + node.name()
					+ " holds a zero byte, so it is no text and cannot be accepted. Put back what was approved.");
		}
		NodeAssessment latest = latest(node, command.approved(), actual);
		DriftAnswer answer = new DriftAnswer(command.kind(), command.content());
		PlannedNode planned = switch (command.kind()) {
			case PUT_BACK -> putBack(node, latest, command, answer, number);
			case ACCEPT -> accept(node, latest, command, answer);
		};
		String what = (command.kind() == DriftAnswer.Kind.PUT_BACK) ? "Put back what was approved in "
				: "Accept what stands in ";
		List<PlannedNode> all = List.of(planned);
		return new Planner.Plan(what + command.approved().path() + " on " + node.name(), all, latest.rulebaseRevision(),
				latest.rulebaseSha256(),
				ChangeRequest.contentOf(all, latest.rulebaseRevision(), latest.rulebaseSha256()));
	}

	/**
	 * The plan as it would be now: the same while the node's file is the one that it was
	 * made for.
	 */
	PlannedNode again(PlannedNode planned) {
		Node node = this.nodes.get(planned.nodeId());
		boolean dropIn = planned.placement().dropIn();
		String path = dropIn ? planned.placement().olderPath() : planned.path();
		if (planned.accepts()) {
			path = planned.path();
		}
		latest(node, path, dropIn, (path != null) ? planned.before() : null);
		return planned;
	}

	private static void checkReason(String reason) {
		if (reason.isBlank() || reason.length() > Planner.MAX_REASON) {
			throw Refused.invalid("reason", reason.isBlank() ? "is empty; say why, whoever approves it has to judge it"
					: "is longer than " + Planner.MAX_REASON + " characters; shorten it");
		}
	}

	private NodeAssessment latest(Node node, PlannedNode approved, byte @Nullable [] actual) {
		return latest(node, (actual != null) ? approved.path() : null, approved.placement().dropIn(), actual);
	}

	/** The facts of the node, which must have been read when its file held this. */
	private NodeAssessment latest(Node node, @Nullable String path, boolean dropIn, byte @Nullable [] actual) {
		NodeAssessment latest = this.assessments.latest(node.id())
			.orElseThrow(() -> Refused.conflict("cannot-plan",
					node.name() + " has not been read yet; probe it first, then plan again."));
		boolean same = !dropIn ? Arrays.equals(latest.novaConf(), actual) : latest.novaFiles() != null && (path == null
				|| latest.novaFiles().stream().anyMatch((file) -> file.path().equals(path) && actual != null
				// as evidence is kept; the push compares the bytes themselves
						&& file.text().equals(StorableText.marked(new String(actual, StandardCharsets.UTF_8)))));
		if (!same) {
			throw Refused.conflict("cannot-plan", "What was last read of " + node.name()
					+ " is not what stands there now. Probe the node and plan again.");
		}
		return latest;
	}

	private static PlannedNode putBack(Node node, NodeAssessment latest, DriftCommand command, DriftAnswer answer,
			long number) {
		PlannedNode approved = command.approved();
		byte[] actual = command.actual();
		if (!approved.placement().dropIn()) {
			if (actual == null) {
				throw Refused.conflict("cannot-put-back", approved.path() + " is not there on " + node.name()
						+ ", and this portal never makes a nova.conf, because it could not know whose it is to be. Put it there by"
						+ " hand, with its owner and mode, then check again.");
			}
			return planned(node, latest, approved.path(), settings(command, actual, command.content()), actual,
					Planner.pad(command.content(), actual.length),
					Placement.inPlace(node.novaConfPath(), "Puts back what was approved for this file."), answer);
		}
		NovaFiles files = files(node, latest);
		Placement placement = new Placement(WriteMode.DROP_IN,
				"Puts back the drop-in that was approved, under the number of this change.", node.novaConfPath(),
				(actual != null) ? approved.path() : null, files.around());
		byte[] before = (actual != null) ? actual : NOTHING;
		return planned(node, latest, files.folder() + "/" + Surroundings.name(number),
				settings(command, before, command.content()), before, command.content(), placement, answer);
	}

	private static PlannedNode accept(Node node, NodeAssessment latest, DriftCommand command, DriftAnswer answer) {
		byte[] actual = command.actual();
		String path = command.approved().path();
		if (actual == null) {
			throw Refused.conflict("nothing-to-accept", path + " is not there on " + node.name()
					+ ", so there is nothing to accept. Put it back, or plan a change of the settings that the node should have.");
		}
		String words = "Accepts what stands on the node: the push reads the file and compares, and writes nothing.";
		Placement placement = command.approved().placement().dropIn()
				? new Placement(WriteMode.DROP_IN, words, node.novaConfPath(), null, files(node, latest).around())
				: Placement.inPlace(node.novaConfPath(), words);
		return planned(node, latest, path, settings(command, command.content(), actual), actual, actual, placement,
				answer);
	}

	private static PlannedNode planned(Node node, NodeAssessment latest, String path, List<ReasonedSetting> settings,
			byte[] before, byte[] after, Placement placement, DriftAnswer answer) {
		return new PlannedNode(node.id(), node.name(), PlannedNode.targetOf(node), path, node.release(),
				latest.runningGuests().size(), latest.facts(), settings, before, after, placement, answer);
	}

	private static NovaFiles files(Node node, NodeAssessment latest) {
		byte[] main = latest.novaConf();
		if (main == null) {
			throw Refused.conflict("cannot-plan",
					node.novaConfPath() + " on " + node.name() + " could not be read; probe the node and plan again.");
		}
		return new NovaFiles(node.novaConfPath(), main, latest.novaFiles());
	}

	/** The options of ours that differ, each with why it was approved where it was. */
	private static List<ReasonedSetting> settings(DriftCommand command, byte[] from, byte[] to) {
		NovaConf before = NovaConf.parse(from, command.approved().path());
		NovaConf after = NovaConf.parse(to, command.approved().path());
		List<ReasonedSetting> settings = new ArrayList<>();
		for (String name : AllowedSettings.names()) {
			String section = name.substring(0, name.indexOf('/'));
			String option = name.substring(name.indexOf('/') + 1);
			Optional<String> was = value(before, section, option);
			Optional<String> is = value(after, section, option);
			if (!was.equals(is)) {
				settings.add(reasoned(command, new Setting(section, option, is.orElse(null))));
			}
		}
		return settings;
	}

	private static ReasonedSetting reasoned(DriftCommand command, Setting setting) {
		return command.approved()
			.settings()
			.stream()
			.filter((one) -> one.setting().equals(setting))
			.findFirst()
			.orElseGet(() -> new ReasonedSetting(setting, "given", (command.kind() == DriftAnswer.Kind.ACCEPT)
					? "Found on the node; somebody wrote it without the portal." : "As it was approved before."));
	}

	private static Optional<String> value(NovaConf file, String section, String option) {
		return file.effective(section, option).map(NovaConf.Assignment::value);
	}

}
