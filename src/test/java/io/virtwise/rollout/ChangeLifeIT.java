package io.virtwise.rollout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.Obstacle;
import io.virtwise.authoring.RulebaseActivated;
import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.Seen;
import io.virtwise.change.PlanCommand;
import io.virtwise.change.SettingsFrom;
import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.GroupLines;
import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.security.access.AccessDeniedException;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.MARA;
import static io.virtwise.rollout.ChangeRooms.OLD;
import static io.virtwise.rollout.ChangeRooms.SVEN;
import static io.virtwise.rollout.ChangeRooms.TOM;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Changes from their plan to their approval on both databases, and once all the way.
 */
@OnBothDatabases
class ChangeLifeIT extends ChangeBench {

	ChangeLifeIT(Database database) {
		super(database);
	}

	@Test
	void goesAllTheWay() {
		ChangeRequest draft = this.rooms.plan(this.one.id());
		assertThat(draft.status()).isEqualTo(ChangeStatus.DRAFT);
		assertThat(draft.title()).isEqualTo("virt_type = kvm, cpu_mode = host-model on " + this.one.name());
		ChangeRequest waiting = as(INES, () -> this.rooms.changes().submit(draft.id(), Seen.NOTHING, null));
		assertThat(waiting.status()).isEqualTo(ChangeStatus.WAITING_FOR_APPROVAL);
		assertThat(this.rooms.approvals().countWaitingFor(MARA)).isPositive();
		ChangeRequest half = as(TOM, () -> this.rooms.changes().approve(draft.id(), Seen.of(waiting), null));
		assertThat(half.status()).isEqualTo(ChangeStatus.WAITING_FOR_APPROVAL);
		ChangeRequest approved = as(MARA,
				() -> this.rooms.changes().approve(draft.id(), Seen.of(draft.content()), "window is Tuesday"));
		assertThat(approved.status()).isEqualTo(ChangeStatus.APPROVED);

		as(INES, () -> this.rooms.rollouts().start(draft.id()));
		assertThat(this.rooms.settled(draft.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);

		byte[] approvedBytes = draft.nodes().get(0).after();
		assertThat(this.files.bytes(this.one, PATH)).isEqualTo(approvedBytes);
		NodeReport node = this.rooms.report(draft.id()).nodes().get(0);
		assertThat(node.status()).isEqualTo("restart-pending");
		assertThat(node.command()).contains("systemctl restart nova-compute", "openstack-nova-compute");
		assertThat(node.journal()).extracting(ChangeReport.StepReport::outcome).containsOnly("done");
		as(INES, () -> this.rooms.rollouts().confirmRestart(draft.id(), this.one.id()));
		assertThat(this.rooms.report(draft.id()).status()).isEqualTo("in-force");
		assertThat(this.rooms.audited()).containsSubsequence("change.planned", "change.submitted",
				"change.approved-by-one", "change.approved", "change.started", "change.node-restart-pending",
				"change.await-restart", "change.restart-confirmed", "change.prove");
		assertThat(this.rooms.report(draft.id()).log()).extracting(ChangeReport.LogReport::verb)
			.containsExactly("planned", "submitted", "approved-by-one", "approved", "started", "await-restart",
					"prove");
	}

	@Test
	void isVoidWhenAnotherRulebaseComesIntoForce() {
		ChangeRequest waiting = this.rooms.plan(this.one.id());
		as(INES, () -> this.rooms.changes().submit(waiting.id(), Seen.NOTHING, null));
		ChangeRequest approved = this.rooms.approved(this.two.id());

		this.rooms.tell(new RulebaseActivated(7, "d".repeat(64), 1, Set.of("P22")));

		for (ChangeRequest change : List.of(waiting, approved)) {
			ChangeRequest now = this.rooms.changes().find(change.id()).orElseThrow();
			assertThat(now.status()).isEqualTo(ChangeStatus.EXPIRED);
			assertThat(now.statusNote()).contains("revision 7 of the rulebase came into force");
		}
	}

	@Test
	void isLeftAloneWhereTheRulebaseIsTheSame() {
		ChangeRequest approved = this.rooms.approved(this.one.id());

		this.rooms.tell(new RulebaseActivated(7, approved.rulebaseSha256(), 1, Set.of()));

		assertThat(this.rooms.changes().find(approved.id()).orElseThrow().status()).isEqualTo(ChangeStatus.APPROVED);
	}

	@Test
	void keepsExactlyWhatWasPlanned() {
		ChangeRequest planned = this.rooms.plan(this.one.id(), this.two.id());
		ChangeRequest stored = this.rooms.changes().find(planned.id()).orElseThrow();

		assertThat(stored.nodes()).hasSize(2);
		for (int i = 0; i < 2; i++) {
			assertThat(stored.nodes().get(i).before()).isEqualTo(OLD);
			assertThat(stored.nodes().get(i).after()).isEqualTo(planned.nodes().get(i).after());
			assertThat(stored.nodes().get(i).settings()).isEqualTo(planned.nodes().get(i).settings());
		}
		assertThat(ChangeRequest.contentOf(stored.nodes(), stored.rulebaseRevision(), stored.rulebaseSha256()))
			.isEqualTo(planned.content());
		assertThat(as(SVEN, () -> this.rooms.changes().get(Long.toString(planned.number()))).id())
			.isEqualTo(planned.id());
	}

	@Test
	void plansEmptyLinesWhereTheNewContentIsShorter() {
		this.rooms.assessed(this.one.id(), OLD, new Setting("libvirt", "cpu_mode", null));

		ChangeRequest planned = this.rooms.plan(this.one.id());

		byte[] after = planned.nodes().get(0).after();
		assertThat(after).hasSameSizeAs(OLD);
		assertThat(new String(after, StandardCharsets.UTF_8)).endsWith("virt_type = qemu\n" + "\n".repeat(18));
	}

	@Test
	void showsNoSecretInAnyText() {
		ChangeReport report = this.rooms.report(this.rooms.plan(this.one.id()).id());

		assertThat(report.toString()).doesNotContain("hunter2").contains("rabbit://***@mq");
		assertThat(report.nodes().get(0).before().hash()).isEqualTo(ContentHash.of(OLD).sha256());
	}

	@Test
	void refusesToPlanWhatCannotBeDone() {
		Node unread = node("unread");
		this.rooms.assessed(unread.id(), null);
		Node dropIn = new Node("d" + count.incrementAndGet(), "drop-in", "127.0.0.1", 1, Transport.TCP, null, null,
				null, null, Map.of(), PATH, WriteMode.DROP_IN, 0, Instant.EPOCH);
		this.rooms.register(dropIn);
		this.rooms.assessed(dropIn.id(), OLD, new Setting("libvirt", "virt_type", "kvm"));
		Node right = node("right");
		this.rooms.assessed(right.id(), OLD, new Setting("libvirt", "virt_type", "qemu"));

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> this.rooms.plan(unread.id(), dropIn.id(), right.id(), "nobody"))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.CONFLICT))
			.satisfies((ex) -> assertThat(ex.faults()).extracting(Refused.FieldFault::message)
				.satisfiesExactly((first) -> assertThat(first).contains("probe"),
						(second) -> assertThat(second).contains("cannot be written by drop-in"),
						(third) -> assertThat(third).contains("needs no change"),
						(fourth) -> assertThat(fourth).contains("not the id of a registered node")));
	}

	@Test
	void plansWhatTheGroupNeedsOfEachNodeWithTheRuleThatAsksForIt() {
		Setting older = new Setting("libvirt", "cpu_models", "Haswell");
		Setting newer = new Setting("libvirt", "cpu_models", "Haswell,Skylake-Server");
		this.rooms.ofGroup(this.one.id(), lines(true, 1, older));
		this.rooms.ofGroup(this.two.id(), lines(true, 1, newer));

		ChangeRequest planned = ofGroup(this.one.id(), this.two.id());
		ChangeRequest stored = this.rooms.changes().find(planned.id()).orElseThrow();

		assertThat(stored.nodes()).extracting((one) -> one.settings().get(0))
			.containsExactly(new ReasonedSetting(older, "V653", "for the group"),
					new ReasonedSetting(newer, "V653", "for the group"));
		assertThat(new String(stored.nodes().get(1).after(), StandardCharsets.UTF_8)).contains(newer.value())
			.contains("virt_type = qemu");
		assertThat(stored.content()).isNotEqualTo(this.rooms.plan(this.one.id(), this.two.id()).content());
		ChangeRequest waiting = as(INES, () -> this.rooms.changes().submit(stored.id(), Seen.NOTHING, null));
		assertThat(waiting.status()).isEqualTo(ChangeStatus.WAITING_FOR_APPROVAL);
		assertThat(waiting.content()).isEqualTo(planned.content());
	}

	@Test
	void refusesToPlanForAGroupWhatIsNotJudgedOrNeedsNothing() {
		Setting wanted = new Setting("libvirt", "cpu_models", "Haswell");
		Node third = node("third");
		this.rooms.ofGroup(this.one.id(), lines(true, 2, wanted));
		this.rooms.ofGroup(this.two.id(), lines(true, 1));
		this.rooms.ofGroup(third.id(), lines(false, 1));
		Node lone = node("lone");

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> ofGroup(this.one.id(), this.two.id(), third.id(), lone.id()))
			.satisfies((ex) -> assertThat(ex.faults()).extracting(Refused.FieldFault::message)
				.satisfiesExactly((first) -> assertThat(first).contains("another revision", "probe"),
						(second) -> assertThat(second).contains("needs no other lines for its group dc1"),
						(last) -> assertThat(last).contains("not judged with its group dc1"),
						(alone) -> assertThat(alone).contains("is in no group")));
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES,
					() -> this.rooms.changes()
						.plan(new PlanCommand(List.of(this.one.id()), List.of(wanted), SettingsFrom.GROUP, "both"))))
			.satisfies(
					(ex) -> assertThat(ex.faults()).extracting(Refused.FieldFault::field).containsExactly("settings"));
	}

	private ChangeRequest ofGroup(String... ids) {
		return as(INES, () -> this.rooms.changes()
			.plan(new PlanCommand(List.of(ids), null, SettingsFrom.GROUP, "two generations of CPUs")));
	}

	private static GroupLines lines(boolean judged, int revision, Setting... settings) {
		return new GroupLines("dc1", "The nodes of the group differ.", "Haswell", judged,
				Stream.of(settings).map((one) -> new ReasonedSetting(one, "V653", "for the group")).toList(), revision,
				"c".repeat(64));
	}

	@Test
	void refusesSettingsThatAreNoneOfItsBusiness() {
		for (Setting setting : List.of(new Setting("DEFAULT", "debug", "true"),
				new Setting("libvirt", "virt_type", "kvm\n[DEFAULT]\ndebug = true"),
				new Setting("libvirt", "cpu_models", "a,b\r\nx=1"), new Setting("libvirt", "cpu_mode", "fast"))) {
			assertThatExceptionOfType(Refused.class).as(setting.toString())
				.isThrownBy(() -> as(INES,
						() -> this.rooms.changes()
							.plan(new PlanCommand(List.of(this.one.id()), List.of(setting), "why not"))))
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.INVALID));
		}
	}

	@Test
	void refusesWhoAskedAndWhoPlanned() {
		Person both = new Person("p-both", "both", "Both", Set.of(Role.REQUESTER, Role.APPROVER));
		ChangeRequest change = as(both,
				() -> this.rooms.changes().plan(new PlanCommand(List.of(this.one.id()), null, "because")));
		as(INES, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));

		for (Person barred : List.of(INES, both)) {
			assertThatExceptionOfType(Refused.class).isThrownBy(
					() -> as(barred, () -> this.rooms.changes().approve(change.id(), Seen.of(change.content()), null)))
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.FORBIDDEN))
				.withMessageContaining("so you cannot decide it");
		}
		ApprovalRequest request = this.rooms.approvals().latest("change", change.id()).orElseThrow();
		assertThat(this.rooms.approvals().obstacle(request, both)).map(Obstacle::key).contains("own-edit");
		assertThat(this.rooms.approvals().obstacle(request, MARA)).isEmpty();
		assertThat(this.rooms.changes().find(change.id()).orElseThrow().status())
			.isEqualTo(ChangeStatus.WAITING_FOR_APPROVAL);
	}

	@Test
	void theDatabaseRefusesSelfApprovalToo() {
		ChangeRequest change = this.rooms.plan(this.one.id());
		as(INES, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));
		String request = this.rooms.approvals().latest("change", change.id()).orElseThrow().id();

		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> decide(request, INES.id(), INES.id(), INES.id(), change.content()))
			.withMessageContaining("approval_decision_four_eyes");
		assertThatExceptionOfType(DataIntegrityViolationException.class).as("lying about who asked")
			.isThrownBy(() -> decide(request, "p-other", "p-other", INES.id(), change.content()))
			.withMessageContaining("approval_decision_binding");
		assertThatExceptionOfType(DataIntegrityViolationException.class).as("for another content")
			.isThrownBy(() -> decide(request, INES.id(), INES.id(), MARA.id(), ContentHash.of("other")))
			.withMessageContaining("approval_decision_binding");
		decide(request, INES.id(), INES.id(), MARA.id(), change.content());
		assertThatExceptionOfType(DataIntegrityViolationException.class).as("twice")
			.isThrownBy(() -> decide(request, INES.id(), INES.id(), MARA.id(), change.content()))
			.withMessageContaining("approval_decision_once");
	}

	@Test
	void refusesAnApprovalOfOtherContent() {
		ChangeRequest change = this.rooms.plan(this.one.id());
		as(INES, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));

		assertThatExceptionOfType(Refused.class).isThrownBy(
				() -> as(MARA, () -> this.rooms.changes().approve(change.id(), Seen.of(ContentHash.of("stale")), null)))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("content-changed"));
	}

	@Test
	void ofFiftyApprovalsAtOnceExactlyTwoDifferentOnesCount() throws Exception {
		ChangeRequest change = this.rooms.plan(this.one.id());
		as(INES, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));
		List<Callable<Boolean>> attempts = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			Person person = (i % 2 == 0) ? MARA : new Person("p-" + i, "a" + i, "Approver " + i, Set.of(Role.APPROVER));
			attempts.add(() -> {
				as(person, () -> this.rooms.changes().approve(change.id(), Seen.of(change.content()), null));
				return true;
			});
		}

		assertThat(successes(attempts)).isEqualTo(2);

		assertThat(this.rooms.report(change.id()).status()).isEqualTo("approved");
		assertThat(this.rooms.report(change.id()).approval()).satisfies((approval) -> {
			assertThat(approval.decisions()).extracting((decision) -> decision.by().id())
				.hasSize(2)
				.doesNotHaveDuplicates();
			assertThat(approval.given()).isEqualTo(2);
		});
	}

	@Test
	void expiresUndecidedAndUnused() {
		ChangeRequest undecided = this.rooms.plan(this.one.id());
		as(INES, () -> this.rooms.changes().submit(undecided.id(), Seen.NOTHING, null));
		ChangeRequest unused = this.rooms.approved(this.two.id());
		this.rooms.later(Duration.ofHours(73));

		assertThatExceptionOfType(Refused.class).isThrownBy(
				() -> as(MARA, () -> this.rooms.changes().approve(undecided.id(), Seen.of(undecided.content()), null)))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("expired"));
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().start(unused.id())))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("expired"));
		assertThat(this.rooms.approvals().expireOverdue()).isGreaterThanOrEqualTo(2);
		assertThat(this.rooms.report(undecided.id()).status()).isEqualTo("expired");
		assertThat(this.rooms.report(unused.id()).statusNote()).isEqualTo("approved, but not started in time");
	}

	@Test
	void namesTheRightThatAVerbNeeds() {
		ChangeRequest change = this.rooms.approved(this.one.id());

		assertThatExceptionOfType(AccessDeniedException.class)
			.isThrownBy(() -> as(SVEN, () -> this.rooms.rollouts().start(change.id())));
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(
				() -> as(SVEN, () -> this.rooms.changes().approve(change.id(), Seen.of(change.content()), null)));
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> as(MARA,
				() -> this.rooms.changes().plan(new PlanCommand(List.of(this.one.id()), null, "because"))));
	}

	@Test
	void takesBackOnlyWhatIsOnesOwn() {
		ChangeRequest change = this.rooms.plan(this.one.id());

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(SVEN, () -> this.rooms.changes().withdraw(change.id(), Seen.NOTHING, null)))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.FORBIDDEN));
		as(INES, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));
		as(INES, () -> this.rooms.changes().withdraw(change.id(), Seen.NOTHING, " another way is better "));
		assertThat(this.rooms.report(change.id()).status()).isEqualTo("withdrawn");
		assertThat(this.rooms.report(change.id()).log()).last()
			.satisfies((entry) -> assertThat(entry.note()).isEqualTo("another way is better"));
		assertThatExceptionOfType(Refused.class).isThrownBy(
				() -> as(MARA, () -> this.rooms.changes().approve(change.id(), Seen.of(change.content()), null)));
	}

	private void decide(String request, String requestedBy, String editedBy, String decidedBy, ContentHash content) {
		this.database.jdbc()
			.sql("insert into approval_decision (id, request_id, requested_by, last_edited_by, content_sha256, decided_by,"
					+ " outcome, remark, decided_at) values (?, ?, ?, ?, ?, ?, 'approved', null, current_timestamp)")
			.params("dec-" + count.incrementAndGet(), request, requestedBy, editedBy, content.sha256(), decidedBy)
			.update();
	}

}
