package io.virtwise.node.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.virtwise.node.Transport;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps credentials in the database, their secret part sealed.
 */
@Repository
class CredentialStore {

	private static final String COLUMNS = "select id, name, kind, fingerprint, shown, sealed_with, expires_at,"
			+ " created_at, rotated_at, version from credential";

	private final JdbcClient jdbc;

	CredentialStore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Credential> all() {
		return this.jdbc.sql(COLUMNS + " order by name_key, id").query(CredentialStore::credential).list();
	}

	Optional<Credential> find(String id) {
		return this.jdbc.sql(COLUMNS + " where id = :id").param("id", id).query(CredentialStore::credential).optional();
	}

	Optional<Credential> named(String name) {
		return this.jdbc.sql(COLUMNS + " where name_key = :key")
			.param("key", key(name))
			.query(CredentialStore::credential)
			.optional();
	}

	/** The secret part as it is sealed. */
	String sealed(String id) {
		return this.jdbc.sql("select sealed from credential where id = :id")
			.param("id", id)
			.query(String.class)
			.single();
	}

	void insert(Credential credential, String sealed) {
		this.jdbc.sql("""
				insert into credential (id, name, name_key, kind, fingerprint, shown, sealed, sealed_with, expires_at,
					created_at, version)
				values (:id, :name, :key, :kind, :fingerprint, :shown, :sealed, :sealedWith, :expiresAt, :at, 0)""")
			.param("id", credential.id())
			.param("name", credential.name())
			.param("key", key(credential.name()))
			.param("kind", credential.kind().name())
			.param("fingerprint", credential.fingerprint())
			.param("shown", credential.shown())
			.param("sealed", sealed)
			.param("sealedWith", credential.sealedWith())
			.param("expiresAt", offset(credential.expiresAt()))
			.param("at", offset(credential.createdAt()))
			.update();
	}

	/** Whether the row still had that version and got the new secret. */
	boolean replace(Credential credential, String sealed, long version) {
		return this.jdbc.sql("""
				update credential set fingerprint = :fingerprint, shown = :shown, sealed = :sealed,
					sealed_with = :sealedWith, expires_at = :expiresAt, rotated_at = :at, warned_at = null,
					version = version + 1
				where id = :id and version = :version""")
			.param("fingerprint", credential.fingerprint())
			.param("shown", credential.shown())
			.param("sealed", sealed)
			.param("sealedWith", credential.sealedWith())
			.param("expiresAt", offset(credential.expiresAt()))
			.param("at", offset(credential.rotatedAt()))
			.param("id", credential.id())
			.param("version", version)
			.update() == 1;
	}

	void delete(String id) {
		this.jdbc.sql("delete from credential where id = :id").param("id", id).update();
	}

	/** What ends before this and of which nobody was told. */
	List<Credential> endingUntold(Instant before) {
		return this.jdbc.sql(COLUMNS + " where warned_at is null and expires_at < :before order by id")
			.param("before", offset(before))
			.query(CredentialStore::credential)
			.list();
	}

	/** Whether it is for the caller to tell of it: of several portals one is first. */
	boolean claimTelling(String id, Instant at) {
		return this.jdbc.sql("update credential set warned_at = :at where id = :id and warned_at is null")
			.param("at", offset(at))
			.param("id", id)
			.update() == 1;
	}

	/** The first hundred nodes that sign in with it. */
	List<UsedBy> usedBy(String id) {
		return this.jdbc
			.sql("select id, name from node where credential = :id and removed_at is null order by name_key limit 100")
			.param("id", id)
			.query(UsedBy.class)
			.list();
	}

	private static Credential credential(ResultSet row, int number) throws SQLException {
		return new Credential(row.getString("id"), row.getString("name"), Transport.valueOf(row.getString("kind")),
				row.getString("fingerprint"), row.getString("shown"), row.getString("sealed_with"),
				instant(row, "expires_at"), row.getObject("created_at", OffsetDateTime.class).toInstant(),
				instant(row, "rotated_at"), row.getLong("version"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
		return (at != null) ? at.toInstant() : null;
	}

	private static @Nullable OffsetDateTime offset(@Nullable Instant at) {
		return (at != null) ? at.atOffset(ZoneOffset.UTC) : null;
	}

	private static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
