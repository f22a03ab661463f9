package io.virtwise.recommendation.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFactsReader.NodeReading;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.recommendation.NodeAssessed;
import io.virtwise.recommendation.Samples;
import io.virtwise.recommendation.Waiver;
import io.virtwise.recommendation.Waiver.Ending;
import io.virtwise.recommendation.Waivers.Which;
import io.virtwise.recommendation.Waivers.Wish;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import io.virtwise.shared.SliceRequest;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Waivers on both databases.
 */
@OnBothDatabases
class WaiversIT {

	private static final SliceRequest ALL = new SliceRequest(0, 50, null, false);

	private static final String TITLE = "Module kvm_intel is not loaded";

	private final Database database;

	private final AssessmentStore store;

	private final Nodes nodes = mock(Nodes.class);

	private final List<AuditableEvent> audited = new ArrayList<>();

	private Instant now = Instant.parse("2026-11-22T14:02:00Z");

	private final StoredWaivers waivers;

	private Node node;

	WaiversIT(Database database) {
		this.database = database;
		this.store = new AssessmentStore(database.jdbc());
		Person mara = new Person("p-mara", "mara", "Mara Lindqvist", Set.of(Role.APPROVER));
		this.waivers = new StoredWaivers(new WaiverTable(database.jdbc()), this.store, this.nodes,
				() -> Optional.of(mara), (event) -> this.audited.add((AuditableEvent) event), new TestClock(), 365);
		this.node = new Node("n", "n", "n", 22, Transport.SSH, null, null, null, null, Map.of(), "/etc/nova/nova.conf",
				WriteMode.AUTO, 0, this.now);
	}

	@BeforeEach
	void assessedNode() {
		String id = Ids.next();
		this.node = new Node(id, "cmp-" + id, "cmp", 22, Transport.SSH, null, null, null, null, Map.of(),
				"/etc/nova/nova.conf", WriteMode.AUTO, 0, this.now);
		given(this.nodes.get(id)).willReturn(this.node);
		this.database.jdbc()
			.sql("insert into node (id, name, name_key, host, port, transport, labels, nova_conf_path, write_mode, version,"
					+ " created_at) values (:id, :name, :name, 'cmp', 22, 'SSH', '{}', '/etc/nova/nova.conf', 'AUTO', 0,"
					+ " current_timestamp)")
			.param("id", id)
			.param("name", this.node.name())
			.update();
		assessed(Samples.blocked());
	}

	@Test
	void countsUntilItsLastDayIsOver() {
		Waiver waiver = waive("2026-12-01");

		assertThat(waiver.title()).isEqualTo(TITLE);
		assertThat(waiver.createdBy()).isEqualTo("p-mara");
		assertThat(this.waivers.active(this.node.id())).extracting(Waiver::id).containsExactly(waiver.id());
		this.now = Instant.parse("2026-12-01T23:59:59Z");
		assertThat(this.waivers.active(this.node.id())).hasSize(1);
		this.waivers.endOverdue();
		assertThat(this.waivers.get(waiver.id()).ending()).isNull();

		this.now = Instant.parse("2026-12-02T00:00:00Z");
		assertThat(this.waivers.active(this.node.id())).as("whether or not anybody swept").isEmpty();
		assertThat(ids(Which.ENDED)).contains(waiver.id());
		this.waivers.endOverdue();
		this.waivers.endOverdue();

		assertThat(this.waivers.get(waiver.id()).ending()).isEqualTo(Ending.RAN_OUT);
		assertThat(actions()).containsExactly("waiver.given", "waiver.ended");
	}

	@Test
	void isOpenAgainWhenTheFactsUnderItChangeAndOnlyThen() {
		Waiver waiver = waive("2026-12-01");

		assessed(Samples.blocked());
		assertThat(this.waivers.active(this.node.id())).as("the same facts").hasSize(1);
		assessed(with("lsmod, line 7: kvm"));
		assertThat(this.waivers.get(waiver.id()).ending()).isEqualTo(Ending.FACTS_CHANGED);
		assertThat(actions()).containsExactly("waiver.given", "waiver.ended");

		Waiver second = waive("2026-12-02");
		assessed(with("lsmod, line 9: kvm"));
		assertThat(this.waivers.active(this.node.id())).as("a line that moved is no other fact").hasSize(1);
		assessed(without());
		assertThat(this.waivers.active(this.node.id())).as("gone is no other fact either").hasSize(1);
		assessed(with("lsmod, line 9: kvm"));
		assertThat(this.waivers.active(this.node.id())).extracting(Waiver::id).containsExactly(second.id());
	}

