package io.virtwise.recommendation.migration;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.virtwise.recommendation.GroupLines;
import io.virtwise.recommendation.Samples;
import io.virtwise.recommendation.migration.GroupJudgement.Ref;
import io.virtwise.recommendation.migration.MigrationGroups.Group;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.shared.Refused;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link MigrationGroups} on both databases.
 */
@OnBothDatabases
class MigrationGroupsIT {

	private static final Instant AT = Instant.parse("2026-11-22T14:02:00Z");

	private final JdbcClient jdbc;

	private final Advisor advisor;

	private final MigrationGroups groups;

	MigrationGroupsIT(Database database) {
		this.jdbc = database.jdbc();
		Advisor advisor = mock(Advisor.class);
		given(advisor.judge(any(io.virtwise.facts.NodeFacts.class))).willReturn(Samples.blocked());
		given(advisor.assess(any())).willReturn(Samples.blocked());
		given(advisor.rulebase()).willReturn(new RulebaseRevision(1, "r1"));
		this.advisor = advisor;
		this.groups = new MigrationGroups(this.jdbc, advisor);
	}

	@BeforeEach
	void fourNodes() {
		for (String table : new String[] { "node_standing", "node_assessment", "fact_snapshot", "node" }) {
			this.jdbc.sql("delete from " + table).update();
		}
		add("a", "Alpha", "dc1", true);
		add("b", "beta", "dc1", false);
		add("c", "gamma", null, true);
		add("d", "delta", "dc2", false);
		add("e", "gone", "dc1", true);
		this.jdbc.sql("update node set removed_at = created_at, name_key = null where id = 'e'").update();
	}

	@Test
	void countsTheNodesOfEachGroup() {
		assertThat(this.groups.groups()).containsExactly(new Group("dc1", 2, 1), new Group("dc2", 1, 0));
	}

	@Test
	void judgesOverTheLatestFactsAndLeavesOutRemovedNodes() {
		GroupJudgement group = this.groups.judge("dc1");

		assertThat(group.nodes()).isEqualTo(2);
		assertThat(group.without()).containsExactly(new Ref("b", "beta"));
		assertThat(group.kinds()).singleElement()
			.satisfies((kind) -> assertThat(kind.nodes()).containsExactly(new Ref("a", "Alpha")));
		assertThat(group.kinds().get(0).oldest()).isEqualTo(AT);
		assertThat(group.unasked()).containsExactly("Alpha", "beta");
	}

	@Test
	void aGroupWithoutFactsIsUnknownAndOneWithoutNodesIsNone() {
		assertThat(this.groups.judge("dc2").answer()).isEqualTo(GroupCpu.UNKNOWN);
		assertThat(this.groups.judge("dc2").kinds()).isEmpty();
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> this.groups.judge("dc3"))
			.satisfies((refused) -> assertThat(refused.kind()).isEqualTo(Refused.Kind.NOT_FOUND));
	}

	@Test
	void judgesOnceUntilFactsOrRulesOrNodesAreOthers() {
		GroupJudgement first = this.groups.judge("dc1");
		assertThat(this.groups.judge("dc1")).isSameAs(first);

		this.jdbc.sql("update node set name = 'Aleph', name_key = 'aleph' where id = 'a'").update();
		GroupJudgement renamed = this.groups.judge("dc1");
		assertThat(renamed.kinds().get(0).name()).isEqualTo("Aleph");

		given(this.advisor.rulebase()).willReturn(new RulebaseRevision(2, "r2"));
		assertThat(this.groups.judge("dc1").rulebase()).isEqualTo(new RulebaseRevision(2, "r2"));

		add("f", "zeta", "dc1", true);
		assertThat(this.groups.judge("dc1").nodes()).isEqualTo(3);
		this.jdbc.sql("delete from node_standing where node_id = 'a'").update();
		assertThat(this.groups.judge("dc1").without()).extracting(Ref::id).contains("a");
		given(this.advisor.rulebase()).willReturn(new RulebaseRevision(1, "r1"));
	}

	@Test
	void keepsNoJudgementThatTwoRulebasesMade() {
		RulebaseRevision old = new RulebaseRevision(1, "r1");
		RulebaseRevision fresh = new RulebaseRevision(3, "r3");
		given(this.advisor.rulebase()).willReturn(old, fresh, fresh);

		assertThat(this.groups.judge("dc1").rulebase()).isEqualTo(fresh);
	}

	@Test
	void saysOfNodesWhatTheirGroupNeedsAndNothingOfThoseInNone() {
		Map<String, GroupLines> lines = this.groups.of(List.of("a", "b", "c", "e", "nobody"));

		assertThat(lines).containsOnlyKeys("a", "b");
		assertThat(lines).extractingByKeys("a", "b")
			.extracting("group", "judged")
			.containsExactly(tuple("dc1", true), tuple("dc1", false));
		assertThat(this.groups.of(List.of())).isEmpty();
		assertThat(this.groups.toChange("dc1")).isEqualTo(this.groups.judge("dc1").toChange());
	}

	private void add(String id, String name, @Nullable String group, boolean facts) {
		this.jdbc.sql("""
				insert into node (id, name, name_key, host, port, transport, node_group, labels,
					nova_conf_path, write_mode, version, created_at)
				values (:id, :name, lower(:name), '10.0.0.1', 16514, 'TLS', :nodeGroup, '{}',
					'/etc/nova/nova.conf', 'AUTO', 0, :at)""")
			.param("id", id)
			.param("name", name)
			.param("nodeGroup", group)
			.param("at", AT.atOffset(ZoneOffset.UTC))
			.update();
		if (!facts) {
			return;
		}
		this.jdbc
			.sql("""
					insert into fact_snapshot (id, node_id, taken_at, source, evidence, evidence_sha256, facts, facts_sha256)
					values (:id, :id, :at, 'SUBMITTED', '{}', :sha, :facts, :sha)""")
			.param("id", id)
			.param("at", AT.atOffset(ZoneOffset.UTC))
			.param("sha", "0".repeat(64))
			.param("facts", JsonMapper.builder().build().writeValueAsString(Samples.intelWithoutModule()))
			.update();
		this.jdbc.sql("""
				insert into node_assessment (id, node_id, number, snapshot_id, assessed_at, rulebase_revision,
					rulebase_sha256, verdict, sentence, assessment, counterfactuals)
				values (:id, :id, 1, :id, :at, 1, :sha, 'BLOCKED', 's', '{}', '[]')""")
			.param("id", id)
			.param("at", AT.atOffset(ZoneOffset.UTC))
			.param("sha", "0".repeat(64))
			.update();
		this.jdbc.sql("""
				insert into node_standing (node_id, assessment_id, verdict, assessed_at, sentence)
				values (:id, :id, 'BLOCKED', :at, 's')""")
			.param("id", id)
			.param("at", AT.atOffset(ZoneOffset.UTC))
			.update();
	}

}
