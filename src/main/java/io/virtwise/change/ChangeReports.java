package io.virtwise.change;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.access.People;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.ApprovalStatus;
import io.virtwise.approval.Approvals;
import io.virtwise.approval.Review;
import io.virtwise.change.ChangeProgress.DryRun;
import io.virtwise.change.ChangeProgress.DryRunResult;
import io.virtwise.change.ChangeProgress.NodeProgress;
import io.virtwise.change.ChangeProgress.RolloutProgress;
import io.virtwise.change.ChangeReport.ApprovalReport;
import io.virtwise.change.ChangeReport.CheckReport;
import io.virtwise.change.ChangeReport.DecisionReport;
import io.virtwise.change.ChangeReport.DryRunReport;
import io.virtwise.change.ChangeReport.LogReport;
import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeReport.PersonReport;
import io.virtwise.change.ChangeReport.ReviewReport;
import io.virtwise.change.ChangeReport.RulebaseReport;
import io.virtwise.change.ChangeReport.SettingReport;
import io.virtwise.change.ChangeReport.StepReport;
import io.virtwise.nova.NovaConfEditor;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Puts together what there is to know about a change, for programs and for people.
 */
@Component
public class ChangeReports {

	private final Changes changes;

	private final Approvals approvals;

	private final ChangeProgress progress;

	private final People people;

	private final NovaConfEditor editor;

	private final ToldFiles files = new ToldFiles();

	ChangeReports(Changes changes, Approvals approvals, ChangeProgress progress, People people, NovaConfEditor editor) {
		this.changes = changes;
		this.approvals = approvals;
		this.progress = progress;
		this.people = people;
		this.editor = editor;
	}

	/**
	 * All about the change with this id or number.
	 * @throws io.virtwise.shared.Refused if there is none
	 */
	public ChangeReport of(String idOrNumber) {
		ChangeRequest change = this.changes.get(idOrNumber);
		Map<String, NodeProgress> reached = this.progress.of(change.id());
		DryRun dryRun = this.progress.lastDryRun(change.id()).orElse(null);
		RolloutProgress rollout = this.progress.rollout(change.id(),
				change.nodes().stream().map(PlannedNode::nodeId).toList());
		Map<String, Integer> waves = new HashMap<>();
		rollout.waves().forEach((wave) -> wave.nodes().forEach((node) -> waves.put(node, wave.number())));
		ToldFiles.OfChange files = this.files.of(change,
				(path, texts) -> this.editor.unifiedDiff(path, texts[0], texts[1]));
		Optional<ApprovalRequest> approval = this.approvals.latest(ChangeRequest.SUBJECT_TYPE, change.id());
		String requester = change.requestedBy();
		return new ChangeReport(change.id(), change.number(), change.title(), change.reason(), change.status().key(),
				change.statusAt(), change.statusNote(), change.content().sha256(),
				new RulebaseReport(change.rulebaseRevision(), change.rulebaseSha256()), person(change.plannedBy()),
				change.plannedAt(), (requester != null) ? person(requester) : null, change.submittedAt(),
				approval.map(this::approval).orElse(null), rollout,
				change.nodes()
					.stream()
					.map((node) -> node(node, waves.get(node.nodeId()), reached.get(node.nodeId()), dryRun,
							files.of(node)))
					.toList(),
				this.changes.log(change.id()).stream().map(this::log).toList(), change.version());
	}

	private NodeReport node(PlannedNode node, @Nullable Integer wave, @Nullable NodeProgress reached,
			@Nullable DryRun dryRun, ToldFiles.Told files) {
		DryRunResult looked = (dryRun != null) ? dryRun.nodes().get(node.nodeId()) : null;
		return new NodeReport(node.nodeId(), node.nodeName(), node.path(), node.placement().mode().key(),
				node.placement().reason(), node.placement().olderPath(),
				((reached != null) ? reached.status() : NodeStatus.PENDING).key(), wave,
				(reached != null) ? reached.since() : null, (reached != null) ? reached.summary() : null,
				reached != null && reached.stuck(), (reached != null) ? reached.command() : null, node.runningGuests(),
				files.before(), files.after(), files.diff(),
				node.settings()
					.stream()
					.map((one) -> new SettingReport(one.setting().section(), one.setting().option(),
							one.setting().value(), one.rule(), one.reason()))
					.toList(),
				(dryRun != null && looked != null) ? dryRun(dryRun, looked) : null,
				(reached != null) ? reached.journal().stream().map(ChangeReports::step).toList() : List.of());
	}

	private static DryRunReport dryRun(DryRun run, DryRunResult looked) {
		return new DryRunReport(run.at(), looked.outcome(), looked.text(),
				looked.checks()
					.stream()
					.map((check) -> new CheckReport(check.name(), check.outcome(), check.text()))
					.toList());
	}

	private static StepReport step(ChangeProgress.Step step) {
		return new StepReport(step.id(), step.at(), step.name(), step.outcome().key(), step.text());
	}

	private ApprovalReport approval(ApprovalRequest request) {
		Review review = request.review();
		List<PersonReport> deciders = (request.status() != ApprovalStatus.OPEN) ? List.of()
				: this.approvals.deciders(request)
					.stream()
					.map((person) -> new PersonReport(person.id(), person.displayName()))
					.toList();
		return new ApprovalReport(request.status().key(), request.needed(), request.given(), request.expiresAt(),
				request.decisions()
					.stream()
					.map((decision) -> new DecisionReport(person(decision.decidedBy()), decision.outcome().key(),
							decision.comment(), decision.decidedAt()))
					.toList(),
				request.demand().sentence(), deciders, request.emergency(), (review != null)
						? new ReviewReport(person(review.reviewedBy()), review.comment(), review.reviewedAt()) : null);
	}

	private LogReport log(ChangeLogEntry entry) {
		String by = entry.personId();
		return new LogReport(entry.at(), (by != null) ? person(by) : null, entry.verb(), entry.status().key(),
				entry.note());
	}

	private PersonReport person(String id) {
		return new PersonReport(id, this.people.nameOf(id));
	}

}
