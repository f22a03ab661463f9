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

import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Draft.DraftFile;
import io.virtwise.authoring.Draft.Lock;
import io.virtwise.authoring.DraftStatus;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Drafts and their files.
 */
@Repository
class DraftTable {

	/** What a list can be sorted by, and the column that stands for it. */
	private static final Map<String, String> SORTABLE = Map.of("number", "number", "createdAt", "number", "statusAt",
			"status_at");

	private static final String OPEN = "status in ('draft', 'waiting-for-approval', 'denied')";

	private final JdbcClient jdbc;

	private final LockTable locks;

	DraftTable(JdbcClient jdbc, LockTable locks) {
		this.jdbc = jdbc;
		this.locks = locks;
	}

	long nextNumber() {
		return this.jdbc.sql("select nextval('rule_draft_number')").query(Long.class).single();
	}

	void insert(Draft draft, Tree files) {
		this.jdbc.sql("insert into rule_draft (id, number, from_revision, rests_on, activates, distribution, message,"
				+ " status, status_at, author, created_at, version) values (:id, :number, :from, :restsOn, :activates,"
				+ " :distribution, :message, :status, :statusAt, :author, :createdAt, 0)")
			.param("id", draft.id())
			.param("number", draft.number())
			.param("from", draft.from())
			.param("restsOn", draft.restsOn())
			.param("activates", draft.activates())
			.param("distribution", draft.distribution())
			.param("message", draft.message())
			.param("status", draft.status().key())
			.param("statusAt", utc(draft.statusAt()))
			.param("author", draft.author())
			.param("createdAt", utc(draft.createdAt()))
			.update();
		files.files()
			.forEach((path, sha256) -> this.jdbc
				.sql("insert into rule_draft_file (draft, path, text_sha256) values (:draft, :path, :sha256)")
				.param("draft", draft.id())
				.param("path", path)
				.param("sha256", sha256)
				.update());
	}

	/** Writes what may change, and says whether the row was still of this version. */
	boolean update(Draft draft) {
		return this.jdbc
			.sql("update rule_draft set rests_on = :restsOn, message = :message, status = :status,"
					+ " status_at = :statusAt, status_note = :note, submitted_by = :submittedBy,"
					+ " published_as = :publishedAs, version = version + 1 where id = :id and version = :version")
			.param("restsOn", draft.restsOn())
			.param("message", draft.message())
			.param("status", draft.status().key())
			.param("statusAt", utc(draft.statusAt()))
			.param("note", draft.statusNote())
			.param("submittedBy", draft.submittedBy())
			.param("publishedAs", draft.publishedAs())
			.param("id", draft.id())
			.param("version", draft.version())
			.update() == 1;
	}

	/** Locks the draft's row until the transaction ends. */
	void lock(String id) {
		this.jdbc.sql("select id from rule_draft where id = :id for update")
			.param("id", id)
			.query(String.class)
			.optional();
	}

	Optional<Draft> find(String id) {
		return this.jdbc.sql("select * from rule_draft where id = :id").param("id", id).query(this::map).optional();
	}

	Optional<Draft> findByNumber(long number) {
		return this.jdbc.sql("select * from rule_draft where number = :number")
			.param("number", number)
			.query(this::map)
			.optional();
	}

	List<Draft> withStatus(DraftStatus status) {
		return this.jdbc.sql("select * from rule_draft where status = :status order by number")
			.param("status", status.key())
			.query(this::map)
			.list();
	}

	/** The draft that waits for approval, the newest of several. */
	Optional<Draft> waiting() {
		return this.jdbc
			.sql("select * from rule_draft where status = 'waiting-for-approval' order by status_at desc, id limit 1")
			.query(this::map)
			.optional();
	}

	Slice<Draft> list(boolean open, SliceRequest request) {
		String where = open ? " where " + OPEN : "";
		List<Draft> items = this.jdbc
			.sql("select * from rule_draft" + where + request.order(SORTABLE, "number desc")
					+ " limit :size offset :offset")
			.param("size", request.size())
			.param("offset", request.offset())
			.query(this::map)
			.list();
		long total = this.jdbc.sql("select count(*) from rule_draft" + where).query(Long.class).single();
		return new Slice<>(items, request.page(), request.size(), total);
	}

	Tree tree(String draft) {
		Map<String, String> files = new HashMap<>();
		this.jdbc.sql("select path, text_sha256 from rule_draft_file where draft = :draft")
			.param("draft", draft)
			.query((row) -> {
				files.put(row.getString("path"), row.getString("text_sha256"));
			});
		return new Tree(files);
	}

	void write(String draft, String path, String sha256, @Nullable String person, Instant at) {
		remove(draft, path);
		this.jdbc
			.sql("insert into rule_draft_file (draft, path, text_sha256, edited_by, edited_at)"
					+ " values (:draft, :path, :sha256, :person, :at)")
			.param("draft", draft)
			.param("path", path)
			.param("sha256", sha256)
			.param("person", person)
			.param("at", utc(at))
			.update();
	}

	void remove(String draft, String path) {
		this.jdbc.sql("delete from rule_draft_file where draft = :draft and path = :path")
			.param("draft", draft)
			.param("path", path)
			.update();
	}

	private Draft map(ResultSet row, int number) throws SQLException {
		String id = row.getString("id");
		List<DraftFile> files = files(id);
		Map<String, String> tree = new HashMap<>();
		files.forEach((file) -> tree.put(file.path(), file.sha256()));
		int restsOn = row.getInt("rests_on");
		return new Draft(id, row.getLong("number"), row.getInt("from_revision"), restsOn, integer(row, "activates"),
				row.getString("distribution"), row.getString("message"), DraftStatus.ofKey(row.getString("status")),
				LockTable.instant(row, "status_at"), row.getString("status_note"), row.getString("author"),
				LockTable.instant(row, "created_at"), row.getString("submitted_by"), integer(row, "published_as"),
				row.getLong("version"), files, conflicts(id), new Tree(tree).toPublish(restsOn));
	}

	private List<DraftFile> files(String draft) {
		Map<String, Lock> held = this.locks.of(draft);
		return this.jdbc
			.sql("select f.path, f.text_sha256, t.size, f.edited_by, f.edited_at from rule_draft_file f"
					+ " join rule_text t on t.sha256 = f.text_sha256 where f.draft = :draft order by f.path")
			.param("draft", draft)
			.query((row, number) -> {
				OffsetDateTime at = row.getObject("edited_at", OffsetDateTime.class);
				return new DraftFile(row.getString("path"), row.getString("text_sha256"), row.getInt("size"),
						row.getString("edited_by"), (at != null) ? at.toInstant() : null,
						held.get(row.getString("path")));
			})
			.list();
	}

	private List<String> conflicts(String draft) {
		return this.jdbc.sql("select path from rule_draft_conflict where draft = :draft order by path")
			.param("draft", draft)
			.query(String.class)
			.list();
	}

	private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
		int value = row.getInt(column);
		return row.wasNull() ? null : Integer.valueOf(value);
	}

	private static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}
