package io.virtwise.recommendation.migration;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.GroupAdvice;
import io.virtwise.recommendation.GroupLines;
import io.virtwise.recommendation.migration.GroupJudgement.Ref;
import io.virtwise.recommendation.migration.JudgedGroups.Standing;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.shared.Refused;
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
public class MigrationGroups implements GroupAdvice {

	/** A matrix of more than that is for no page; the rest is said to be left out. */
	static final int MOST_NODES = 500;

	private static final int MOST_GROUPS = 200;

	private final JdbcClient jdbc;

	private final Advisor advisor;

	private final JsonMapper json = JsonMapper.builder().build();

	private final JudgedGroups judged = new JudgedGroups();

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
		return judged(group);
	}

	@Override
	@PreAuthorize("hasAuthority('node:read')")
	public Map<String, GroupLines> of(Collection<String> nodeIds) {
		Map<String, GroupLines> lines = new HashMap<>();
		if (nodeIds.isEmpty()) {
			return lines;
		}
		Map<String, List<String>> byGroup = new TreeMap<>();
		this.jdbc.sql("""
				select id, node_group from node
				where removed_at is null and node_group is not null and id in (:ids)""")
			.param("ids", nodeIds)
			.query((row) -> {
				byGroup.computeIfAbsent(row.getString("node_group"), (group) -> new ArrayList<>())
					.add(row.getString("id"));
			});
		byGroup.forEach((group, ids) -> {
			GroupJudgement judgement = judged(group);
			ids.forEach((id) -> lines.put(id, judgement.linesOf(id)));
		});
		return lines;
	}

	@Override
	@PreAuthorize("hasAuthority('node:read')")
	public List<String> toChange(String group) {
		return judged(group).toChange();
	}

	/** Looked up by all that it rests on, else judged now. */
	private GroupJudgement judged(String group) {
		long all = this.jdbc.sql("select count(*) from node where removed_at is null and node_group = :nodeGroup")
			.param("nodeGroup", group)
			.query(Long.class)
			.single();
		if (all == 0) {
			throw Refused.notFound("group", group);
		}
		List<Standing> nodes = nodes(group);
		RulebaseRevision rulebase = this.advisor.rulebase();
		while (true) {
			JudgedGroups.Key key = new JudgedGroups.Key(group, all, nodes, rulebase);
			GroupJudgement known = this.judged.find(key);
			if (known != null) {
				return known;
			}
			GroupJudgement judgement = judge(key);
			RulebaseRevision now = this.advisor.rulebase();
			if (now.equals(rulebase)) {
				this.judged.keep(key, judgement);
				return judgement;
			}
			// other rules came into force on the way: half of it may be theirs
			rulebase = now;
		}
	}

	private List<Standing> nodes(String group) {
		return this.jdbc.sql("""
				select n.id, n.name, a.assessed_at, a.snapshot_id from node n
				left join node_standing t on t.node_id = n.id
				left join node_assessment a on a.id = t.assessment_id
				where n.removed_at is null and n.node_group = :nodeGroup order by n.name_key, n.id limit :most""")
			.param("nodeGroup", group)
			.param("most", MOST_NODES)
			.query((row, number) -> {
				OffsetDateTime at = row.getObject("assessed_at", OffsetDateTime.class);
				return new Standing(row.getString("id"), row.getString("name"), (at != null) ? at.toInstant() : null,
						row.getString("snapshot_id"));
			})
			.list();
	}

	private GroupJudgement judge(JudgedGroups.Key key) {
		List<Member> members = new ArrayList<>();
		List<Ref> without = new ArrayList<>();
		Map<String, NodeFacts> facts = facts(key.nodes());
		for (Standing node : key.nodes()) {
			NodeFacts known = (node.snapshot() != null) ? facts.get(node.snapshot()) : null;
			if (known != null && node.assessedAt() != null) {
				members.add(Member.of(node.id(), node.name(), node.assessedAt(), known));
			}
			else {
				without.add(new Ref(node.id(), node.name()));
			}
		}
		return new GroupJudge(this.advisor, key.group(), members, without).judge(Math.max(0, key.all() - MOST_NODES),
				key.rulebase());
	}

	private Map<String, NodeFacts> facts(List<Standing> nodes) {
		Map<String, NodeFacts> facts = new HashMap<>();
		List<String> snapshots = nodes.stream().map(Standing::snapshot).filter(Objects::nonNull).toList();
		if (!snapshots.isEmpty()) {
			this.jdbc.sql("select id, facts from fact_snapshot where id in (:ids)")
				.param("ids", snapshots)
				.query((row) -> {
					facts.put(row.getString("id"), this.json.readValue(row.getString("facts"), NodeFacts.class));
				});
		}
		return facts;
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
