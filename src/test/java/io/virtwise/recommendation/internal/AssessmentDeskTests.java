package io.virtwise.recommendation.internal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Intent;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NodeFactsReader;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.Nodes;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.recommendation.Counterfactual;
import io.virtwise.recommendation.EvidenceAssessor;
import io.virtwise.recommendation.FactSource;
import io.virtwise.recommendation.NodeAssessed;
import io.virtwise.recommendation.NodeAssessment;
import io.virtwise.recommendation.Samples;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Verdict;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import io.virtwise.shared.SliceRequest;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;

/**
 * Tests for {@link AssessmentDesk} with its store on a real database; the node, the
 * parsers and the rules are stand-ins.
 */
class AssessmentDeskTests {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final Evidence NOTHING = new Evidence(List.of(), null, Intent.UNKNOWN);

	private final Nodes nodes = mock(Nodes.class);

	private final NodeFactsReader reader = mock(NodeFactsReader.class);

	private final Advisor advisor = mock(Advisor.class);

	private final List<Object> events = new ArrayList<>();

	private final List<Evidence> read = new ArrayList<>();

	private final TickingClock clock = new TickingClock();

	private DataSource database;

	private JdbcClient jdbc;

	private AssessmentStore store;

	private AssessmentDesk desk;

	private Node node;

