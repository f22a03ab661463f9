package io.virtwise.recommendation.migration;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.migration.GroupJudgement.Ref;
import io.virtwise.rules.Advisor;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The groups of registered nodes, and each judged as a whole over the latest facts of its
 * nodes. Whoever may see nodes may see all of them, so nobody is named who may not be.
 */
@Service
@Transactional(readOnly = true)
public class MigrationGroups {

	/** A matrix of more than that is for no page; the rest is said to be left out. */
	static final int MOST_NODES = 500;

	private static final int MOST_GROUPS = 200;

	private final JdbcClient jdbc;

	private final Advisor advisor;

	private final JsonMapper json = JsonMapper.builder().build();

	MigrationGroups(JdbcClient jdbc, Advisor advisor) {
		this.jdbc = jdbc;
		this.advisor = advisor;
	}

	/** The groups that nodes are in, by name, the first 200. */
	@PreAuthorize("hasAuthority('node:read')")
	public List<Group> groups() {
		return this.jdbc.sql("""
				select n.node_group, count(*) as nodes, count(t.assessment_id) as assessed from node n
				left join node_standing t on t.node_id = n.id
				where n.removed_at is null and n.node_group is not null
				group by n.node_group order by n.node_group limit :most""")
			.param("most", MOST_GROUPS)
			.query((row, number) -> new Group(row.getString("node_group"), row.getInt("nodes"), row.getInt("assessed")))
			.list();
	}

	/**
	 * The nodes of a group judged together.
	 * @throws Refused if no node is in a group of that name
	 */
	@PreAuthorize("hasAuthority('node:read')")
	public GroupJudgement judge(String group) {
		List<Member> members = new ArrayList<>();
		List<Ref> without = new ArrayList<>();
		long all = this.jdbc.sql("select count(*) from node where removed_at is null and node_group = :nodeGroup")
			.param("nodeGroup", group)
			.query(Long.class)
			.single();
		if (all == 0) {
			throw Refused.notFound("group", group);
		}
		this.jdbc.sql("""
				select n.id, n.name, a.assessed_at, s.facts from node n
				left join node_standing t on t.node_id = n.id
				left join node_assessment a on a.id = t.assessment_id
				left join fact_snapshot s on s.id = a.snapshot_id
				where n.removed_at is null and n.node_group = :nodeGroup order by n.name_key, n.id limit :most""")
			.param("nodeGroup", group)
			.param("most", MOST_NODES)
			.query((row) -> {
				Member member = member(row);
				if (member != null) {
					members.add(member);
				}
				else {
					without.add(new Ref(row.getString("id"), row.getString("name")));
				}
			});
		return new GroupJudge(this.advisor, group, members, without).judge(Math.max(0, all - MOST_NODES));
	}

	private @Nullable Member member(ResultSet row) throws SQLException {
		String facts = row.getString("facts");
		return (facts == null) ? null
				: Member.of(row.getString("id"), row.getString("name"),
						row.getObject("assessed_at", OffsetDateTime.class).toInstant(),
						this.json.readValue(facts, NodeFacts.class));
	}

	/**
	 * A group of nodes.
	 *
	 * @param name what it is called
	 * @param nodes how many nodes are in it
	 * @param assessed of how many of them there are facts
	 */
	public record Group(String name, int nodes, int assessed) {
	}

}
