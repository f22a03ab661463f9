package io.virtwise.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.approval.ApprovalPolicies;
import io.virtwise.approval.ApprovalPolicy;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.change.ChangeReport.ApprovalReport;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.PlanCommand;
import io.virtwise.change.Seen;
import io.virtwise.node.Node;
import io.virtwise.nova.Setting;
import io.virtwise.rollout.CpuProbe.Cpu;
import io.virtwise.rollout.CpuProbe.Guest;
import io.virtwise.rollout.CpuProbe.Telling;
import io.virtwise.rollout.CpuProbe.Wanted;
import io.virtwise.shared.Refused;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.MARA;
import static io.virtwise.rollout.ChangeRooms.SVEN;
import static io.virtwise.rollout.ChangeRooms.TOM;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Ways around four eyes, and that each of them is closed, on both databases.
 */
@OnBothDatabases
class FourEyesIT extends ChangeBench {

	private static final Person ADMIN = new Person("p-admin", "admin", "Admin", EnumSet.allOf(Role.class));

	FourEyesIT(Database database) {
		super(database);
	}

	@AfterEach
	void forgetPolicies() {
		for (String table : List.of("approval_policy_member", "approval_policy_group", "approval_policy")) {
			this.database.jdbc().sql("delete from " + table).update();
		}
	}

	@Test
	void anAdministratorWithEveryRoleIsBoundLikeEverybody() {
		ChangeRequest change = as(ADMIN,
				() -> this.rooms.changes().plan(new PlanCommand(List.of(this.one.id()), null, "because")));
		as(ADMIN, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));

