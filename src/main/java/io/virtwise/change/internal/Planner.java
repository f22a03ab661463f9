package io.virtwise.change.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

import io.virtwise.access.Person;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.PlanCommand;
import io.virtwise.change.PlannedNode;
import io.virtwise.change.SecretMask;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.NovaConfEditor;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.NodeAssessment;
import io.virtwise.recommendation.NodeAssessments;
import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Works out which bytes each node would get.
 */
@Component
class Planner {

	static final int MAX_NODES = 500;

	static final int MAX_REASON = 2000;

	/** No nova.conf comes near this; what does is not one. */
	static final int MAX_BYTES = 1024 * 1024;

	private final Nodes nodes;

	private final NodeAssessments assessments;

	private final NovaConfEditor editor;

	Planner(Nodes nodes, NodeAssessments assessments, NovaConfEditor editor) {
		this.nodes = nodes;
		this.assessments = assessments;
		this.editor = editor;
	}

	/**
	 * What the change would do.
	 * @throws Refused naming every node that stands against it, and why
	 */
	Plan plan(PlanCommand command, Person planner) {
		check(command);
		List<PlannedNode> planned = new ArrayList<>();
		List<FieldFault> faults = new ArrayList<>();
		int revision = 0;
		String rulebase = "";
		for (int i = 0; i < command.nodes().size(); i++) {
			Node node = this.nodes.find(command.nodes().get(i)).orElse(null);
			NodeAssessment assessment = (node != null) ? this.assessments.latest(node.id()).orElse(null) : null;
			String fault = fault(node, assessment);
			if (fault == null && revision != 0 && assessment.rulebaseRevision() != revision) {
				fault = "was assessed by another revision of the rulebase than the others; probe " + node.name()
						+ " again";
			}
			if (fault != null) {
				faults.add(new FieldFault("nodes[" + i + "]", fault));
				continue;
			}
			revision = assessment.rulebaseRevision();
			rulebase = assessment.rulebaseSha256();
			PlannedNode result = plan(node, assessment, settings(command, assessment, planner));
			if (Arrays.equals(result.before(), result.after())) {
				faults.add(new FieldFault("nodes[" + i + "]", "needs no change: " + node.novaConfPath() + " on "
						+ node.name() + " has these settings already, as it was last read; leave the node out"));
			}
			planned.add(result);
		}
		if (!faults.isEmpty()) {
			throw refusal(faults);
		}
		return new Plan(title(planned), planned, revision, rulebase,
				ChangeRequest.contentOf(planned, revision, rulebase));
	}

	private static Refused refusal(List<FieldFault> faults) {
		String all = String.join("; ", faults.stream().map((fault) -> fault.field() + " " + fault.message()).toList());
		return new Refused(Refused.Kind.CONFLICT, "cannot-plan", "This cannot be planned: " + all + ".", faults);
	}

	private static void check(PlanCommand command) {
		List<FieldFault> faults = new ArrayList<>();
		if (command.nodes().isEmpty()) {
			faults.add(new FieldFault("nodes", "is empty; name at least one node"));
		}
		if (command.nodes().size() > MAX_NODES) {
			faults
				.add(new FieldFault("nodes", "names more than " + MAX_NODES + " nodes; split it into several changes"));
		}
		if (new LinkedHashSet<>(command.nodes()).size() != command.nodes().size()) {
			faults.add(new FieldFault("nodes", "names a node twice; name each once"));
		}
		if (command.reason().isBlank()) {
			faults.add(new FieldFault("reason", "is empty; say why, whoever approves it has to judge it"));
		}
		if (command.reason().length() > MAX_REASON) {
			faults.add(new FieldFault("reason", "is longer than " + MAX_REASON + " characters; shorten it"));
		}
		if (!faults.isEmpty()) {
			throw Refused.invalid(faults);
		}
		if (command.settings() != null) {
			AllowedSettings.check(command.settings());
		}
	}