	@Test
	void aFindingIsWaivedOnceAndAgainWhenThatWasTakenBack() {
		Waiver waiver = waive("2026-12-01");
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> waive("2026-12-05"))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("waived-already"));

		Waiver back = this.waivers.takeBack(waiver.id());

		assertThat(back.ending()).isEqualTo(Ending.TAKEN_BACK);
		assertThat(back.endedBy()).isEqualTo("p-mara");
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> this.waivers.takeBack(waiver.id()))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("waiver-ended"));
		assertThat(waive("2026-12-05").id()).isNotEqualTo(waiver.id());
		assertThat(ids(Which.ALL)).hasSize(2);
		assertThat(ids(Which.ACTIVE)).hasSize(1);
	}

	@Test
	void oneThatRanOutIsNotInTheWayOfAnother() {
		waive("2026-11-23");
		this.now = Instant.parse("2026-11-25T10:00:00Z");

		waive("2026-12-05");

		assertThat(this.waivers.active(this.node.id())).hasSize(1);
	}

	@Test
	void namesTheFieldThatCannotBeTaken() {
		assertThat(faults("S19", null, " ", " ", null)).containsExactly("reason", "owner", "until");
		assertThat(faults("S19", null, "why", "who", "2026-11-22")).as("today is no day to come")
			.containsExactly("until");
		assertThat(faults("S19", null, "why", "who", "2027-11-23")).as("no longer than a year")
			.containsExactly("until");
		assertThat(faults("S99", null, "why", "who", "2026-12-01")).containsExactly("rule");
		assertThat(faults("S19", "another", "why", "who", "2026-12-01")).containsExactly("rule");
		assertThat(faults("S19", null, "x".repeat(2001), "y".repeat(201), "2026-12-01")).containsExactly("reason",
				"owner");
	}

	private List<String> faults(String rule, @Nullable String title, String reason, String owner,
			@Nullable String until) {
		try {
			this.waivers.waive(new Wish(this.node.id(), rule, title, reason, owner,
					(until != null) ? LocalDate.parse(until) : null));
			throw new AssertionError("it was waived");
		}
		catch (Refused ex) {
			return ex.faults().stream().map(Refused.FieldFault::field).toList();
		}
	}

	private Waiver waive(String until) {
		return this.waivers
			.waive(new Wish(this.node.id(), "S19", null, "it goes next month", "Compute", LocalDate.parse(until)));
	}

	private List<String> ids(Which which) {
		return this.waivers.list(which, this.node.id(), ALL).items().stream().map(Waiver::id).toList();
	}

	private List<String> actions() {
		return this.audited.stream().map(AuditableEvent::action).toList();
	}

	private void assessed(Assessment assessment) {
		StoredAssessment sample = AssessmentFixtures.stored(this.node.id(), this.now,
				new NodeReading(new Evidence(List.of(), null, Intent.UNKNOWN), "9.0.0", null, "cmp", 1, 1, List.of(),
						null, List.of()),
				Samples.intelWithoutModule(), assessment);
		StoredAssessment stored = new StoredAssessment(Ids.next(), this.node.id(), Ids.next(), this.now,
				sample.source(), sample.evidence(), sample.evidenceHash(), sample.facts(), sample.reading(), assessment,
				List.of());
		this.store.lock(this.node.id());
		this.store.add(stored, null);
		this.waivers.on(new NodeAssessed(stored.published()));
	}

	private static Assessment with(String evidence) {
		Assessment sample = Samples.blocked();
		Finding old = sample.findings().get(0);
		Finding other = new Finding(old.rule(), old.severity(), old.decidingFactUnknown(), old.title(), old.reason(),
				List.of(evidence), old.remediation(), old.requires(), old.document(), old.cause());
		return findings(sample, List.of(other));
	}

	private static Assessment without() {
		return findings(Samples.blocked(), List.of());
	}

	private static Assessment findings(Assessment sample, List<Finding> findings) {
		return new Assessment(sample.rulebase(), sample.verdict(), sample.sentence(), sample.recommendation(),
				sample.novaConf(), findings, sample.conflicts(), sample.nova(), sample.conclusions());
	}

	private final class TestClock extends Clock {

		@Override
		public java.time.ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(java.time.ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return WaiversIT.this.now;
		}

	}

}
