package io.virtwise.change.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.virtwise.access.Person;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.PlanCommand;
import io.virtwise.change.Placement;
import io.virtwise.change.PlannedNode;
import io.virtwise.change.Surroundings;
import io.virtwise.change.SecretMask;
import io.virtwise.change.SettingsFrom;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.nova.NovaConfEditor;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.GroupAdvice;
import io.virtwise.recommendation.GroupLines;
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

	private static final byte[] DROP_IN_HEAD = """
			# Written by Virtwise. Edit nova.conf or another file beside this one instead: an edit
			# here is found and stops the next change.
			""".getBytes(StandardCharsets.UTF_8);

	private final Nodes nodes;

	private final NodeAssessments assessments;

	private final GroupAdvice groups;

	private final NovaConfEditor editor;

	Planner(Nodes nodes, NodeAssessments assessments, GroupAdvice groups, NovaConfEditor editor) {
		this.nodes = nodes;
		this.assessments = assessments;
		this.groups = groups;
		this.editor = editor;
	}

	/**
	 * What the change would do.
	 * @throws Refused naming every node that stands against it, and why
	 */
	Plan plan(PlanCommand command, Person planner, long number) {
		check(command);
		List<PlannedNode> planned = new ArrayList<>();
		List<FieldFault> faults = new ArrayList<>();
		int noIds = 0;
		RulebaseRevision rulebase = null;
		Map<String, GroupLines> lines = (command.from() == SettingsFrom.GROUP) ? this.groups.of(command.nodes())
				: Map.of();
		for (int i = 0; i < command.nodes().size(); i++) {
			try {
				Source source = source(command.nodes().get(i), rulebase);
				rulebase = source.rulebase();
				PlannedNode result = plan(source, settings(command, source, lines, planner), number);
				if (command.settings() == null) {
					refuseEarlySwitch(source, result);
				}
				planned.add(result);
			}
			catch (Unplannable ex) {
				faults.add(new FieldFault("nodes[" + i + "]", ex.getMessage()));
				noIds += (ex instanceof NoSuchNode) ? 1 : 0;
			}
		}
		if (!faults.isEmpty() || rulebase == null) {
			throw (noIds == faults.size()) ? Refused.invalid(faults) : refusal(faults);
		}
		return new Plan(title(planned), planned, rulebase.revision(), rulebase.sha256(),
				ChangeRequest.contentOf(planned, rulebase.revision(), rulebase.sha256()));
	}

	/**
	 * The plan of one node made once more with the same settings, from what was last read
	 * of it.
	 * @throws Refused with what stands against it, to follow the node's name
	 */
	PlannedNode again(PlannedNode planned) {
		try {
			return plan(source(planned.nodeId(), null), planned.settings(), Surroundings.numberOf(planned.path()));
		}
		catch (Unplannable ex) {
			throw Refused.conflict("cannot-plan", ex.getMessage());
		}
	}

	/** Settings that a person wrote are that person's word; a recommendation is not. */
	private static void refuseEarlySwitch(Source source, PlannedNode planned) {
		byte[] main = planned.placement().dropIn() ? source.before() : new byte[0];
		String fault = VirtTypeSwitch.fault(source.assessment(), together(main, planned.before()),
				together(main, planned.after()));
		if (fault != null) {
			throw new Unplannable(fault);
		}
	}

	/** Two files as one: the later counts. */
	private static byte[] together(byte[] first, byte[] second) {
		ByteArrayOutputStream both = new ByteArrayOutputStream();
		both.writeBytes(first);
		both.write('\n');
		both.writeBytes(second);
		return both.toByteArray();
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
		if (command.settings() != null && command.from() == SettingsFrom.GROUP) {
			throw Refused.invalid("settings",
					"is given, and settingsFrom asks for the lines of the group; leave one of them out");
		}
		if (command.settings() != null) {
			AllowedSettings.check(command.settings());
		}
	}

	/** What to plan a node from; all nodes of a change must rest on one rulebase. */
	private Source source(String nodeId, @Nullable RulebaseRevision others) {
		Node node = this.nodes.find(nodeId).orElseThrow(() -> new NoSuchNode());
		NodeAssessment assessment = this.assessments.latest(nodeId).orElse(null);
		byte[] before = (assessment != null) ? assessment.novaConf() : null;
		if (assessment == null || before == null) {
			throw new Unplannable("has not been read yet, so nobody knows what " + node.novaConfPath()
					+ " holds; probe " + node.name() + " first");
		}
		if (before.length > MAX_BYTES) {
			throw new Unplannable("has a " + node.novaConfPath() + " of more than 1 MiB; that is not edited here");
		}
		if (holdsZero(before)) {
			throw new Unplannable("has a " + node.novaConfPath()
					+ " with a zero byte in it, so it is no text; mend it on the node, then probe it again");
		}
		Source source = new Source(node, assessment, before);
		if (others != null && !others.equals(source.rulebase())) {
			throw new Unplannable("was assessed by another revision of the rulebase than the others; probe "
					+ node.name() + " again");
		}
		return source;
	}

	/** Nova may even start with it, but neither a diff nor a database can show it. */
	static boolean holdsZero(byte[] content) {
		for (byte one : content) {
			if (one == 0) {
				return true;
			}
		}
		return false;
	}

	private static List<ReasonedSetting> settings(PlanCommand command, Source source, Map<String, GroupLines> lines,
			Person planner) {
		NodeAssessment assessment = source.assessment();
		List<Setting> given = command.settings();
		if (given == null) {
			return (command.from() == SettingsFrom.GROUP) ? ofGroup(source, lines.get(source.node().id()))
					: assessment.settings();
		}
		return given.stream()
			.map((setting) -> reasonOf(setting, assessment).orElseGet(() -> new ReasonedSetting(setting, "given",
					"Asked for by " + planner.displayName() + "; the rulebase does not recommend it for this node.")))
			.toList();
	}

	/**
	 * The lines that the group needs of the node, judged by the very rules of the plan.
	 */
	private static List<ReasonedSetting> ofGroup(Source source, @Nullable GroupLines lines) {
		String name = source.node().name();
		if (lines == null) {
			throw new Unplannable("is in no group; give " + name + " one, or take its own recommendation");
		}
		if (!lines.judged()) {
			throw new Unplannable("is not judged with its group " + lines.group()
					+ ", which has more nodes than are judged at once; split the group");
		}
		if (!source.rulebase().equals(new RulebaseRevision(lines.rulebaseRevision(), lines.rulebaseSha256()))) {
			throw new Unplannable("was assessed by another revision of the rulebase than the one that judges its group"
					+ " now; probe " + name + " again");
		}
		if (lines.settings().isEmpty()) {
			throw new Unplannable("needs no other lines for its group " + lines.group() + "; leave " + name + " out");
		}
		return lines.settings();
	}

	private static Optional<ReasonedSetting> reasonOf(Setting setting, NodeAssessment assessment) {
		return assessment.settings().stream().filter((known) -> known.setting().equals(setting)).findFirst();
	}

	private PlannedNode plan(Source source, List<ReasonedSetting> settings, long number) {
		Node node = source.node();
		List<Setting> wanted = settings.stream().map(ReasonedSetting::setting).toList();
		NovaFiles files = new NovaFiles(node.novaConfPath(), source.before(), source.assessment().novaFiles());
		Placing placing = new Placing(node, files, wanted);
		String fault = placing.fault();
		if (fault != null) {
			throw new Unplannable(fault);
		}
		Placement placement = placing.placement();
		byte[] before = placement.dropIn() ? files.ours() : source.before();
		byte[] base = (placement.dropIn() && before.length == 0) ? DROP_IN_HEAD : before;
		byte[] after;
		try {
			after = this.editor.apply(base, placement.dropIn() ? placing.missing() : wanted);
		}
		catch (Refused ex) {
			throw new Refused(ex.kind(), ex.key(),
					node.novaConfPath() + " on " + node.name() + " cannot be edited: " + ex.getMessage(), ex.faults());
		}
		if (Arrays.equals(base, after)) {
			throw new Unplannable("needs no change: " + node.novaConfPath() + " on " + node.name()
					+ " has these settings already, as it was last read; leave the node out");
		}
		String path = placement.dropIn() ? files.folder() + "/" + Surroundings.name(number) : node.novaConfPath();
		return new PlannedNode(node.id(), node.name(), PlannedNode.targetOf(node), path, node.release(),
				source.assessment().runningGuests().size(), source.assessment().facts(), settings, before,
				placement.dropIn() ? after : pad(after, before.length), placement);
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
	 * What a node is planned from.
	 *
	 * @param node the node
	 * @param assessment its latest assessment
	 * @param before its nova.conf as last read
	 */
	@SuppressWarnings("ArrayRecordComponent") // exact bytes; nobody compares these
												// records
	private record Source(Node node, NodeAssessment assessment, byte[] before) {

		RulebaseRevision rulebase() {
			return new RulebaseRevision(this.assessment.rulebaseRevision(), this.assessment.rulebaseSha256());
		}

	}

	/**
	 * A revision of the rulebase.
	 *
	 * @param revision its number
	 * @param sha256 its hash
	 */
	private record RulebaseRevision(int revision, String sha256) {
	}

	/**
	 * Why a node cannot be part of the change, to follow its name.
	 */
	private static class Unplannable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Unplannable(String message) {
			super(message);
		}

		@Override
		public String getMessage() {
			return Objects.requireNonNull(super.getMessage());
		}

	}

	/**
	 * That it is asked for a node that there is not, whatever the state of the others.
	 */
	private static final class NoSuchNode extends Unplannable {

		private static final long serialVersionUID = 1L;

		NoSuchNode() {
			super("is not the id of a registered node");
		}

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