	private static @Nullable String fault(@Nullable Node node, @Nullable NodeAssessment assessment) {
		if (node == null) {
			return "is not the id of a registered node";
		}
		if (node.writeMode() == WriteMode.DROP_IN) {
			return "is set to be written by drop-in, which this portal cannot do yet; set the write mode of "
					+ node.name() + " to in-place or auto";
		}
		if (assessment == null || assessment.novaConf() == null) {
			return "has not been read yet, so nobody knows what " + node.novaConfPath() + " holds; probe " + node.name()
					+ " first";
		}
		if (assessment.novaConf().length > MAX_BYTES) {
			return "has a " + node.novaConfPath() + " of more than 1 MiB; that is not edited here";
		}
		return null;
	}

	private static List<ReasonedSetting> settings(PlanCommand command, NodeAssessment assessment, Person planner) {
		List<Setting> given = command.settings();
		if (given == null) {
			return assessment.settings();
		}
		return given.stream()
			.map((setting) -> reasonOf(setting, assessment).orElseGet(() -> new ReasonedSetting(setting, "given",
					"Asked for by " + planner.displayName() + "; the rulebase does not recommend it for this node.")))
			.toList();
	}

	private static Optional<ReasonedSetting> reasonOf(Setting setting, NodeAssessment assessment) {
		return assessment.settings().stream().filter((known) -> known.setting().equals(setting)).findFirst();
	}

	private PlannedNode plan(Node node, NodeAssessment assessment, List<ReasonedSetting> settings) {
		byte[] before = assessment.novaConf();
		if (before == null) {
			throw new IllegalStateException("checked above");
		}
		byte[] after;
		try {
			after = this.editor.apply(before, settings.stream().map(ReasonedSetting::setting).toList());
		}
		catch (Refused ex) {
			throw new Refused(ex.kind(), ex.key(),
					node.novaConfPath() + " on " + node.name() + " cannot be edited: " + ex.getMessage(), ex.faults());
		}
		return new PlannedNode(node.id(), node.name(), node.novaConfPath(), node.release(),
				assessment.runningGuests().size(), assessment.facts(), settings, before, pad(after, before.length));
	}

	/**
	 * The content with empty lines at its end, so that it covers a file of this length.
	 */
	static byte[] pad(byte[] content, int length) {
		if (content.length >= length) {
			return content;
		}
		byte[] padded = Arrays.copyOf(content, length);
		Arrays.fill(padded, content.length, length, (byte) '\n');
		return padded;
	}

	private String title(List<PlannedNode> planned) {
		PlannedNode first = planned.get(0);
		List<String> lines = this.editor
			.unifiedDiff(first.path(), SecretMask.mask(first.before()).getBytes(StandardCharsets.UTF_8),
					SecretMask.mask(first.after()).getBytes(StandardCharsets.UTF_8))
			.lines()
			.toList();
		List<String> added = lines.stream()
			.filter((line) -> line.startsWith("+") && !line.startsWith("+++") && line.contains("="))
			.map((line) -> line.substring(1).strip())
			.toList();
		String what;
		if (added.isEmpty()) {
			what = "Take options out of nova.conf";
		}
		else {
			what = String.join(", ", added.subList(0, Math.min(2, added.size())));
			what += (added.size() > 2) ? " and " + (added.size() - 2) + " more" : "";
		}
		String where = (planned.size() == 1) ? first.nodeName() : planned.size() + " nodes";
		String title = what + " on " + where;
		return (title.length() <= 300) ? title : title.substring(0, 299) + "…";
	}

	/**
	 * A planned change without number and state.
	 *
	 * @param title what it does, in a line
	 * @param nodes what it does to each node
	 * @param rulebaseRevision the rulebase that the settings come from
	 * @param rulebaseSha256 and its hash
	 * @param content hash of all of it
	 */
	record Plan(String title, List<PlannedNode> nodes, int rulebaseRevision, String rulebaseSha256,
			ContentHash content) {
	}

}
