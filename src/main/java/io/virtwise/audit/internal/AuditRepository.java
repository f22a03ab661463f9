package io.virtwise.audit.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.virtwise.audit.AuditEntry;
import io.virtwise.audit.AuditFilter;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps audit entries. There is a way to add one and none to change one.
 */
@Repository
class AuditRepository {

	/** What a list can be sorted by, and the column that stands for it. */
	static final Map<String, String> SORTABLE = Map.of("seq", "seq", "at", "happened_at");

	private static final String COLUMNS = "seq, id, happened_at, person_id, username, remote_address, via, action, "
			+ "subject_type, subject_id, subject_name, before_text, after_text, previous_hash, hash";

	private final JdbcClient jdbc;

	AuditRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The end of the chain, and nobody else's until the transaction ends. */
	Head lockHead() {
		return this.jdbc.sql("select seq, hash from audit_head where name = 'head' for update")
			.query((row, number) -> new Head(row.getLong("seq"), row.getString("hash")))
			.single();
	}

	Head head() {
		return this.jdbc.sql("select seq, hash from audit_head where name = 'head'")
			.query((row, number) -> new Head(row.getLong("seq"), row.getString("hash")))
			.single();
	}

	void append(AuditEntry entry) {
		this.jdbc.sql("insert into audit_entry (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
			.param(entry.seq())
			.param(entry.id())
			.param(OffsetDateTime.ofInstant(entry.at(), ZoneOffset.UTC))
			.param(entry.personId())
			.param(entry.username())
			.param(entry.remoteAddress())
			.param(entry.via())
			.param(entry.action())
			.param(entry.subjectType())
			.param(entry.subjectId())
			.param(entry.subjectName())
			.param(entry.before())
			.param(entry.after())
			.param(entry.previousHash())
			.param(entry.hash())
			.update();
		this.jdbc.sql("update audit_head set seq = ?, hash = ? where name = 'head'")
			.params(entry.seq(), entry.hash())
			.update();
	}

	Slice<AuditEntry> find(AuditFilter filter, SliceRequest page) {
		List<Object> values = new ArrayList<>();
		String where = where(filter, values);
		Long total = this.jdbc.sql("select count(*) from audit_entry" + where)
			.params(values)
			.query(Long.class)
			.single();
		values.add(page.size());
		values.add(page.offset());
		List<AuditEntry> rows = this.jdbc
			.sql("select " + COLUMNS + " from audit_entry" + where + page.order(SORTABLE, "seq desc")
					+ " limit ? offset ?")
			.params(values)
			.query(AuditRepository::map)
			.list();
		return new Slice<>(rows, page.page(), page.size(), total);
	}

	/** The entries after this place, in their order. */
	List<AuditEntry> after(long seq, int limit) {
		return this.jdbc.sql("select " + COLUMNS + " from audit_entry where seq > ? order by seq limit ?")
			.params(seq, limit)
			.query(AuditRepository::map)
			.list();
	}

	private static String where(AuditFilter filter, List<Object> values) {
		List<String> conditions = new ArrayList<>();
		if (filter.subject() != null) {
			conditions.add("(subject_id = ? or lower(subject_name) like ? escape '!')");
			values.add(filter.subject());
			values.add("%" + escaped(filter.subject().toLowerCase(Locale.ROOT)) + "%");
		}
		if (filter.action() != null) {
			conditions.add("(action = ? or action like ? escape '!')");
			values.add(filter.action());
			values.add(escaped(filter.action()) + ".%");
		}
		if (filter.person() != null) {
			conditions.add("username = ?");
			values.add(filter.person().toLowerCase(Locale.ROOT));
		}
		return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
	}

	private static String escaped(String text) {
		return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
	}

	private static AuditEntry map(ResultSet row, int number) throws SQLException {
		return new AuditEntry(row.getLong("seq"), row.getString("id"),
				row.getObject("happened_at", OffsetDateTime.class).toInstant(), row.getString("person_id"),
				row.getString("username"), row.getString("remote_address"), row.getString("via"),
				row.getString("action"), row.getString("subject_type"), row.getString("subject_id"),
				row.getString("subject_name"), row.getString("before_text"), row.getString("after_text"),
				row.getString("previous_hash"), row.getString("hash"));
	}

	/**
	 * The end of the chain.
	 *
	 * @param seq the last entry's place, 0 where there is none
	 * @param hash its hash
	 */
	record Head(long seq, String hash) {
	}

}