	/** The database of these tests, with its tables; others run them on another one. */
	DataSource dataSource() {
		JdbcDataSource h2 = new JdbcDataSource();
		h2.setURL("jdbc:h2:mem:" + Ids.next()
				+ ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1");
		Flyway.configure().dataSource(h2).load().migrate();
		return h2;
	}

	@BeforeEach
	void openDesk() {
		this.database = dataSource();
		this.jdbc = JdbcClient.create(this.database);
		this.store = new AssessmentStore(this.jdbc);
		this.desk = new AssessmentDesk(this.nodes, this.reader, this::facts, assessor(), this.store,
				new TransactionTemplate(new DataSourceTransactionManager(this.database)), this.events::add, this.clock,
				DEADLINE);
		this.node = node("cmp-" + Ids.next());
		given(this.advisor.assess(any())).willReturn(Samples.blocked());
	}

	@Test
	void storesWhatAProbeReadAndTellsIt() {
		given(this.reader.read(this.node, DEADLINE)).willReturn(reading("[libvirt]\n"));

		NodeAssessment assessed = this.desk.probe(this.node.id());

		assertThat(this.desk.latest(this.node.id())).hasValueSatisfying((latest) -> {
			assertThat(latest).usingRecursiveComparison().isEqualTo(assessed);
			assertThat(latest.source()).isEqualTo("libvirt");
			assertThat(latest.verdict()).isEqualTo("blocked");
			assertThat(latest.novaConf()).isEqualTo("[libvirt]\n".getBytes(StandardCharsets.UTF_8));
			assertThat(latest.runningGuests()).containsExactly("instance-1");
			assertThat(latest.rulebaseRevision()).isEqualTo(3);
		});
		assertThat(this.store.latest(this.node.id())).hasValueSatisfying((stored) -> {
			assertThat(stored.facts()).isEqualTo(Samples.intelWithoutModule());
			assertThat(stored.assessment()).isEqualTo(Samples.blocked());
			assertThat(stored.counterfactuals()).extracting(Counterfactual::change).containsExactly("load kvm_intel");
		});
		assertThat(this.store.standing(this.node.id()).differing()).isEqualTo(3);
		assertThat(this.events).hasSize(2);
		assertThat(this.events.get(0)).isInstanceOfSatisfying(AuditableEvent.class, (event) -> {
			assertThat(event.action()).isEqualTo("node.probed");
			assertThat(event.subjectName()).isEqualTo(this.node.name());
		});
		assertThat(this.events.get(1)).isInstanceOfSatisfying(NodeAssessed.class,
				(event) -> assertThat(event.assessment().id()).isEqualTo(assessed.id()));
	}

	@Test
	void findsTheAssessmentThatANodeHadAtAnEarlierMoment() {
		given(this.reader.read(this.node, DEADLINE)).willReturn(reading("[libvirt]\n"));
		NodeAssessment first = this.desk.probe(this.node.id());
		NodeAssessment second = this.desk.probe(this.node.id());

		assertThat(this.store.at(this.node.id(), first.assessedAt().minusMillis(1))).isEmpty();
		assertThat(this.store.at(this.node.id(), second.assessedAt().minusMillis(1))).get()
			.extracting(StoredAssessment::id)
			.isEqualTo(first.id());
		assertThat(this.store.at(this.node.id(), second.assessedAt())).get()
			.extracting(StoredAssessment::id)
			.isEqualTo(second.id());
	}

	@Test
	void givesEverySettingTheReasonOfItsRule() {
		given(this.reader.read(this.node, DEADLINE)).willReturn(reading(null));

		assertThat(this.desk.probe(this.node.id()).settings()).extracting("rule", "reason")
			.containsExactly(tuple("S11", "KVM is what this processor should run."),
					tuple("P37", Samples.blocked().sentence()), tuple("P37", Samples.blocked().sentence()));
	}

	@Test
	void mergesWhatWasHandedInWithWhatLibvirtReads() {
		given(this.reader.read(this.node, DEADLINE)).willReturn(reading("[libvirt]\n"));

		this.desk.submit(this.node.id(), NOTHING.with(EvidenceKind.MODULES, "lsmod", "kvm 1 0"));
		this.desk.probe(this.node.id());

		StoredAssessment stored = this.store.latest(this.node.id()).orElseThrow();
		assertThat(stored.evidence().items()).extracting(HeldEvidence.Item::kind, HeldEvidence.Item::from)
			.containsExactly(tuple(EvidenceKind.MODULES, FactSource.SUBMITTED),
					tuple(EvidenceKind.CAPABILITIES, FactSource.LIBVIRT));
		assertThat(stored.evidence().items().get(0).seenAt()).isBefore(stored.evidence().items().get(1).seenAt());
		assertThat(this.read.get(this.read.size() - 1).release()).isEqualTo("mitaka");
	}

	@Test
	void keepsTheLastReadingBesideFactsHandedInLater() {
		given(this.reader.read(this.node, DEADLINE)).willReturn(reading("[libvirt]\n"));

		this.desk.probe(this.node.id());
		NodeAssessment later = this.desk.submit(this.node.id(), NOTHING.with(EvidenceKind.DEV_KVM, "ls", ""));

		assertThat(later.source()).isEqualTo("submitted");
		assertThat(later.novaConf()).isEqualTo("[libvirt]\n".getBytes(StandardCharsets.UTF_8));
		assertThat(later.runningGuests()).containsExactly("instance-1");
	}

	@Test
	void replacesOlderTextsByTheCollectorsOutput() {
		this.desk.submit(this.node.id(),
				NOTHING.with(EvidenceKind.MODULES, "lsmod", "old").with(EvidenceKind.CAPABILITIES, "virsh", "<c/>"));
		this.desk.submit(this.node.id(), NOTHING.with(EvidenceKind.COLLECTOR, "collector output", "tells modules"));

		assertThat(this.store.latest(this.node.id()).orElseThrow().evidence().items())
			.extracting(HeldEvidence.Item::kind)
			.containsExactly(EvidenceKind.CAPABILITIES, EvidenceKind.COLLECTOR);
	}

	@Test
	void keepsWhyAProbeFailedUntilOneSucceeds() {
		given(this.reader.read(this.node, DEADLINE))
			.willThrow(new NodeFailure(NodeFailure.Kind.TIMED_OUT, "It did not answer within 10 s."));

		assertThatThrownBy(() -> this.desk.probe(this.node.id())).isInstanceOf(NodeFailure.class);

		assertThat(this.store.standing(this.node.id()).failure()).isEqualTo("It did not answer within 10 s.");
		assertThat(this.desk.latest(this.node.id())).isEmpty();
		assertThat(this.events).singleElement()
			.isInstanceOfSatisfying(AuditableEvent.class,
					(event) -> assertThat(event.action()).isEqualTo("node.probe-failed"));

		reset(this.reader);
		given(this.reader.read(this.node, DEADLINE)).willReturn(reading(null));
		this.desk.probe(this.node.id());

		assertThat(this.store.standing(this.node.id()).failure()).isNull();
		assertThat(this.store.standing(this.node.id()).failedAt()).isNull();
	}

	@Test
	void storesNothingWhenAListenerRefuses() {
		AssessmentDesk refusing = new AssessmentDesk(this.nodes, this.reader, this::facts, assessor(), this.store,
				new TransactionTemplate(new DataSourceTransactionManager(this.database)), (event) -> {
					throw Refused.conflict("no", "no");
				}, this.clock, DEADLINE);

		assertThatThrownBy(
				() -> refusing.submit(this.node.id(), NOTHING.with(EvidenceKind.MODULES, "lsmod", "kvm 1 0")))
			.isInstanceOf(Refused.class);

		assertThat(this.store.count(this.node.id())).isZero();
		assertThat(this.store.standing(this.node.id())).isEqualTo(NodeStanding.NONE);
	}

	@Test
	void refusesToStoreNothing() {
		assertThatThrownBy(() -> this.desk.submit(this.node.id(), NOTHING)).isInstanceOf(Refused.class)
			.hasMessageContaining("at least one");
	}

	@Test
	void ordersHistoryAndCountsEachNodeOnce() {
		Assessment ready = new Assessment(Samples.blocked().rulebase(), Verdict.READY, "Fine.",
				Samples.blocked().recommendation(), "", List.of(), List.of(), null, List.of());
		this.desk.submit(this.node.id(), NOTHING.with(EvidenceKind.MODULES, "lsmod", ""));
		given(this.advisor.assess(any())).willReturn(ready);
		this.desk.submit(this.node.id(), NOTHING.with(EvidenceKind.MODULES, "lsmod", "kvm"));

		assertThat(this.desk.history(this.node.id(), 10)).extracting(NodeAssessment::verdict)
			.containsExactly("ready", "blocked");
		assertThat(this.desk.history(this.node.id(), 1)).extracting(NodeAssessment::verdict).containsExactly("ready");
		assertThat(this.store.history(this.node.id(), new SliceRequest(1, 1, null, false)))
			.extracting(HistoryEntry::verdict)
			.containsExactly(Verdict.BLOCKED);
		assertThat(this.desk.countsByVerdict()).isEqualTo(
				Map.of(Verdict.READY, 1L, Verdict.ACTION_REQUIRED, 0L, Verdict.BLOCKED, 0L, Verdict.UNDETERMINED, 0L));

		this.jdbc.sql("update node set removed_at = created_at, name_key = null where id = :id")
			.param("id", this.node.id())
			.update();

		assertThat(this.desk.countsByVerdict()).containsEntry(Verdict.READY, 0L);
	}

	private EvidenceAssessor assessor() {
		return new EvidenceAssessor(this::facts, this.advisor,
				(facts, present) -> List.of(new Counterfactual(List.of("load kvm_intel"), "kvm", null, "ready")),
				(facts) -> List.of());
	}

	private NodeFacts facts(Evidence evidence) {
		this.read.add(evidence);
		NodeFacts sample = Samples.intelWithoutModule();
		boolean collectorOnly = evidence.items().stream().allMatch((item) -> item.kind() == EvidenceKind.COLLECTOR)
				&& !evidence.items().isEmpty();
		if (!collectorOnly) {
			return sample;
		}
		return new NodeFacts(sample.platform(), CpuInfo.UNKNOWN, new KernelModules(true, Known.YES, List.of()),
				DevKvm.UNKNOWN, sample.capabilities(), List.of(), NovaConfFacts.UNKNOWN, null, Intent.UNKNOWN, Map.of(),
				List.of());
	}

	private Node node(String name) {
		Node made = new Node(Ids.next(), name, "10.0.0.1", 16514, Transport.TLS, null, null, "mitaka", null, Map.of(),
				"/etc/nova/nova.conf", WriteMode.AUTO, 0, this.clock.instant());
		this.jdbc
			.sql("""
					insert into node (id, name, name_key, host, port, transport, labels, nova_conf_path, write_mode, version,
						created_at) values (:id, :name, :name, '10.0.0.1', 16514, 'TLS', '{}', '/etc/nova/nova.conf', 'AUTO', 0,
						:at)""")
			.param("id", made.id())
			.param("name", name)
			.param("at", this.clock.instant().atOffset(ZoneOffset.UTC))
			.update();
		given(this.nodes.get(made.id())).willReturn(made);
		given(this.nodes.find(made.id())).willReturn(Optional.of(made));
		return made;
	}

	private static NodeFactsReader.NodeReading reading(@Nullable String novaConf) {
		return new NodeFactsReader.NodeReading(NOTHING.with(EvidenceKind.CAPABILITIES, "virsh capabilities", "<c/>"),
				"9.0.0", "7.2.0", "cmp", 1024, 4, List.of("instance-1"),
				(novaConf != null) ? novaConf.getBytes(StandardCharsets.UTF_8) : null, List.of());
	}

	/**
	 * A clock that goes on by a second each time it is read.
	 */
	private static final class TickingClock extends Clock {

		private Instant now = Instant.parse("2026-11-22T14:00:00Z");

		@Override
		public Instant instant() {
			this.now = this.now.plusSeconds(1);
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
