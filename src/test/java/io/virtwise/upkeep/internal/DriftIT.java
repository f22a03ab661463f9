package io.virtwise.upkeep.internal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.Seen;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeRemoved;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.NovaFile;
import io.virtwise.rollout.ChangeRooms;
import io.virtwise.rollout.FakeManagedFiles;
import io.virtwise.shared.Refused;
import io.virtwise.shared.SliceRequest;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import io.virtwise.upkeep.DriftFinding;
import io.virtwise.upkeep.DriftFinding.Closing;
import io.virtwise.upkeep.DriftFinding.Kind;
import io.virtwise.upkeep.DriftWatch;
import io.virtwise.upkeep.DriftWatch.Remains;
import io.virtwise.upkeep.DriftWatch.Which;
import io.virtwise.upkeep.NodeWatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static io.virtwise.rollout.ChangeRooms.INES;
import static io.virtwise.rollout.ChangeRooms.MARA;
import static io.virtwise.rollout.ChangeRooms.OLD;
import static io.virtwise.rollout.ChangeRooms.SVEN;
import static io.virtwise.rollout.ChangeRooms.TOM;
import static io.virtwise.rollout.ChangeRooms.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The watch for drift on both databases, with nodes in memory.
 */
@OnBothDatabases
class DriftIT {

	private static final AtomicInteger count = new AtomicInteger();

	private static final String PATH = Node.DEFAULT_NOVA_CONF;

	private static final byte[] EDITED = "[libvirt]\nvirt_type = lxc\n".getBytes(StandardCharsets.UTF_8);

	private final Database database;

	private final FakeManagedFiles files = new FakeManagedFiles();

	private ChangeRooms rooms;

	private Node node;

	DriftIT(Database database) {
		this.database = database;
		this.rooms = rooms();
		this.node = node("mitaka");
	}

	private ChangeRooms rooms() {
		return new ChangeRooms(this.database, this.files,
				Map.of("rooms", "io.virtwise.upkeep.internal", "virtwise.drift.sweep", "1h"));
	}

	@BeforeEach
	void open() {
		this.database.jdbc().sql("delete from drift_watch").update();
		this.database.jdbc().sql("delete from drift_finding").update();
	}

	@AfterEach
	void close() {
		this.rooms.close();
		this.database.jdbc().sql("update push set busy_node = null").update();
	}

	@Test
	void findsWhatSomebodyEditedOnceAndClosesItWhenItIsBack() {
		ChangeRequest change = inForce();
		byte[] approved = this.files.bytes(this.node, PATH);
		assertThat(check().open()).isNull();

		put(EDITED);
		NodeWatch drifted = check();
		NodeWatch again = check();

		DriftFinding found = drifted.open();
		assertThat(found).isNotNull();
		assertThat(found.kind()).isEqualTo(Kind.CHANGED);
		assertThat(found.path()).isEqualTo(PATH);
		assertThat(found.changeId()).isEqualTo(change.id());
		assertThat(found.approved()).isEqualTo(approved);
		assertThat(found.actual()).isEqualTo(EDITED);
		assertThat(again.open()).isNotNull().extracting(DriftFinding::id).isEqualTo(found.id());
		assertThat(this.rooms.audited()).filteredOn("drift.found"::equals).hasSize(1);
		assertThat(list(Which.OPEN)).hasSize(1);

		put((new String(approved, StandardCharsets.UTF_8) + "\n\n").getBytes(StandardCharsets.UTF_8));

		assertThat(check().open()).as("empty lines at the end mean nothing").isNull();
		assertThat(list(Which.OPEN)).isEmpty();
		assertThat(list(Which.CLOSED)).singleElement()
			.satisfies((one) -> assertThat(one.closing()).isEqualTo(Closing.BACK));
		assertThat(this.rooms.audited()).contains("drift.closed");
	}

