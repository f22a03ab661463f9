package io.virtwise.rollout;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.approval.Approvals;
import io.virtwise.approval.RecentAuthors;
import io.virtwise.approval.RecentAuthors.Authorship;
import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReports;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.Changes;
import io.virtwise.change.PlanCommand;
import io.virtwise.change.Seen;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFactsReader;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeCredentials;
import io.virtwise.node.NodeNetwork;
import io.virtwise.node.NodeQuery;
import io.virtwise.node.Nodes;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.GroupAdvice;
import io.virtwise.recommendation.GroupLines;
import io.virtwise.recommendation.NodeAssessed;
import io.virtwise.recommendation.NodeAssessment;
import io.virtwise.recommendation.NodeAssessments;
import io.virtwise.recommendation.NodePast;
import io.virtwise.recommendation.NodeTasks;
import io.virtwise.recommendation.NovaFile;
import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.rules.Verdict;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import io.virtwise.testing.Database;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

import static org.mockito.Mockito.mock;

/**
 * The rooms from approval to rollout put together on a database of a test, with their
 * proxies for transactions and rights; nodes, their assessments and people are the
 * test's.
 */
public final class ChangeRooms implements AutoCloseable {

	/** Asks for changes and carries them out; holds the approver's role too. */
	public static final Person INES = new Person("p-ines", "ines", "Ines Moreau", Set.of(Role.OPERATOR, Role.APPROVER));

	/** Approves. */
	public static final Person MARA = new Person("p-mara", "mara", "Mara Lindqvist", Set.of(Role.APPROVER));

	/** Approves too. */
	public static final Person TOM = new Person("p-tom", "tom", "Tomasz Wilk", Set.of(Role.APPROVER));

	/** May ask, and nothing else. */
	public static final Person SVEN = new Person("p-sven", "sven", "Sven Koch", Set.of(Role.REQUESTER));

	/** What every node holds at first. */
	public static final byte[] OLD = """
			[DEFAULT]
			my_ip = 10.0.0.7
			transport_url = rabbit://nova:hunter2@mq:5672/

			[libvirt]
			# the lab had no KVM
			virt_type = qemu
			cpu_mode = custom
			""".getBytes(StandardCharsets.UTF_8);

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final Map<String, Node> nodes = new ConcurrentHashMap<>();

	private final Map<String, NodeAssessment> assessments = new ConcurrentHashMap<>();

	private final Map<String, GroupLines> groupLines = new ConcurrentHashMap<>();

	private final Map<String, List<String>> guests = new ConcurrentHashMap<>();

	private final Map<String, List<NovaFile>> novaFiles = new ConcurrentHashMap<>();

	private final Map<String, List<NodeTasks.Task>> tasks = new ConcurrentHashMap<>();

	private final Map<String, Instant> starts = new ConcurrentHashMap<>();

	private final Map<String, Runnable> renewals = new ConcurrentHashMap<>();

	private final Map<String, Person> people = new ConcurrentHashMap<>();

	private final Map<String, String> offered = new ConcurrentHashMap<>();

	private final Map<String, CpuProbe.Looked> running = new ConcurrentHashMap<>();

	private final Map<String, CpuProbe.Wanted> wanted = new ConcurrentHashMap<>();

	private final List<Authorship> authors = Collections.synchronizedList(new ArrayList<>());

	private final List<AuditableEvent> audited = Collections.synchronizedList(new ArrayList<>());

	private volatile @Nullable Duration ahead;

	public ChangeRooms(Database database, @Nullable ManagedFiles files, Map<String, Object> settings, Node... known) {
		List.of(known).forEach((node) -> {
			register(node);
			assessed(node.id(), OLD);
		});
		List.of(INES, MARA, TOM, SVEN).forEach((person) -> this.people.put(person.id(), person));
		Map<String, Object> properties = new HashMap<>(Map.of("virtwise.rollout.sweep", "1h", "virtwise.approval.sweep",
				"1h", "virtwise.rollout.pause", "10ms", "virtwise.rollout.retry-after", "1h"));
		properties.putAll(settings);
		this.context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
		bean(DataSource.class, database::dataSource);
		bean(JdbcClient.class, database::jdbc);
		bean(JdbcTransactionManager.class, () -> new JdbcTransactionManager(database.dataSource()));
		bean(Clock.class, ShiftedClock::new);
		bean(CurrentUser.class, () -> ChangeRooms::signedIn);
		bean(People.class, () -> new TestPeople());
		bean(RecentAuthors.class, () -> this::authors);
		bean(Nodes.class, () -> new TestNodes());
		bean(NodeAssessments.class, () -> new TestAssessments());
		bean(GroupAdvice.class, () -> new TestGroups());
		bean(NodePast.class, () -> new TestPast());
		bean(NodeTasks.class, () -> new TestTasks());
		if (files != null) {
			bean(ManagedFiles.class, () -> files);
			bean(NodeFactsReader.class, () -> new TestReader());
			bean(CpuProbe.class, () -> this::look);
		}
		else {
			bean(NodeNetwork.class, () -> new NodeNetwork(List.of(), true));
			bean(NodeCredentials.class, () -> mock(NodeCredentials.class)); // keeps
																			// nothing
			this.context.scan("io.virtwise.libvirt");
		}
		this.context.register(Wiring.class, ChangeReports.class);
		this.context.scan("io.virtwise.approval.internal", "io.virtwise.change.internal",
				"io.virtwise.rollout.internal", "io.virtwise.nova", "io.virtwise.facts.internal");
		if (settings.get("rooms") instanceof String more) {
			this.context.scan(more);
		}
		this.context.addApplicationListener((ApplicationListener<PayloadApplicationEvent<Object>>) (event) -> {
			if (event.getPayload() instanceof AuditableEvent audit) {
				this.audited.add(audit);
			}
		});
		this.context.refresh();
	}

