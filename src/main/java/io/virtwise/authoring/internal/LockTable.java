package io.virtwise.authoring.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.virtwise.authoring.Draft.Lock;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who edits which file of a draft. A lock ends by itself when its holder shows no life
 * for half an hour.
 */
@Repository
class LockTable {

	private static final Duration PATIENCE = Duration.ofMinutes(30);

	private final JdbcClient jdbc;

	private final Clock clock;

	LockTable(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** The locks that hold, by path. */
	Map<String, Lock> of(String draft) {
		Map<String, Lock> locks = new HashMap<>();
		this.jdbc
			.sql("select path, person, since, seen_at from rule_draft_lock where draft = :draft"
					+ " and seen_at > :limit")
			.param("draft", draft)
			.param("limit", now().minus(PATIENCE).atOffset(ZoneOffset.UTC))
			.query((row) -> {
				locks.put(row.getString("path"), new Lock(row.getString("path"), row.getString("person"),
						instant(row, "since"), instant(row, "seen_at").plus(PATIENCE)));
			});
		return locks;
	}

	Optional<Lock> find(String draft, String path) {
		return Optional.ofNullable(of(draft).get(path));
	}

	/**
	 * Gives the lock to this person, or shows that the person is still there; the caller
	 * holds the draft's row and has looked that nobody else has the lock.
	 */
	void take(String draft, String path, String person) {
		boolean own = find(draft, path).filter((lock) -> lock.person().equals(person)).isPresent();
		if (own) {
			this.jdbc.sql("update rule_draft_lock set seen_at = :now where draft = :draft and path = :path")
				.param("now", now().atOffset(ZoneOffset.UTC))
				.param("draft", draft)
				.param("path", path)
				.update();
			return;
		}
		release(draft, path);
		this.jdbc
			.sql("insert into rule_draft_lock (draft, path, person, since, seen_at)"
					+ " values (:draft, :path, :person, :now, :now)")
			.param("draft", draft)
			.param("path", path)
			.param("person", person)
			.param("now", now().atOffset(ZoneOffset.UTC))
			.update();
	}

	void release(String draft, String path) {
		this.jdbc.sql("delete from rule_draft_lock where draft = :draft and path = :path")
			.param("draft", draft)
			.param("path", path)
			.update();
	}

	void releaseAll(String draft) {
		this.jdbc.sql("delete from rule_draft_lock where draft = :draft").param("draft", draft).update();
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

}
