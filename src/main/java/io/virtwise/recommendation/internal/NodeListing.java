package io.virtwise.recommendation.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.virtwise.rules.Verdict;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lists nodes beside where they stand. Joins the register's table in one query, because a
 * page of a large fleet, sorted by verdict, cannot be put together from two lists.
 */
@Repository
@Transactional(readOnly = true)
public class NodeListing {

	/** Word for nodes that were never assessed, beside the keys of verdicts. */
	public static final String NOT_ASSESSED = "not-assessed";

	private static final String WORST_FIRST = "case s.verdict when 'BLOCKED' then 0 when 'UNDETERMINED' then 1 "
			+ "when 'ACTION_REQUIRED' then 2 when 'READY' then 4 else 3 end";

	private static final Map<String, String> SORTS = Map.of("name", "n.name_key", "verdict", WORST_FIRST, "differing",
			"coalesce(s.differing, -1)", "group", "coalesce(n.node_group, '')", "release",
			"coalesce(n.nova_release, '')", "assessedAt", "s.assessed_at");

	private static final Set<String> OF_NODES = Set.of("name", "group", "release");

	private static final String STANDING = " left join node_standing s on s.node_id = n.id";

	/**
	 * Databases know how many rows there are, and removed nodes are few. These have no
	 * name_key, and that is indexed: an index of removed_at would lead where most nodes
	 * are asked for.
	 */
	private static final String ALL = "select (select count(*) from node)"
			+ " - (select count(*) from node where name_key is null)";

	private static final int MOST_GROUPS = 200;

	private final JdbcClient jdbc;

	NodeListing(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The names that the list may be sorted by. */
	public static Set<String> sortable() {
		return SORTS.keySet();
	}

	/** One page of the nodes that match. */
	@PreAuthorize("hasAuthority('node:read')")
	public Slice<Row> list(Filter filter, SliceRequest request) {
		List<String> conditions = new ArrayList<>(List.of("n.removed_at is null"));
		Map<String, Object> values = new LinkedHashMap<>();
		if (filter.text() != null) {
			conditions.add("(n.name_key like :text escape '!' or n.host like :text escape '!')");
			values.put("text", "%" + escaped(filter.text().toLowerCase(Locale.ROOT)) + "%");
		}
		if (filter.group() != null) {
			conditions.add("n.node_group = :nodeGroup");
			values.put("nodeGroup", filter.group());
		}
		if (Boolean.FALSE.equals(filter.assessed())) {
			conditions.add("s.verdict is null");
		}
		else if (filter.verdict() != null) {
			conditions.add("s.verdict = :verdict");
			values.put("verdict", filter.verdict().name());
		}
		boolean all = values.isEmpty() && filter.assessed() == null;
		boolean ofNodes = filter.assessed() == null && filter.verdict() == null;
		String where = " where " + String.join(" and ", conditions);
		String sort = Objects.requireNonNullElse(request.sortBy(), "name");
		String order = SORTS.getOrDefault(sort, "n.name_key") + (request.descending() ? " desc" : " asc")
				+ (sort.equals("name") ? "" : ", n.name_key, n.id");
		String page = " order by " + order + " limit :size offset :offset";
		// who sorts by what a node has itself reads where only the nodes of the page
		// stand
		String from = (ofNodes && OF_NODES.contains(sort))
				? " from (select n.* from node n" + where + page + ") n" + STANDING + " order by " + order
				: " from node n" + STANDING + where + page;
		List<Row> rows = this.jdbc
			.sql("select n.id, n.name, n.host, n.transport, n.nova_release, n.node_group, s.verdict, s.assessed_at, "
					+ "s.differing, s.failure" + from)
			.params(values)
			.param("size", request.size())
			.param("offset", request.offset())
			.query(NodeListing::row)
			.list();
		String counted = all ? ALL : "select count(*) from node n" + (ofNodes ? "" : STANDING) + where;
		long total = this.jdbc.sql(counted).params(values).query(Long.class).single();
		return new Slice<>(rows, request.page(), request.size(), total);
	}

	/** The names of the groups that nodes are in, the first 200. */
	@PreAuthorize("hasAuthority('node:read')")
	public List<String> groups() {
		return this.jdbc
			.sql("select distinct node_group from node where removed_at is null and node_group is not null "
					+ "order by node_group limit :most")
			.param("most", MOST_GROUPS)
			.query(String.class)
			.list();
	}

	private static Row row(ResultSet row, int number) throws SQLException {
		String verdict = row.getString("verdict");
		OffsetDateTime assessedAt = row.getObject("assessed_at", OffsetDateTime.class);
		int differing = row.getInt("differing");
		boolean unknown = row.wasNull();
		return new Row(row.getString("id"), row.getString("name"), row.getString("host"), row.getString("transport"),
				row.getString("nova_release"), row.getString("node_group"),
				(verdict != null) ? Verdict.valueOf(verdict).key() : null,
				(assessedAt != null) ? assessedAt.toInstant() : null, unknown ? null : Integer.valueOf(differing),
				row.getString("failure") != null);
	}

	private static String escaped(String text) {
		return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
	}

	/**
	 * Which nodes are wanted; {@code null} leaves a property open.
	 *
	 * @param text part of name or host, in any case
	 * @param group the whole name of the group
	 * @param verdict by the latest assessment
	 * @param assessed {@code false} for nodes that were never assessed
	 */
	public record Filter(@Nullable String text, @Nullable String group, @Nullable Verdict verdict,
			@Nullable Boolean assessed) {
	}

	/**
	 * A node in the list.
	 *
	 * @param verdict key of the verdict, {@code null} before the first assessment
	 * @param differing how many options have to change, {@code null} where nobody knows
	 * @param failure whether the last try to read it failed
	 */
	public record Row(String id, String name, String host, String transport, @Nullable String release,
			@Nullable String group, @Nullable String verdict, @Nullable Instant assessedAt, @Nullable Integer differing,
			boolean failure) {
	}

}