	private <T> void bean(Class<T> type, Supplier<T> supplier) {
		this.context.registerBean(type, supplier);
	}

	/** A bean of the rooms. */
	public <T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	public Changes changes() {
		return get(Changes.class);
	}

	public Approvals approvals() {
		return get(Approvals.class);
	}

	public Rollouts rollouts() {
		return get(Rollouts.class);
	}

	/** What was told to the audit room. */
	public List<String> audited() {
		return this.audited.stream().map(AuditableEvent::action).toList();
	}

	/** Everything about a change, as somebody who may read it. */
	public ChangeReport report(String id) {
		return as(MARA, () -> get(ChangeReports.class).of(id));
	}

	/** This person is known from now on as this, whatever they were before. */
	public void know(Person person) {
		this.people.put(person.id(), person);
	}

	/** This person published a rule that everything here rests on. */
	public void wrote(Person person, Instant publishedAt) {
		this.authors.add(new Authorship(person.id(), 1, publishedAt));
	}

	private List<Authorship> authors(int revision, List<String> rules, Instant since) {
		return rules.contains("P22")
				? this.authors.stream().filter((one) -> !one.publishedAt().isBefore(since)).toList() : List.of();
	}

	/** Tells that a node was read again, as the room of recommendations does. */
	public void readAgain(String nodeId) {
		new TransactionTemplate(get(JdbcTransactionManager.class)).executeWithoutResult((status) -> this.context
			.publishEvent(new NodeAssessed(Objects.requireNonNull(this.assessments.get(nodeId)))));
	}

	/** The facts of a node are these from now on; nobody was told yet. */
	@SuppressWarnings("NullAway") // it does not see that the record takes no bytes as
									// well
	public void facts(String nodeId, String facts) {
		this.assessments.computeIfPresent(nodeId,
				(id, old) -> new NodeAssessment(old.id(), id, old.assessedAt(), old.source(), ContentHash.of(facts),
						old.rulebaseRevision(), old.rulebaseSha256(), old.verdict(), old.sentence(), old.settings(),
						old.novaConf(), old.runningGuests(), old.requires(), old.novaFiles()));
	}

	/** The node offers this kind of guest only, or does not answer any more. */
	public void offers(String nodeId, @Nullable String domainType) {
		this.offered.put(nodeId, Objects.requireNonNullElse(domainType, ""));
	}

	/** These guests run on the node now, and guests would get this CPU. */
	public void running(String nodeId, CpuProbe.Cpu given, CpuProbe.Guest... running) {
		this.running.put(nodeId, new CpuProbe.Looked(List.of(running), 0, given));
	}

	private CpuProbe.Looked look(Node node, CpuProbe.Wanted wanted, Duration deadline) {
		if (this.offered.getOrDefault(node.id(), "kvm").isEmpty()) {
			throw new NodeFailure(NodeFailure.Kind.TIMED_OUT, node.name() + " did not answer in time.");
		}
		this.wanted.put(node.id(), wanted);
		return this.running.getOrDefault(node.id(), new CpuProbe.Looked(List.of(), 0, null));
	}

	/** The CPU that the portal asked this node about last. */
	public CpuProbe.@Nullable Wanted wanted(String nodeId) {
		return this.wanted.get(nodeId);
	}

	/** Publishes an event, as another room would. */
	public void tell(Object event) {
		this.context.publishEvent(event);
	}

	/** Lets time go on. */
	public void later(Duration by) {
		Duration before = this.ahead;
		this.ahead = (before != null) ? before.plus(by) : by;
	}

	/** Registers a node. */
	public void register(Node node) {
		this.nodes.put(node.id(), node);
	}

	/** Removes a node. */
	public void remove(String nodeId) {
		this.nodes.remove(nodeId);
	}

