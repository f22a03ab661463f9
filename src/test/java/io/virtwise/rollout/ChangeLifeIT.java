package io.virtwise.rollout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.Obstacle;
import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.PlanCommand;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.Setting;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.security.access.AccessDeniedException;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.MARA;
import static io.virtwise.rollout.ChangeRooms.OLD;
import static io.virtwise.rollout.ChangeRooms.SVEN;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The whole life of changes on both databases, with nodes in memory.
 */
@OnBothDatabases
class ChangeLifeIT {

	private static final AtomicInteger count = new AtomicInteger();

	private static final String PATH = "/etc/nova/nova.conf";

	private final Database database;

	private final FakeManagedFiles files = new FakeManagedFiles();

	private ChangeRooms rooms;

	private Node one;

	private Node two;

	ChangeLifeIT(Database database) {
		this.database = database;
	}

	@BeforeEach
	void open() {
		this.rooms = new ChangeRooms(this.database, this.files, Map.of());
		this.one = node("one");
		this.two = node("two");
	}

	@AfterEach
	void close() {
		this.rooms.close();
		this.database.jdbc().sql("update push set busy_node = null, status = 'skipped'").update();
	}

	@Test
	void goesAllTheWay() {
		ChangeRequest draft = this.rooms.plan(this.one.id());
		assertThat(draft.status()).isEqualTo(ChangeStatus.DRAFT);
		assertThat(draft.title()).isEqualTo("virt_type = kvm, cpu_mode = host-model on " + this.one.name());
		ChangeRequest waiting = as(INES, () -> this.rooms.changes().submit(draft.id()));
		assertThat(waiting.status()).isEqualTo(ChangeStatus.WAITING_FOR_APPROVAL);
		assertThat(this.rooms.approvals().countWaitingFor(MARA)).isPositive();
		ChangeRequest approved = as(MARA,
				() -> this.rooms.changes().approve(draft.id(), draft.content(), "window is Tuesday"));
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
		assertThat(this.rooms.audited()).containsSubsequence("change.planned", "change.submitted", "change.approved",
				"change.started", "change.node-restart-pending", "change.await-restart", "change.restart-confirmed",
				"change.prove");
		assertThat(this.rooms.report(draft.id()).log()).extracting(ChangeReport.LogReport::verb)
			.containsExactly("planned", "submitted", "approved", "started", "await-restart", "prove");
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
		Node right = node("right");
		this.rooms.assessed(right.id(), OLD, new Setting("libvirt", "virt_type", "qemu"));

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> this.rooms.plan(unread.id(), dropIn.id(), right.id(), "nobody"))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.CONFLICT))
			.satisfies((ex) -> assertThat(ex.faults()).extracting(Refused.FieldFault::message)
				.satisfiesExactly((first) -> assertThat(first).contains("probe"),
						(second) -> assertThat(second).contains("drop-in", "cannot do yet"),
						(third) -> assertThat(third).contains("needs no change"),
						(fourth) -> assertThat(fourth).contains("not the id of a registered node")));
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
		as(INES, () -> this.rooms.changes().submit(change.id()));

		for (Person barred : List.of(INES, both)) {
			assertThatExceptionOfType(Refused.class)
				.isThrownBy(() -> as(barred, () -> this.rooms.changes().approve(change.id(), change.content(), null)))
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
		as(INES, () -> this.rooms.changes().submit(change.id()));
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
		as(INES, () -> this.rooms.changes().submit(change.id()));

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(MARA, () -> this.rooms.changes().approve(change.id(), ContentHash.of("stale"), null)))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("content-changed"));
	}

	@Test
	void ofFiftyApprovalsAtOnceExactlyOneCounts() throws Exception {
		ChangeRequest change = this.rooms.plan(this.one.id());
		as(INES, () -> this.rooms.changes().submit(change.id()));
		List<Callable<Boolean>> attempts = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			Person person = (i % 2 == 0) ? MARA : new Person("p-" + i, "a" + i, "Approver " + i, Set.of(Role.APPROVER));
			attempts.add(() -> {
				as(person, () -> this.rooms.changes().approve(change.id(), change.content(), null));
				return true;
			});
		}

		assertThat(successes(attempts)).isEqualTo(1);

		assertThat(this.rooms.report(change.id()).status()).isEqualTo("approved");
		assertThat(this.rooms.report(change.id()).approval()).satisfies((approval) -> {
			assertThat(approval.decisions()).hasSize(1);
			assertThat(approval.given()).isEqualTo(1);
		});
	}

	@Test
	void ofManyStartsAtOnceExactlyOneCounts() throws Exception {
		ChangeRequest change = this.rooms.approved(this.one.id());
		List<Callable<Boolean>> attempts = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			attempts.add(() -> {
				as(INES, () -> this.rooms.rollouts().start(change.id()));
				return true;
			});
		}

		assertThat(successes(attempts)).isEqualTo(1);

		this.rooms.settled(change.id());
		assertThat(this.files.calls().stream().filter((call) -> call.equals("overwrite nova.conf"))).hasSize(1);
	}

	@Test
	void refusesASecondPushToANodeThatIsTaken() {
		ChangeRequest first = this.rooms.approved(this.one.id(), this.two.id());
		ChangeRequest second = this.rooms.approved(this.two.id());
		this.files.failNext("open", NodeFailure.Kind.UNREACHABLE, 0);
		as(INES, () -> this.rooms.rollouts().start(first.id()));
		assertThat(this.rooms.settled(first.id()).status()).isEqualTo(ChangeStatus.PAUSED);

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().start(second.id())))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("node-busy"))
			.withMessageContaining(first.name());
		assertThat(this.rooms.report(second.id()).status()).as("the approval is not spent").isEqualTo("approved");

		as(INES, () -> this.rooms.rollouts().stop(first.id()));
		assertThat(this.rooms.settled(first.id()).status()).isEqualTo(ChangeStatus.FAILED);
		assertThat(this.rooms.report(first.id()).nodes()).extracting(NodeReport::status)
			.containsExactly("failed", "skipped");
		as(INES, () -> this.rooms.rollouts().start(second.id()));
		assertThat(this.rooms.settled(second.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
	}

	@Test
	void goesOnAfterAPauseWithTheNodesThatAreLeft() {
		ChangeRequest change = this.rooms.approved(this.one.id(), this.two.id());
		this.files.failNext("open", NodeFailure.Kind.UNREACHABLE, 0);
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.PAUSED);

		as(INES, () -> this.rooms.rollouts().resume(change.id()));

		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.FAILED);
		assertThat(this.rooms.report(change.id()).nodes()).extracting(NodeReport::status)
			.containsExactly("failed", "restart-pending");
		assertThat(this.rooms.report(change.id()).nodes().get(0).summary()).startsWith("Nothing was written.");
	}

	@Test
	void refusesToStartWhatWasTamperedWithInTheDatabase() {
		ChangeRequest change = this.rooms.approved(this.one.id());
		this.database.jdbc()
			.sql("update change_node set after_bytes = :bytes where change_id = :id")
			.param("bytes",
					(new String(OLD, StandardCharsets.UTF_8) + "debug = true\n").getBytes(StandardCharsets.UTF_8))
			.param("id", change.id())
			.update();

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().start(change.id())))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("content-changed"));
		assertThat(this.files.bytes(this.one, PATH)).isEqualTo(OLD);
	}

	@Test
	void expiresUndecidedAndUnused() {
		ChangeRequest undecided = this.rooms.plan(this.one.id());
		as(INES, () -> this.rooms.changes().submit(undecided.id()));
		ChangeRequest unused = this.rooms.approved(this.two.id());
		this.rooms.later(Duration.ofHours(73));

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(MARA, () -> this.rooms.changes().approve(undecided.id(), undecided.content(), null)))
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
		assertThatExceptionOfType(AccessDeniedException.class)
			.isThrownBy(() -> as(SVEN, () -> this.rooms.changes().approve(change.id(), change.content(), null)));
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> as(MARA,
				() -> this.rooms.changes().plan(new PlanCommand(List.of(this.one.id()), null, "because"))));
	}

	@Test
	void takesBackOnlyWhatIsOnesOwn() {
		ChangeRequest change = this.rooms.plan(this.one.id());

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(SVEN, () -> this.rooms.changes().withdraw(change.id())))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.FORBIDDEN));
		as(INES, () -> this.rooms.changes().submit(change.id()));
		as(INES, () -> this.rooms.changes().withdraw(change.id()));
		assertThat(this.rooms.report(change.id()).status()).isEqualTo("withdrawn");
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(MARA, () -> this.rooms.changes().approve(change.id(), change.content(), null)));
	}

	@Test
	void rollsBackToTheBytesFromBefore() {
		ChangeRequest change = this.rooms.approved(this.one.id());
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		this.rooms.settled(change.id());

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().rollBack(change.id(), " ")));
		as(INES, () -> this.rooms.rollouts().rollBack(change.id(), "guests would not start"));

		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.ROLLED_BACK);
		assertThat(new String(this.files.bytes(this.one, PATH), StandardCharsets.UTF_8).strip())
			.isEqualTo(new String(OLD, StandardCharsets.UTF_8).strip());
		assertThat(this.rooms.report(change.id()).nodes().get(0).status()).isEqualTo("rolled-back");
	}

	@Test
	void doesNotConfirmAFileThatChangedAfterThePush() {
		ChangeRequest change = this.rooms.approved(this.one.id());
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		this.rooms.settled(change.id());
		this.files.put(this.one, PATH, OLD, "0640", "64060", "64060");

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().confirmRestart(change.id(), this.one.id())))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("changed-since"));
		assertThat(this.rooms.report(change.id()).status()).isEqualTo("restart-pending");
	}

	@Test
	void dryRunSaysWhatWouldHappenAndWritesNothing() {
		ChangeRequest change = this.rooms.plan(this.one.id(), this.two.id());
		this.files.put(this.two, PATH, "changed".getBytes(StandardCharsets.UTF_8), "0640", "64060", "64060");

		as(INES, () -> {
			this.rooms.rollouts().dryRun(change.id());
			return change;
		});

		List<NodeReport> nodes = this.rooms.report(change.id()).nodes();
		assertThat(nodes.get(0).dryRun()).satisfies((run) -> assertThat(run.outcome()).isEqualTo("would-work"));
		assertThat(nodes.get(1).dryRun()).satisfies((run) -> assertThat(run.outcome()).isEqualTo("would-fail"));
		assertThat(this.files.calls()).noneMatch((call) -> call.startsWith("overwrite") || call.startsWith("copy")
				|| call.startsWith("create") || call.startsWith("delete"));
	}

	@Test
	void saysThatTheNodeWasRemovedMeanwhile() {
		ChangeRequest change = this.rooms.approved(this.one.id());
		this.rooms.remove(this.one.id());

		as(INES, () -> this.rooms.rollouts().start(change.id()));

		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.FAILED);
		assertThat(this.rooms.report(change.id()).nodes().get(0).summary()).contains("removed from the portal",
				"Nothing was written");
	}

	private Node node(String name) {
		String id = name + count.incrementAndGet();
		Node node = new Node(id, "cmp-" + id, "127.0.0.1", 16601, Transport.TCP, null, null, "mitaka", null, Map.of(),
				PATH, WriteMode.AUTO, 0, Instant.EPOCH);
		this.rooms.register(node);
		this.rooms.assessed(id, OLD, new Setting("libvirt", "virt_type", "kvm"),
				new Setting("libvirt", "cpu_mode", "host-model"));
		this.files.directory(node, "/etc/nova");
		this.files.put(node, PATH, OLD, "0640", "64060", "64060");
		return node;
	}

	private void decide(String request, String requestedBy, String editedBy, String decidedBy, ContentHash content) {
		this.database.jdbc()
			.sql("insert into approval_decision (id, request_id, requested_by, last_edited_by, content_sha256, decided_by,"
					+ " outcome, remark, decided_at) values (?, ?, ?, ?, ?, ?, 'approved', null, current_timestamp)")
			.params("dec-" + count.incrementAndGet(), request, requestedBy, editedBy, content.sha256(), decidedBy)
			.update();
	}

	/** How many of these do not fail when all are let go at the same moment. */
	private static int successes(List<Callable<Boolean>> attempts) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(attempts.size());
		CountDownLatch ready = new CountDownLatch(attempts.size());
		try {
			List<Future<Boolean>> results = new ArrayList<>();
			for (Callable<Boolean> attempt : attempts) {
				results.add(threads.submit(() -> {
					ready.countDown();
					ready.await();
					try {
						return attempt.call();
					}
					catch (Refused ex) {
						return false;
					}
				}));
			}
			int successes = 0;
			for (Future<Boolean> result : results) {
				successes += result.get() ? 1 : 0;
			}
			return successes;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