		refused("own-request", () -> approve(ADMIN, change));
		refused("own-request", () -> as(ADMIN, () -> this.rooms.changes().deny(change.id(), Seen.NOTHING, "no")));
		refused("wrong-status", () -> as(ADMIN, () -> this.rooms.rollouts().start(change.id())));
	}

	@Test
	void anotherNameOrOtherRolesMakeNobodySomebodyElse() {
		ChangeRequest change = as(SVEN,
				() -> this.rooms.changes().plan(new PlanCommand(List.of(this.one.id()), null, "because")));
		as(SVEN, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));
		Person renamed = new Person(SVEN.id(), "sven.two", "Quite Another", Set.of(Role.APPROVER));
		this.rooms.know(renamed);

		refused("own-request", () -> approve(renamed, change));
		assertThat(this.rooms.report(change.id()).approval())
			.satisfies((approval) -> assertThat(approval.deciders()).extracting((person) -> person.id())
				.contains(MARA.id(), TOM.id())
				.doesNotContain(SVEN.id()));
	}

	@Test
	void anApproverWhoLostTheRoleNoLongerCounts() {
		ChangeRequest change = this.rooms.approved(this.one.id());
		this.rooms.know(new Person(TOM.id(), "tom", "Tomasz Wilk", Set.of(Role.OPERATOR)));

		refused("not-approved", () -> as(INES, () -> this.rooms.rollouts().start(change.id())));
		assertThat(this.rooms.report(change.id()).status()).isEqualTo("approved");
		this.rooms.know(TOM);
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
	}

	@Test
	void guestsWhoseCpuChangesNeedASecondPerson() {
		this.rooms.guests(this.one.id(), "instance-1", "instance-2");
		this.rooms.assessed(this.one.id(), ChangeRooms.OLD, new Setting("libvirt", "cpu_models", "Nehalem"));
		ChangeRequest change = this.rooms.plan(this.one.id());
		as(INES, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));

		ChangeRequest once = approve(TOM, change);

		assertThat(once.status()).as("one is not enough").isEqualTo(ChangeStatus.WAITING_FOR_APPROVAL);
		assertThat(this.rooms.report(change.id()).approval()).satisfies((approval) -> assertThat(approval.policy())
			.contains("guests run on 1 node whose CPU changes, and it is not known that they fit the new one"));
		refused("wrong-status", () -> as(INES, () -> this.rooms.rollouts().start(change.id())));
		assertThat(approve(MARA, change).status()).isEqualTo(ChangeStatus.APPROVED);
	}

	@Test
	void guestsThatFitNeedNoSecondPerson() {
		ChangeRequest change = toNehalem("instance-1");
		this.rooms.running(this.one.id(), cpu("Nehalem", "sse4_2", "popcnt"), guest("instance-1", "sse4_2"));
		as(INES, () -> {
			this.rooms.rollouts().dryRun(change.id());
			return this.rooms.changes().submit(change.id(), Seen.NOTHING, null);
		});

		assertThat(this.rooms.wanted(this.one.id()))
			.isEqualTo(new Wanted("qemu", "custom", List.of("Nehalem"), List.of()));
		assertThat(this.rooms.report(change.id()).nodes().get(0).dryRun())
			.satisfies((run) -> assertThat(run.checks()).filteredOn((check) -> check.name().equals("guests"))
				.singleElement()
				.satisfies((check) -> assertThat(check.outcome()).isEqualTo("would-work")));
		assertThat(approval(change).policy()).isEqualTo("One approver.");
		assertThat(approve(TOM, change).status()).isEqualTo(ChangeStatus.APPROVED);
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
		assertThat(this.rooms.report(change.id()).nodes().get(0).journal()).extracting((step) -> step.step())
			.contains("guests");
	}

	@Test
	void whatADryRunSawOfGuestsIsGoodForAnHour() {
		ChangeRequest change = toNehalem("instance-1");
		this.rooms.running(this.one.id(), cpu("Nehalem", "sse4_2"), guest("instance-1", "sse4_2"));
		as(INES, () -> {
			this.rooms.rollouts().dryRun(change.id());
			return change;
		});
		this.rooms.later(Duration.ofMinutes(61));
		as(INES, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));

		assertThat(approval(change).needed()).isEqualTo(2);
	}

	@Test
	void guestsFoundToBreakAfterTheApprovalNeedASecondPersonAfterAll() {
		ChangeRequest change = toNehalem();
		as(INES, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));
		assertThat(approve(TOM, change).status()).as("nobody knew of guests").isEqualTo(ChangeStatus.APPROVED);
		this.rooms.running(this.one.id(), cpu("Nehalem", "sse4_2"), guest("instance-1", "avx", "sse4_2"));

		as(MARA, () -> {
			this.rooms.rollouts().dryRun(change.id());
			return change;
		});

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().start(change.id())))
			.withMessageContaining("guests on 1 node would not fit the CPU that they get");
	}

	@Test
	void guestsThatBreakAreAcceptedByTwoAndThenNotAskedForAgain() {
		ChangeRequest change = toNehalem("instance-1");
		this.rooms.running(this.one.id(), cpu("Nehalem", "sse4_2"), guest("instance-1", "avx", "sse4_2"));
		as(INES, () -> {
			this.rooms.rollouts().dryRun(change.id());
			return this.rooms.changes().submit(change.id(), Seen.NOTHING, null);
		});
		assertThat(approve(TOM, change).status()).isEqualTo(ChangeStatus.WAITING_FOR_APPROVAL);
		assertThat(approval(change).policy()).contains("guests on 1 node would not fit the CPU that they get");
		approve(MARA, change);

		as(INES, () -> this.rooms.rollouts().start(change.id()));
		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
	}

	@Test
	void guestsThatCameAfterTheApprovalStopThePush() {
		ChangeRequest change = toNehalem();
		as(INES, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));
		approve(TOM, change);
		this.rooms.running(this.one.id(), cpu("Nehalem", "sse4_2"), guest("instance-1", "avx", "sse4_2"));

		as(INES, () -> this.rooms.rollouts().start(change.id()));

		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.FAILED);
		assertThat(this.rooms.report(change.id()).nodes().get(0).summary()).contains("Nothing was written.",
				"instance-1 without avx", "Nobody accepted that");
		assertThat(this.files.bytes(this.one, PATH)).isEqualTo(ChangeRooms.OLD);
	}

	/** A change of the model alone, which the policy does not call risky. */
	private ChangeRequest toNehalem(String... guests) {
		this.rooms.guests(this.one.id(), guests);
		this.rooms.assessed(this.one.id(), ChangeRooms.OLD, new Setting("libvirt", "cpu_models", "Nehalem"));
		return this.rooms.plan(this.one.id());
	}

	private static Cpu cpu(String label, String... features) {
		return new Cpu("qemu", label, Set.of(features), Telling.ALL, null);
	}

	private static Guest guest(String name, String... features) {
		return new Guest(name, cpu("its", features));
	}

	@Test
	void theSecondOfTwoTabsIsToldWhatMoved() {
		ChangeRequest waiting = waiting(null);
		approve(TOM, waiting);

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(MARA, () -> this.rooms.changes().approve(waiting.id(), Seen.of(waiting), null)))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("changed-meanwhile"))
			.withMessageContaining("in version " + waiting.version())
			.withMessageContaining("approved by one by Tomasz Wilk at ");
		refused("changed-meanwhile",
				() -> as(MARA, () -> this.rooms.changes().deny(waiting.id(), Seen.of(waiting), "no")));
		refused("changed-meanwhile",
				() -> as(INES, () -> this.rooms.changes().withdraw(waiting.id(), Seen.of(waiting), null)));
		assertThat(this.rooms.report(waiting.id()).approval()).satisfies((approval) -> {
			assertThat(approval.given()).as("what was refused leaves nothing behind").isEqualTo(1);
			assertThat(approval.decisions()).hasSize(1);
		});
		approve(MARA, this.rooms.changes().find(waiting.id()).orElseThrow());
		refused("changed-meanwhile",
				() -> as(INES, () -> this.rooms.rollouts().start(waiting.id(), Seen.of(waiting), null)));
		assertThat(this.rooms.report(waiting.id()).status()).isEqualTo("approved");
	}

	@Test
	void oneApprovalStartsOnceHoweverManyPressStart() throws Exception {
		ChangeRequest change = this.rooms.approved(this.one.id());
		List<Callable<Boolean>> attempts = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			attempts.add(() -> {
				as(INES, () -> this.rooms.rollouts().start(change.id()));
				return true;
			});
		}

		assertThat(successes(attempts)).isEqualTo(1);
		this.rooms.settled(change.id());
		assertThat(this.rooms.report(change.id()).log().stream().filter((one) -> one.verb().equals("started")))
			.hasSize(1);
	}

	@Test
	void ofFiftyWhoApproveAndAnEditAtOnceNobodyApprovesWhatMoved() throws Exception {
		ChangeRequest change = waiting(null);
		List<Callable<Boolean>> attempts = new ArrayList<>();
		for (int i = 0; i < 49; i++) {
			Person person = new Person("p-r" + i, "r" + i, "Racer " + i, Set.of(Role.APPROVER));
			attempts.add(() -> {
				approve(person, change);
				return true;
			});
		}
		attempts.add(() -> {
			this.rooms.facts(this.one.id(), "other facts");
			this.rooms.readAgain(this.one.id());
			return false;
		});

		assertThat(successes(attempts)).isLessThanOrEqualTo(2);
		assertThat(this.rooms.report(change.id()).status()).isEqualTo("expired");
		refused("wrong-status", () -> as(INES, () -> this.rooms.rollouts().start(change.id())));
		assertThat(this.files.bytes(this.one, PATH)).isEqualTo(ChangeRooms.OLD);
	}

	@Test
	void whoWroteTheRuleLatelyCannotDecide() {
		this.rooms.wrote(MARA, Instant.now().minus(Duration.ofDays(29)));
		ChangeRequest change = waiting(null);

		refused("own-rule", () -> approve(MARA, change));
		assertThat(this.rooms.approvals().waitingFor(MARA, 500)).extracting((one) -> one.subject().id())
			.doesNotContain(change.id());
		this.rooms.later(Duration.ofDays(1));
		approve(MARA, change);
		approve(TOM, change);
		assertThat(this.rooms.report(change.id()).status()).isEqualTo("approved");
	}

	@Test
	void anAuthorWhoBecameKnownAfterwardsNoLongerCounts() {
		ChangeRequest change = this.rooms.approved(this.one.id());
		this.rooms.wrote(TOM, Instant.now());

		refused("not-approved", () -> as(INES, () -> this.rooms.rollouts().start(change.id())));
	}

	@Test
	void otherFactsVoidTheApproval() {
		ChangeRequest change = this.rooms.approved(this.one.id(), this.two.id());
		ChangeRequest waiting = waiting(null);
		this.rooms.readAgain(this.two.id());
		assertThat(this.rooms.report(change.id()).status()).as("read again, and all as it was").isEqualTo("approved");
		this.rooms.facts(this.two.id(), "other facts");

		refused("content-changed", () -> as(INES, () -> this.rooms.rollouts().start(change.id())));
		this.rooms.readAgain(this.two.id());

		assertThat(this.rooms.report(change.id())).satisfies((report) -> {
			assertThat(report.status()).isEqualTo("expired");
			assertThat(report.statusNote()).contains("void, because facts of " + this.two.name());
			assertThat(report.approval()).satisfies((one) -> assertThat(one.status()).isEqualTo("expired"));
		});
		assertThat(this.rooms.report(waiting.id()).status()).as("of another node").isEqualTo("waiting-for-approval");
	}

	@Test
	void anotherTargetVoidsTheApproval() {
		ChangeRequest change = this.rooms.approved(this.one.id());
		ChangeRequest waiting = waiting(null);
		this.rooms.register(new Node(this.one.id(), this.one.name(), "10.9.9.9", 16514, this.one.transport(), null,
				null, "mitaka", null, Map.of(), PATH, this.one.writeMode(), 1, Instant.EPOCH));

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().start(change.id())))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("content-changed"))
			.withMessageContaining("is reached as 10.9.9.9:16514");
		refused("content-changed", () -> approve(MARA, waiting));
		assertThat(as(MARA, () -> this.rooms.changes().recheck(waiting.id(), Seen.of(waiting)))).hasSize(1);
	}

	@Test
	void aStricterPolicyCountsForWhatWaitsAndForWhatIsApproved() {
		this.rooms.assessed(this.one.id(), ChangeRooms.OLD, new Setting("libvirt", "cpu_model_extra_flags", "pdpe1gb"));
		ChangeRequest granted = waiting(null);
		assertThat(approval(granted).policy()).isEqualTo("One approver.");
		approve(MARA, granted);
		ChangeRequest before = waiting(null);
		set((policy) -> policy(policy, 2, Map.of(), Map.of(), true));
		ChangeRequest after = waiting(null);

		refused("not-approved", () -> as(INES, () -> this.rooms.rollouts().start(granted.id())));
		assertThat(approve(MARA, before).status()).isEqualTo(ChangeStatus.WAITING_FOR_APPROVAL);
		set((policy) -> policy(policy, 1, Map.of(), Map.of(), true));
		assertThat(approve(MARA, after).status()).as("asked for when it took two")
			.isEqualTo(ChangeStatus.WAITING_FOR_APPROVAL);
		approve(TOM, after);
		assertThat(this.rooms.report(after.id()).status()).isEqualTo("approved");
	}

	@Test
	void aGroupDemandsOneOfItsPeople() {
		Node prod = new Node("prod" + count.incrementAndGet(), "cmp-prod", "127.0.0.1", 1, this.one.transport(), null,
				null, "mitaka", "dc1-prod", Map.of(), PATH, this.one.writeMode(), 0, Instant.EPOCH);
		this.rooms.register(prod);
		this.rooms.assessed(prod.id(), ChangeRooms.OLD, new Setting("libvirt", "cpu_model_extra_flags", "pdpe1gb"));
		set((policy) -> policy(policy, 1, Map.of("dc1-prod", "leads"), Map.of("leads", Set.of(MARA.id())), true));
		ChangeRequest change = this.rooms.plan(prod.id());
		as(INES, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));

		assertThat(approval(change).policy())
			.isEqualTo("One approver. From the approver group leads, because nodes of dc1-prod are changed.");
		refused("not-in-group", () -> approve(TOM, change));
		approve(MARA, change);
		assertThat(this.rooms.report(change.id()).status()).isEqualTo("approved");
	}

	@Test
	void anEmergencyTakesOneApproverAndIsReviewedByAnother() {
		ChangeRequest change = waiting("  the whole rack is down ");
		assertThat(approval(change).emergency()).isEqualTo("the whole rack is down");
		assertThat(approval(change).needed()).isEqualTo(1);
		refused("own-request", () -> approve(INES, change));
		approve(MARA, change);
		refused("no-review", () -> as(TOM, () -> this.rooms.changes().review(change.id(), Seen.NOTHING, "fine")));
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		this.rooms.settled(change.id());

		assertThat(this.rooms.approvals().awaitingReview(500)).extracting((one) -> one.subject().id())
			.contains(change.id());
		refused("own-approval", () -> as(MARA, () -> this.rooms.changes().review(change.id(), Seen.NOTHING, "fine")));
		refused("own-request", () -> as(INES, () -> this.rooms.changes().review(change.id(), Seen.NOTHING, "fine")));
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(TOM, () -> this.rooms.changes().review(change.id(), Seen.NOTHING, " ")))
			.satisfies((ex) -> assertThat(ex.faults()).extracting((fault) -> fault.field()).containsExactly("comment"));
		assertThatExceptionOfType(DataIntegrityViolationException.class).as("past the portal")
			.isThrownBy(() -> reviewPastThePortal(change, MARA.id()))
			.withMessageContaining("approval_review_other_eyes");
		as(TOM, () -> this.rooms.changes().review(change.id(), Seen.NOTHING, "it was right"));
		assertThat(approval(change).review()).satisfies((review) -> assertThat(review.by().id()).isEqualTo(TOM.id()));
		assertThat(this.rooms.approvals().awaitingReview(500)).extracting((one) -> one.subject().id())
			.doesNotContain(change.id());
		assertThat(this.rooms.audited()).contains("change.submitted-as-emergency", "change.emergency-reviewed");
	}

	@Test
	void anAdministratorMaySwitchTheEmergencyPathOff() {
		ChangeRequest asked = waiting("the whole rack is down");
		set((policy) -> policy(policy, 1, Map.of(), Map.of(), false));

		refused("no-emergency-path", () -> approve(MARA, asked));
		refused("no-emergency-path", () -> waiting("another one"));
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> waiting(" "))
			.satisfies((ex) -> assertThat(ex.faults()).extracting((fault) -> fault.field())
				.containsExactly("emergencyReason"));
	}

	@Test
	void whoSetsThePolicyFromAStalePageIsToldSo() {
		ApprovalPolicies policies = this.rooms.get(ApprovalPolicies.class);
		ApprovalPolicy first = policies.current();
		set((policy) -> policy(policy, 2, Map.of(), Map.of(), true));

		refused("changed-meanwhile", () -> as(ADMIN, () -> policies.set(policy(first, 1, Map.of(), Map.of(), true))));
		assertThat(policies.current().approvers()).isEqualTo(2);
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> set((policy) -> policy(policy, 0, Map.of("dc1-prod", "nobody"), Map.of(), true)))
			.satisfies((ex) -> assertThat(ex.faults()).extracting((fault) -> fault.field())
				.containsExactlyInAnyOrder("approvers", "nodeGroups"));
	}

	private ChangeRequest waiting(@Nullable String emergency) {
		ChangeRequest draft = this.rooms.plan(this.one.id());
		return as(INES, () -> this.rooms.changes().submit(draft.id(), Seen.NOTHING, emergency));
	}

	private ChangeRequest approve(Person person, ChangeRequest change) {
		return as(person, () -> this.rooms.changes().approve(change.id(), Seen.of(change.content()), null));
	}

	private ApprovalReport approval(ChangeRequest change) {
		ApprovalReport approval = this.rooms.report(change.id()).approval();
		assertThat(approval).isNotNull();
		return approval;
	}

	private void set(UnaryOperator<ApprovalPolicy> edit) {
		ApprovalPolicies policies = this.rooms.get(ApprovalPolicies.class);
		as(ADMIN, () -> policies.set(edit.apply(policies.current())));
	}

	private static ApprovalPolicy policy(ApprovalPolicy before, int approvers, Map<String, String> groups,
			Map<String, Set<String>> members, boolean emergency) {
		return new ApprovalPolicy(before.version(), approvers, 2, before.riskyOptions(), true, 10, groups, members,
				emergency, before.validity(), before.authorsBarred(), null, null);
	}

	private void reviewPastThePortal(ChangeRequest change, String by) {
		ApprovalRequest request = this.rooms.approvals().latest("change", change.id()).orElseThrow();
		this.database.jdbc()
			.sql("insert into approval_review (request_id, requested_by, last_edited_by, content_sha256, decided_by,"
					+ " reviewed_by, remark, reviewed_at) values (?, ?, ?, ?, ?, ?, 'fine', current_timestamp)")
			.params(request.id(), INES.id(), INES.id(), change.content().sha256(), MARA.id(), by)
			.update();
	}

	private static void refused(String key, Runnable action) {
		assertThatExceptionOfType(Refused.class).isThrownBy(action::run)
			.satisfies((ex) -> assertThat(ex.key()).as(ex.getMessage()).isEqualTo(key));
	}

}
