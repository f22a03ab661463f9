package io.virtwise.node.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.virtwise.node.Node;
import io.virtwise.node.NodeProfile;
import io.virtwise.node.NodeQuery;
import io.virtwise.node.Nodes;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the nodes in the database.
 */
@Repository
class NodeStore implements Nodes {

	private static final Map<String, String> SORTS = Map.of("name", "name_key", "host", "host", "group", "node_group",
			"release", "nova_release", "createdAt", "created_at");

	/** How many ids one query carries; databases limit the number of parameters. */
	private static final int IDS_A_QUERY = 500;

	private final JdbcClient jdbc;

	private final JsonMapper json;

	NodeStore(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/** The names that a list may be sorted by. */
	static java.util.Set<String> sortable() {
		return SORTS.keySet();
	}

	@Override
	public Node get(String id) {
		return find(id).orElseThrow(() -> Refused.notFound("node", id));
	}

	@Override
	public Optional<Node> find(String id) {
		return this.jdbc.sql("select * from node where id = :id and removed_at is null")
			.param("id", id)
			.query(this::node)
			.optional();
	}

	@Override
	public List<Node> findAll(List<String> ids) {
		Map<String, Node> found = new LinkedHashMap<>();
		for (int from = 0; from < ids.size(); from += IDS_A_QUERY) {
			List<String> some = ids.subList(from, Math.min(ids.size(), from + IDS_A_QUERY));
			this.jdbc.sql("select * from node where id in (:ids) and removed_at is null")
				.param("ids", some)
				.query(this::node)
				.list()
				.forEach((node) -> found.put(node.id(), node));
		}
		return ids.stream().map(found::get).filter(Objects::nonNull).toList();
	}

	@Override
	public Slice<Node> list(NodeQuery query, SliceRequest request) {
		List<String> conditions = new ArrayList<>(List.of("removed_at is null"));
		Map<String, Object> values = new LinkedHashMap<>();
		if (query.text() != null) {
			conditions.add("(name_key like :text escape '!' or host like :text escape '!')");
			values.put("text", "%" + escaped(query.text().toLowerCase(Locale.ROOT)) + "%");
		}
		if (query.group() != null) {
			conditions.add("node_group = :nodeGroup");
			values.put("nodeGroup", query.group());
		}
		if (query.transport() != null) {
			conditions.add("transport = :transport");
			values.put("transport", query.transport().name());
		}
		String where = " from node where " + String.join(" and ", conditions);
		long total = this.jdbc.sql("select count(*)" + where).params(values).query(Long.class).single();
		String order = SORTS.getOrDefault(Objects.requireNonNullElse(request.sortBy(), "name"), "name_key");
		List<Node> nodes = this.jdbc
			.sql("select *" + where + " order by " + order + (request.descending() ? " desc" : " asc")
					+ ", id limit :size offset :offset")
			.params(values)
			.param("size", request.size())
			.param("offset", request.offset())
			.query(this::node)
			.list();
		return new Slice<>(nodes, request.page(), request.size(), total);
	}

	@Override
	public long count() {
		// databases know how many rows there are, and removed nodes, which have no
		// name_key, are few
		return this.jdbc.sql("select (select count(*) from node) - (select count(*) from node where name_key is null)")
			.query(Long.class)
			.single();
	}

	/** Whether another node than this one has the name, in any case of its letters. */
	boolean nameTaken(String name, String exceptId) {
		return this.jdbc.sql("select count(*) from node where name_key = :key and id <> :id")
			.param("key", key(name))
			.param("id", exceptId)
			.query(Long.class)
			.single() > 0;
	}

	void insert(String id, NodeProfile profile, Instant at) {
		this.jdbc.sql("""
				insert into node (id, name, name_key, host, port, transport, login, credential, nova_release,
					node_group, labels, nova_conf_path, write_mode, version, created_at)
				values (:id, :name, :key, :host, :port, :transport, :login, :credential, :release,
					:nodeGroup, :labels, :path, :mode, 0, :at)""")
			.params(values(profile))
			.param("id", id)
			.param("at", at.atOffset(ZoneOffset.UTC))
			.update();
	}

	/** Whether the row still had that version and was changed. */
	boolean update(String id, NodeProfile profile, long version) {
		return this.jdbc.sql("""
				update node set name = :name, name_key = :key, host = :host, port = :port, transport = :transport,
					login = :login, credential = :credential, nova_release = :release, node_group = :nodeGroup,
					labels = :labels, nova_conf_path = :path, write_mode = :mode, version = version + 1
				where id = :id and version = :version and removed_at is null""")
			.params(values(profile))
			.param("id", id)
			.param("version", version)
			.update() == 1;
	}

	/** Whether the row still had that version and was removed. */
	boolean remove(String id, long version, Instant at) {
		return this.jdbc.sql("""
				update node set name_key = null, removed_at = :at, version = version + 1
				where id = :id and version = :version and removed_at is null""")
			.param("at", at.atOffset(ZoneOffset.UTC))
			.param("id", id)
			.param("version", version)
			.update() == 1;
	}

	private Map<String, Object> values(NodeProfile profile) {
		Map<String, Object> values = new java.util.HashMap<>();
		values.put("name", profile.name());
		values.put("key", key(profile.name()));
		values.put("host", profile.host());
		values.put("port", profile.port());
		values.put("transport", profile.transport().name());
		values.put("login", profile.user());
		values.put("credential", profile.credential());
		values.put("release", profile.release());
		values.put("nodeGroup", profile.group());
		values.put("labels", this.json.writeValueAsString(profile.labels()));
		values.put("path", profile.novaConfPath());
		values.put("mode", profile.writeMode().name());
		return values;
	}

	private Node node(ResultSet row, int number) throws SQLException {
		Map<String, String> labels = this.json.readValue(row.getString("labels"), new TypeReference<>() {
		});
		return new Node(row.getString("id"), row.getString("name"), row.getString("host"), row.getInt("port"),
				Transport.valueOf(row.getString("transport")), row.getString("login"), row.getString("credential"),
				row.getString("nova_release"), row.getString("node_group"), labels, row.getString("nova_conf_path"),
				WriteMode.valueOf(row.getString("write_mode")), row.getLong("version"),
				row.getObject("created_at", OffsetDateTime.class).toInstant());
	}

	private static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	private static String escaped(String text) {
		return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
	}

}