	/** The node was read and holds this; the rulebase recommends these settings. */
	@SuppressWarnings("NullAway") // it does not see that the record takes no bytes as
									// well
	public void assessed(String nodeId, byte @Nullable [] novaConf, Setting... settings) {
		this.assessments.put(nodeId,
				new NodeAssessment("a-" + nodeId, nodeId, Instant.EPOCH, "libvirt",
						ContentHash.of("facts of " + nodeId), 1, "c".repeat(64), "action-required",
						"KVM works here and is not used.",
						List.of(settings).stream().map((one) -> new ReasonedSetting(one, "P22", "because")).toList(),
						novaConf, this.guests.getOrDefault(nodeId, List.of()), List.of(), this.novaFiles.get(nodeId)));
	}

	/** What its group needs of a node. */
	public void ofGroup(String nodeId, GroupLines lines) {
		this.groupLines.put(nodeId, lines);
	}

	/** What happens whenever the portal reads this node again by itself. */
	public void onRenewal(String nodeId, Runnable reading) {
		this.renewals.put(nodeId, reading);
	}

	/** From the next assessment on these guests run on the node. */
	public void guests(String nodeId, String... names) {
		this.guests.put(nodeId, List.of(names));
	}

	/** From the next assessment on the node has these files besides nova.conf. */
	public void novaFiles(String nodeId, NovaFile... files) {
		this.novaFiles.put(nodeId, List.of(files));
	}

	/** Plans a change of these nodes by Ines. */
	public ChangeRequest plan(String... nodeIds) {
		return as(INES, () -> changes().plan(new PlanCommand(List.of(nodeIds), null, "moved to real hardware")));
	}

	/** A change that Ines asked for, and that as many approved as the policy asks for. */
	public ChangeRequest approved(String... nodeIds) {
		ChangeRequest change = plan(nodeIds);
		as(INES, () -> changes().submit(change.id(), Seen.NOTHING, null));
		ChangeRequest first = as(TOM, () -> changes().approve(change.id(), Seen.of(change.content()), "looks right"));
		return (first.status() == ChangeStatus.APPROVED) ? first
				: as(MARA, () -> changes().approve(change.id(), Seen.of(change.content()), "fine"));
	}

	/** Waits until the change is no longer running. */
	public ChangeRequest settled(String id) {
		return until(id, (change) -> !change.status().key().equals("running"));
	}

	/** Waits for something to be true of the change, half a minute at most. */
	public ChangeRequest until(String id, Predicate<ChangeRequest> condition) {
		long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		while (true) {
			ChangeRequest change = changes().find(id).orElseThrow();
			if (condition.test(change)) {
				return change;
			}
			if (System.nanoTime() > end) {
				throw new AssertionError("still " + change.status() + ": " + report(id).nodes());
			}
			LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
		}
	}