	@Test
	void puttingItBackIsAnOrdinaryChangeThatWritesTheApprovedBytes() {
		inForce();
		byte[] approved = this.files.bytes(this.node, PATH);
		put("[libvirt]\nvirt_type = lxc\n# a much longer file than what was approved\n".repeat(8)
			.getBytes(StandardCharsets.UTF_8));
		DriftFinding found = drift();

		ChangeRequest change = as(SVEN, () -> watch().putBack(found.id(), "nobody asked for lxc"));

		assertThat(change.status()).isEqualTo(ChangeStatus.DRAFT);
		assertThat(change.title()).isEqualTo("Put back what was approved in " + PATH + " on " + this.node.name());
		assertThat(change.nodes().get(0).settings()).extracting((one) -> one.setting().option())
			.contains("virt_type", "cpu_mode");
		assertThat(this.files.bytes(this.node, PATH)).as("nothing is written by planning").startsWith(EDITED);
		carriedOut(change, SVEN);

		assertThat(new String(this.files.bytes(this.node, PATH), StandardCharsets.UTF_8).strip())
			.isEqualTo(new String(approved, StandardCharsets.UTF_8).strip());
		assertThat(this.round()).as("the push asks for a look").isEqualTo(1);
		assertThat(list(Which.CLOSED)).singleElement()
			.satisfies((one) -> assertThat(one.closing()).isEqualTo(Closing.BACK));
	}

	@Test
	void acceptingItIsAnOrdinaryChangeThatWritesNothing() {
		inForce();
		put(EDITED);
		DriftFinding found = drift();

		ChangeRequest change = as(SVEN, () -> watch().accept(found.id(), "containers are what we want here"));
		NodeReport shown = this.rooms.report(change.id()).nodes().get(0);
		assertThat(shown.diff()).contains("-virt_type = kvm", "+virt_type = lxc");
		assertThat(this.rooms.report(change.id()).title()).startsWith("Accept what stands in");
		assertThat(as(SVEN, () -> this.rooms.changes().demand(change.id())).approvers())
			.as("virt_type changes, whoever wrote it")
			.isEqualTo(2);
		int before = this.files.calls().size();
		carriedOut(change, SVEN);

		assertThat(this.files.bytes(this.node, PATH)).isEqualTo(EDITED);
		assertThat(this.files.calls().subList(before, this.files.calls().size()))
			.noneMatch((call) -> call.matches("(overwrite|create|copy|delete).*"));
		assertThat(check().open()).isNull();
		assertThat(list(Which.CLOSED)).singleElement()
			.satisfies((one) -> assertThat(one.closing()).isEqualTo(Closing.APPROVED));

		put(OLD);
		assertThat(drift().changeId()).as("what was accepted is what counts now").isEqualTo(change.id());
	}

	@Test
	void whatWasAcceptedIsNotWrittenAndNotRolledBack() {
		inForce();
		put(EDITED);
		DriftFinding found = drift();
		ChangeRequest change = as(SVEN, () -> watch().accept(found.id(), "fine"));
		as(SVEN, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));
		approve(change);
		put(OLD);

