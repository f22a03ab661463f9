package io.virtwise.authoring.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.authoring.Revision;
import io.virtwise.authoring.RulebaseFile;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Revisions, which one is in force, and what came with versions of the portal.
 */
@Repository
class RevisionTable {

	private final JdbcClient jdbc;

	RevisionTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(Revision revision, Tree files) {
		this.jdbc
			.sql("insert into rule_revision (number, parent, sha256, content_sha256, author, approver, message,"
					+ " published_at) values (:number, :parent, :sha256, :content, :author, :approver, :message, :at)")
			.param("number", revision.number())
			.param("parent", revision.parent())
			.param("sha256", revision.sha256())
			.param("content", revision.content().sha256())
			.param("author", revision.author())
			.param("approver", revision.approver())
			.param("message", revision.message())
			.param("at", revision.publishedAt().atOffset(ZoneOffset.UTC))
			.update();
		files.files()
			.forEach((path, sha256) -> this.jdbc
				.sql("insert into rule_revision_file (revision, path, text_sha256) values (:number, :path, :sha256)")
				.param("number", revision.number())
				.param("path", path)
				.param("sha256", sha256)
				.update());
	}

	void insertChange(int revision, String ruleId, String person, String kind) {
		this.jdbc
			.sql("insert into rule_change (revision, rule_id, person, kind) values (:revision, :rule, :person, :kind)")
			.param("revision", revision)
			.param("rule", ruleId)
			.param("person", person)
			.param("kind", kind)
			.update();
	}

	void insertWriter(int revision, String person) {
		this.jdbc.sql("insert into rule_revision_writer (revision, person) values (:revision, :person)")
			.param("revision", revision)
			.param("person", person)
			.update();
	}

	Set<String> writers(int revision) {
		return new TreeSet<>(this.jdbc.sql("select person from rule_revision_writer where revision = :revision")
			.param("revision", revision)
			.query(String.class)
			.list());
	}

	/** Number of the revision in force. */
	Optional<Integer> active() {
		return this.jdbc.sql("select revision from rule_active where name = 'active'").query(Integer.class).optional();
	}

	/** The same, with the row locked until the transaction ends. */
	int lockActive() {
		return this.jdbc.sql("select revision from rule_active where name = 'active' for update")
			.query(Integer.class)
			.single();
	}

	void insertActive(int revision, Instant since) {
		this.jdbc
			.sql("insert into rule_active (name, revision, since, version) values ('active', :revision, :since, 0)")
			.param("revision", revision)
			.param("since", since.atOffset(ZoneOffset.UTC))
			.update();
	}

	void activate(int revision, Instant since) {
		this.jdbc
			.sql("update rule_active set revision = :revision, since = :since, version = version + 1"
					+ " where name = 'active'")
			.param("revision", revision)
			.param("since", since.atOffset(ZoneOffset.UTC))
			.update();
	}

	int next() {
		return this.jdbc.sql("select coalesce(max(number), 0) + 1 from rule_revision").query(Integer.class).single();
	}

	Optional<Revision> find(int number) {
		return this.jdbc.sql("select * from rule_revision where number = :number")
			.param("number", number)
			.query((row, at) -> map(row, files(number)))
			.optional();
	}

	/** The revisions of these numbers, without files. */
	Map<Integer, Revision> headers() {
		Map<Integer, Revision> all = new HashMap<>();
		this.jdbc.sql("select * from rule_revision").query((row) -> {
			all.put(row.getInt("number"), map(row, List.of()));
		});
		return all;
	}

	Slice<Revision> list(SliceRequest request) {
		String order = (request.sortBy() != null && !request.descending()) ? "asc" : "desc";
		List<Revision> items = this.jdbc
			.sql("select * from rule_revision order by number " + order + " limit :size offset :offset")
			.param("size", request.size())
			.param("offset", request.offset())
			.query((row, at) -> map(row, List.of()))
			.list();
		long total = this.jdbc.sql("select count(*) from rule_revision").query(Long.class).single();
		return new Slice<>(items, request.page(), request.size(), total);
	}

	/** The files of a revision; none where there is no such revision. */
	Tree tree(int number) {
		Map<String, String> files = new HashMap<>();
		this.jdbc.sql("select path, text_sha256 from rule_revision_file where revision = :number")
			.param("number", number)
			.query((row) -> {
				files.put(row.getString("path"), row.getString("text_sha256"));
			});
		return new Tree(files);
	}

	/** For each rule the revisions that changed it, with who did. */
	Map<String, Map<Integer, Set<String>>> changes() {
		Map<String, Map<Integer, Set<String>>> all = new HashMap<>();
		this.jdbc.sql("select revision, rule_id, person from rule_change").query((row) -> {
			all.computeIfAbsent(row.getString("rule_id"), (key) -> new HashMap<>())
				.computeIfAbsent(row.getInt("revision"), (key) -> new TreeSet<>())
				.add(row.getString("person"));
		});
		return all;
	}

	private List<RulebaseFile> files(int number) {
		return this.jdbc
			.sql("select f.path, f.text_sha256, t.size from rule_revision_file f"
					+ " join rule_text t on t.sha256 = f.text_sha256 where f.revision = :number order by f.path")
			.param("number", number)
			.query((row, at) -> new RulebaseFile(row.getString("path"), row.getString("text_sha256"),
					row.getInt("size")))
			.list();
	}

	private static Revision map(ResultSet row, List<RulebaseFile> files) throws SQLException {
		int parent = row.getInt("parent");
		Integer before = row.wasNull() ? null : Integer.valueOf(parent);
		return new Revision(row.getInt("number"), before, row.getString("sha256"),
				new ContentHash(row.getString("content_sha256")), row.getString("author"), row.getString("approver"),
				row.getString("message"), instant(row, "published_at"), files);
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

}