	/** Does something as this person. */
	public static <T> T as(Person person, Supplier<T> action) {
		SecurityContextHolder.getContext()
			.setAuthentication(new UsernamePasswordAuthenticationToken(person, "",
					person.rights().stream().map((right) -> new SimpleGrantedAuthority(right.authority())).toList()));
		try {
			return action.get();
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	private static Optional<Person> signedIn() {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null && authentication.getPrincipal() instanceof Person person) ? Optional.of(person)
				: Optional.empty();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Transactions and rights as in the portal.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	@EnableMethodSecurity
	static class Wiring {

	}

	private final class ShiftedClock extends Clock {

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			Duration by = ChangeRooms.this.ahead;
			return (by != null) ? Instant.now().plus(by) : Instant.now();
		}

	}

	private final class TestReader implements NodeFactsReader {

		@Override
		public Reachability reachability() {
			return new Reachability(true, "9.0.0", null);
		}

		@Override
		public List<CheckStep> check(Node node, Duration deadline) {
			return List.of();
		}

		@Override
		public NodeReading read(Node node, Duration deadline) {
			String type = ChangeRooms.this.offered.getOrDefault(node.id(), "kvm");
			if (type.isEmpty()) {
				throw new NodeFailure(NodeFailure.Kind.TIMED_OUT, node.name() + " did not answer in time.");
			}
			String host = "<capabilities><host><cpu><arch>x86_64</arch></cpu></host><guest><os_type>hvm</os_type>"
					+ "<arch name='x86_64'><domain type='" + type + "'/></arch></guest></capabilities>";
			String guests = "<domainCapabilities><domain>" + type + "</domain><arch>x86_64</arch><cpu>"
					+ "<mode name='host-passthrough' supported='yes'/><mode name='host-model' supported='yes'/>"
					+ "<mode name='custom' supported='yes'/></cpu></domainCapabilities>";
			Evidence evidence = new Evidence(List.of(new Evidence.Item(EvidenceKind.CAPABILITIES, host),
					new Evidence.Item(EvidenceKind.DOMAIN_CAPABILITIES, guests)), null, Intent.UNKNOWN);
			return new NodeReading(evidence, "9.0.0", "7.2.0", node.name(), 1024, 4, List.of("guest-1", "guest-2"),
					null, List.of());
		}

	}

	private final class TestPeople implements People {

		@Override
		public Optional<Person> find(String id) {
			return Optional.ofNullable(ChangeRooms.this.people.get(id));
		}

		@Override
		public List<Person> withRole(Role role) {
			return ChangeRooms.this.people.values().stream().filter((person) -> person.roles().contains(role)).toList();
		}

	}

	private final class TestNodes implements Nodes {

		@Override
		public Node get(String id) {
			return find(id).orElseThrow(() -> Refused.notFound("node", id));
		}

		@Override
		public Optional<Node> find(String id) {
			return Optional.ofNullable(ChangeRooms.this.nodes.get(id));
		}

		@Override
		public List<Node> findAll(List<String> ids) {
			return ids.stream().map(ChangeRooms.this.nodes::get).filter(Objects::nonNull).toList();
		}

		@Override
		public Slice<Node> list(NodeQuery query, SliceRequest request) {
			List<Node> all = List.copyOf(ChangeRooms.this.nodes.values());
			return new Slice<>(all, 0, Math.max(1, all.size()), all.size());
		}

		@Override
		public long count() {
			return ChangeRooms.this.nodes.size();
		}

	}

	/** The rules ask for these on the node from now on. */
	public void asks(String nodeId, NodeTasks.Task... tasks) {
		this.tasks.put(nodeId, List.of(tasks));
	}

	/** The collector says that nova-compute was started then. */
	public void started(String nodeId, Instant at) {
		this.starts.put(nodeId, at);
	}

	/** Facts of the node come in, and everybody is told. */
	public void factsCameIn(String nodeId) {
		this.assessments.computeIfPresent(nodeId, (id, old) -> aged(old, get(Clock.class).instant()));
		readAgain(nodeId);
	}

	@SuppressWarnings("NullAway") // it does not see that the record takes no bytes as
									// well
	private static NodeAssessment aged(NodeAssessment old, Instant at) {
		return new NodeAssessment(old.id(), old.nodeId(), at, old.source(), old.facts(), old.rulebaseRevision(),
				old.rulebaseSha256(), old.verdict(), old.sentence(), old.settings(), old.novaConf(),
				old.runningGuests(), old.requires(), old.novaFiles());
	}

	private final class TestTasks implements NodeTasks {

		@Override
		public List<Task> of(String nodeId) {
			return ChangeRooms.this.tasks.getOrDefault(nodeId, List.of());
		}

		@Override
		public Optional<Instant> novaComputeStartedAt(String nodeId) {
			return Optional.ofNullable(ChangeRooms.this.starts.get(nodeId));
		}

	}

	private final class TestPast implements NodePast {

		@Override
		public Optional<Moment> at(String nodeId, Instant at) {
			return Optional.ofNullable(ChangeRooms.this.assessments.get(nodeId))
				.map((one) -> new Moment(one, List.of(new Fact("Processor", "Xeon", "/proc/cpuinfo, line 5", null)),
						List.of(new Found("S19", "BLOCK", "Module kvm_intel is not loaded"))));
		}

		@Override
		public List<Assessed> assessments(String nodeId, int limit) {
			return List.of();
		}

	}

	private final class TestGroups implements GroupAdvice {

		@Override
		public Map<String, GroupLines> of(Collection<String> nodeIds) {
			Map<String, GroupLines> lines = new HashMap<>(ChangeRooms.this.groupLines);
			lines.keySet().retainAll(nodeIds);
			return lines;
		}

		@Override
		public List<String> toChange(String group) {
			return List.copyOf(ChangeRooms.this.groupLines.keySet());
		}

	}

	private final class TestAssessments implements NodeAssessments {

		@Override
		public Optional<NodeAssessment> latest(String nodeId) {
			return Optional.ofNullable(ChangeRooms.this.assessments.get(nodeId));
		}

		@Override
		public List<NodeAssessment> history(String nodeId, int limit) {
			return latest(nodeId).stream().toList();
		}

		@Override
		public Map<Verdict, Long> countsByVerdict() {
			return Map.of();
		}

		@Override
		public NodeAssessment probe(String nodeId) {
			return renew(nodeId);
		}

		/** Reads nova.conf anew where a test said how; else nothing is new. */
		@Override
		public NodeAssessment renew(String nodeId) {
			ChangeRooms.this.renewals.getOrDefault(nodeId, () -> {
			}).run();
			return latest(nodeId).orElseThrow();
		}

	}

}