		as(INES, () -> this.rooms.rollouts().start(change.id()));
		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.FAILED);
		assertThat(this.rooms.report(change.id()).nodes().get(0).summary()).startsWith("Nothing was written.");
		assertThat(this.files.bytes(this.node, PATH)).isEqualTo(OLD);

		put(EDITED);
		as(INES, () -> this.rooms.rollouts().rerun(change.id(), false));
		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(INES, () -> this.rooms.rollouts().rollBack(change.id(), "no")))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("nothing-to-roll-back"));
	}

	@Test
	void aNodeThatDoesNotAnswerIsNotDriftButNotChecked() {
		inForce();
		check();
		Instant checkedAt = watched().checkedAt();
		this.rooms.later(Duration.ofHours(2));
		this.files.failNext("open", NodeFailure.Kind.TIMED_OUT, 0);

		assertThat(round()).isEqualTo(1);

		assertThat(watched().open()).isNull();
		assertThat(watched().checkedAt()).isEqualTo(checkedAt);
		assertThat(watched().failure()).isNotNull();
		assertThat(as(INES, () -> watch().standing())).satisfies((standing) -> {
			assertThat(standing.notChecked()).isEqualTo(1);
			assertThat(standing.unreachable()).extracting(DriftWatch.Unreachable::nodeName)
				.containsExactly(this.node.name());
		});
		this.rooms.later(Duration.ofHours(2));
		assertThat(round()).isEqualTo(1);
		assertThat(watched().failure()).isNull();
	}

	@Test
	void looksAtEachNodeOnceAnIntervalHoweverManyPortalsThereAre() throws Exception {
		inForce();
		Node other = this.node;
		this.node = node("mitaka");
		inForce();
		assertThat(round()).as("both are due after their push").isEqualTo(2);
		assertThat(round()).isZero();
		int before = this.files.calls().size();
		this.rooms.later(Duration.ofMinutes(80));
		try (ChangeRooms second = rooms()) {
			second.register(other);
			second.register(this.node);
			second.later(Duration.ofMinutes(80));
			List<Callable<Integer>> portals = List.of(() -> round(this.rooms), () -> round(second),
					() -> round(this.rooms), () -> round(second));
			ExecutorService threads = Executors.newFixedThreadPool(portals.size());
			for (Future<Integer> done : threads.invokeAll(portals)) {
				done.get();
			}
			threads.shutdown();
		}
		assertThat(this.files.calls().subList(before, this.files.calls().size()))
			.filteredOn((call) -> call.startsWith("read"))
			.as("closing waits for what the jobs of a portal took")
			.hasSize(2);
		List<Instant> next = this.database.jdbc()
			.sql("select next_at from drift_watch")
			.query((row, number) -> row.getObject(1, java.time.OffsetDateTime.class).toInstant())
			.list();
		assertThat(next).as("jittered").doesNotHaveDuplicates();
	}

	@Test
	void leavesANodeAloneThatIsBeingWritten() {
		inForce();
		put(EDITED);
		this.database.jdbc()
			.sql("update push set busy_node = node_id where node_id = :node")
			.param("node", this.node.id())
			.update();
		int before = this.files.calls().size();

		assertThat(round()).isEqualTo(1);

		assertThat(this.files.calls()).hasSize(before);
		assertThat(list(Which.ALL)).isEmpty();
		assertThatExceptionOfType(Refused.class).isThrownBy(this::check)
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("node-busy"));
	}

	@Test
	void isSilentWhenItIsSwitchedOff() {
		inForce();
		put(EDITED);
		this.rooms.close();
		this.rooms = new ChangeRooms(this.database, this.files,
				Map.of("rooms", "io.virtwise.upkeep.internal", "virtwise.drift.enabled", "false"), this.node);
		this.rooms.assessed(this.node.id(), EDITED);

		assertThat(this.rooms.get(DriftRound.class).isThereAny()).isFalse();
		assertThat(round()).isZero();
		assertThat(as(INES, () -> watch().standing()).on()).isFalse();
		assertThat(drift().kind()).as("a person may still look").isEqualTo(Kind.CHANGED);
	}

	@Test
	void afterARollBackTheChangeBeforeCountsAgain() {
		ChangeRequest first = inForce();
		this.rooms.assessed(this.node.id(), this.files.bytes(this.node, PATH),
				new Setting("libvirt", "cpu_mode", null));
		ChangeRequest second = this.rooms.approved(this.node.id());
		as(INES, () -> this.rooms.rollouts().start(second.id()));
		this.rooms.settled(second.id());
		assertThat(watched().changeId()).isEqualTo(second.id());

		as(INES, () -> this.rooms.rollouts().rollBack(second.id(), "a try"));
		this.rooms.settled(second.id());
		assertThat(check().changeId()).isEqualTo(first.id());
		assertThat(check().open()).isNull();

		as(INES, () -> this.rooms.rollouts().rollBack(first.id(), "a try too"));
		this.rooms.settled(first.id());
		assertThat(as(INES, () -> watch().of(this.node.id()))).isEmpty();
		assertThat(round()).isEqualTo(1);
		assertThat(as(INES, () -> watch().standing()).watched()).isZero();
	}

	@Test
	void aDropInThatIsGoneIsFoundAndPutBackUnderANewName() {
		this.node = node("pike");
		this.rooms.novaFiles(this.node.id());
		byte[] conf = "[DEFAULT]\nmy_ip = 10.0.0.7\n".getBytes(StandardCharsets.UTF_8);
		put(conf);
		this.rooms.assessed(this.node.id(), conf, new Setting("libvirt", "virt_type", "kvm"));
		this.files.directory(this.node, "/etc/nova/nova.conf.d");
		ChangeRequest first = this.rooms.approved(this.node.id());
		as(INES, () -> this.rooms.rollouts().start(first.id()));
		assertThat(this.rooms.settled(first.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
		String path = first.nodes().get(0).path();
		assertThat(check().path()).isEqualTo(path).contains("90-virtwise-");

		byte[] edited = "[libvirt]\nvirt_type = qemu\n".getBytes(StandardCharsets.UTF_8);
		this.files.put(this.node, path, edited, "0600", "0", "0");
		this.rooms.onRenewal(this.node.id(), () -> {
			this.rooms.novaFiles(this.node.id(), new NovaFile(path, new String(edited, StandardCharsets.UTF_8)));
			this.rooms.assessed(this.node.id(), conf, new Setting("libvirt", "virt_type", "kvm"));
		});
		DriftFinding found = drift();
		ChangeRequest accepted = as(SVEN, () -> watch().accept(found.id(), "qemu it is"));
		carriedOut(accepted, SVEN);
		assertThat(this.files.bytes(this.node, path)).as("owner and mode are its editor's").isEqualTo(edited);
		assertThat(check().open()).isNull();

		this.files.open(this.node, "/etc/nova/nova.conf.d", Duration.ofSeconds(1))
			.delete(path.substring(path.lastIndexOf('/') + 1));
		this.rooms.onRenewal(this.node.id(), () -> {
			this.rooms.novaFiles(this.node.id());
			this.rooms.assessed(this.node.id(), conf, new Setting("libvirt", "virt_type", "kvm"));
		});
		DriftFinding gone = drift();
		assertThat(gone.kind()).isEqualTo(Kind.MISSING);
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> as(SVEN, () -> watch().accept(gone.id(), "let it go")))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("nothing-to-accept"));
		ChangeRequest back = as(SVEN, () -> watch().putBack(gone.id(), "it is needed"));
		assertThat(back.nodes().get(0).path()).isNotEqualTo(path);
		carriedOut(back, SVEN);
		assertThat(this.files.bytes(this.node, back.nodes().get(0).path())).isEqualTo(edited);
		assertThat(check().open()).isNull();
		assertThat(list(Which.OPEN)).isEmpty();
	}

	@Test
	void findsAnotherFileThatMayWinOverWhatWasApproved() {
		this.node = node("pike");
		this.rooms.novaFiles(this.node.id());
		byte[] conf = "[DEFAULT]\nmy_ip = 10.0.0.7\n".getBytes(StandardCharsets.UTF_8);
		put(conf);
		this.rooms.assessed(this.node.id(), conf, new Setting("libvirt", "virt_type", "kvm"));
		this.files.directory(this.node, "/etc/nova/nova.conf.d");
		ChangeRequest first = this.rooms.approved(this.node.id());
		as(INES, () -> this.rooms.rollouts().start(first.id()));
		this.rooms.settled(first.id());
		put("[DEFAULT]\nmy_ip = 10.0.0.8\n[libvirt]\nvirt_type = kvm\n".getBytes(StandardCharsets.UTF_8));
		assertThat(check().open()).as("another option, or the same value").isNull();

		put("[DEFAULT]\n[libvirt]\nvirt_type = qemu\n".getBytes(StandardCharsets.UTF_8));
		DriftFinding found = drift();

		assertThat(found.kind()).isEqualTo(Kind.OVERRULED);
		assertThat(found.sentence()).contains(first.nodes().get(0).path(), "is as approved, but nova also reads",
				"virt_type = qemu stands in /etc/nova/nova.conf, line 3", "virt_type = kvm");
		assertThat(list(Which.OPEN)).singleElement().extracting(DriftFinding::detail).isEqualTo(found.detail());
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> as(SVEN, () -> watch().putBack(found.id(), "back")))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("overruled"))
			.withMessageContaining("Take that line out there");

		put(conf);
		this.files.put(this.node, "/etc/nova/nova.conf.d/50-lab.conf",
				"[libvirt]\nvirt_type = lxc\n".getBytes(StandardCharsets.UTF_8), "0644", "0", "0");
		assertThat(drift().detail()).contains("virt_type = lxc stands in /etc/nova/nova.conf.d/50-lab.conf, line 2");
		this.files.open(this.node, "/etc/nova/nova.conf.d", Duration.ofSeconds(1)).delete("50-lab.conf");
		assertThat(check().open()).isNull();
		assertThat(list(Which.CLOSED)).hasSize(1);
	}

	@Test
	void saysWhatToDoWhereNovaConfIsGone() {
		inForce();
		this.files.open(this.node, "/etc/nova", Duration.ofSeconds(1)).delete("nova.conf");
		this.rooms.onRenewal(this.node.id(), () -> this.rooms.assessed(this.node.id(), null));
		DriftFinding gone = drift();

		assertThat(gone.kind()).isEqualTo(Kind.MISSING);
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> as(SVEN, () -> watch().putBack(gone.id(), "back")))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("cannot-put-back"))
			.withMessageContaining("from the copy beside it, /etc/nova/nova.conf.")
			.withMessageContaining("it had owner ")
			.withMessageContaining("mode 0");
		Remains remains = as(SVEN, () -> watch().remains(gone)).orElseThrow();
		assertThat(remains.copy()).startsWith("/etc/nova/nova.conf.virtwise-");
		assertThat(remains.access()).contains("mode 0");
	}

	@Test
	void neverFollowsALinkAndNeverPlansOverIt() {
		inForce();
		this.files.put(this.node, "/etc/nova/elsewhere.conf", EDITED, "0640", "0", "0");
		this.files.link(this.node, PATH, "/etc/nova/elsewhere.conf");

		DriftFinding found = drift();

		assertThat(found.kind()).isEqualTo(Kind.NOT_A_FILE);
		assertThat(found.actual()).isNull();
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> as(SVEN, () -> watch().putBack(found.id(), "back")))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("not-a-file"));
	}

	@Test
	void refusesToAnswerWhatIsOverAndWithoutAReason() {
		inForce();
		byte[] approved = this.files.bytes(this.node, PATH);
		put(EDITED);
		DriftFinding found = drift();
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> as(SVEN, () -> watch().putBack(found.id(), " ")))
			.satisfies((ex) -> assertThat(ex.faults().get(0).field()).isEqualTo("reason"));

		put(approved);

		assertThatExceptionOfType(Refused.class).isThrownBy(() -> as(SVEN, () -> watch().putBack(found.id(), "back")))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("drift-over"));
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> as(INES, () -> watch().get("nothing")))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.NOT_FOUND));
	}

	@Test
	void anAnswerIsVoidOnceTheFileMovesOn() {
		inForce();
		put(EDITED);
		DriftFinding found = drift();
		ChangeRequest change = as(SVEN, () -> watch().putBack(found.id(), "back"));
		as(SVEN, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));
		put(OLD);

		check();
		this.rooms.readAgain(this.node.id());

		assertThat(this.rooms.changes().find(change.id()).orElseThrow().status()).isEqualTo(ChangeStatus.EXPIRED);
	}

	@Test
	void forgetsANodeThatIsRemoved() {
		inForce();
		put(EDITED);
		drift();

		new TransactionTemplate(this.rooms.get(PlatformTransactionManager.class))
			.executeWithoutResult((status) -> this.rooms.tell(new NodeRemoved(this.node)));

		assertThat(list(Which.CLOSED)).singleElement()
			.satisfies((one) -> assertThat(one.closing()).isEqualTo(Closing.NOT_WATCHED));
		assertThat(as(INES, () -> watch().standing()).watched()).isZero();
	}

	private Node node(String release) {
		String id = "drift" + count.incrementAndGet();
		Node made = new Node(id, "cmp-" + id, "127.0.0.1", 16601, Transport.TCP, null, null, release, null, Map.of(),
				PATH, WriteMode.AUTO, 0, Instant.EPOCH);
		this.rooms.register(made);
		this.files.directory(made, "/etc/nova");
		this.files.put(made, PATH, OLD, "0640", "64060", "64060");
		this.rooms.assessed(id, OLD, new Setting("libvirt", "virt_type", "kvm"),
				new Setting("libvirt", "cpu_mode", "host-model"));
		this.rooms.onRenewal(id, () -> this.rooms.assessed(id, this.files.bytes(made, PATH),
				new Setting("libvirt", "virt_type", "kvm"), new Setting("libvirt", "cpu_mode", "host-model")));
		return made;
	}

	/** A change that was put on the node and proved. */
	private ChangeRequest inForce() {
		ChangeRequest change = this.rooms.approved(this.node.id());
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		assertThat(this.rooms.settled(change.id()).status()).isEqualTo(ChangeStatus.RESTART_PENDING);
		return change;
	}

	private void carriedOut(ChangeRequest change, io.virtwise.access.Person requester) {
		as(requester, () -> this.rooms.changes().submit(change.id(), Seen.NOTHING, null));
		approve(change);
		as(INES, () -> this.rooms.rollouts().start(change.id()));
		assertThat(this.rooms.settled(change.id()).status()).as(this.rooms.report(change.id()).nodes().toString())
			.isEqualTo(ChangeStatus.RESTART_PENDING);
	}

	private void approve(ChangeRequest change) {
		ChangeRequest first = as(TOM,
				() -> this.rooms.changes().approve(change.id(), Seen.of(change.content()), "right"));
		if (first.status() != ChangeStatus.APPROVED) {
			as(MARA, () -> this.rooms.changes().approve(change.id(), Seen.of(change.content()), "right"));
		}
	}

	private void put(byte[] content) {
		this.files.put(this.node, PATH, content, "0640", "64060", "64060");
	}

	private DriftWatch watch() {
		return this.rooms.get(DriftWatch.class);
	}

	private NodeWatch check() {
		return as(INES, () -> watch().check(this.node.id()));
	}

	private NodeWatch watched() {
		return as(INES, () -> watch().of(this.node.id())).orElseThrow();
	}

	private DriftFinding drift() {
		DriftFinding open = check().open();
		assertThat(open).isNotNull();
		return open;
	}

	private List<DriftFinding> list(Which which) {
		return as(INES, () -> watch().list(which, SliceRequest.of(null, null, null, java.util.Set.of()))).items();
	}

	/** How many nodes were looked at. */
	private int round() {
		return round(this.rooms);
	}

	private static int round(ChangeRooms portal) {
		DriftRound round = portal.get(DriftRound.class);
		int looks = 0;
		while (round.isThereAny() && round.doNext()) {
			looks++;
		}
		return looks;
	}

}
