package io.virtwise.access.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.Right;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps tokens in the database.
 */
@Repository
class ApiTokenRepository {

	/** Uses within this time of the last one noted are not noted again. */
	static final Duration NOTED_EVERY = Duration.ofMinutes(1);

	/** What a list can be sorted by, and the column that stands for it. */
	static final Map<String, String> SORTABLE = Map.of("name", "name", "createdAt", "created_at", "expiresAt",
			"expires_at");

	private static final String COLUMNS = "id, account_id, name, prefix, created_at, expires_at, last_used_at, "
			+ "last_used_from, revoked_at";

	private final JdbcClient jdbc;

	ApiTokenRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(ApiToken token, String secretHash) {
		this.jdbc
			.sql("insert into api_token (id, account_id, name, prefix, secret_sha256, created_at, expires_at) "
					+ "values (?, ?, ?, ?, ?, ?, ?)")
			.params(token.id(), token.personId(), token.name(), token.prefix(), secretHash, at(token.createdAt()),
					at(token.expiresAt()))
			.update();
		for (Right scope : token.scopes()) {
			this.jdbc.sql("insert into api_token_scope (token_id, scope) values (?, ?)")
				.params(token.id(), scope.authority())
				.update();
		}
	}

	Optional<ApiToken> findById(String id) {
		return findBy("id", id);
	}

	Optional<ApiToken> findBySecret(String secretHash) {
		return findBy("secret_sha256", secretHash);
	}

	private Optional<ApiToken> findBy(String column, String value) {
		return withScopes(this.jdbc.sql("select " + COLUMNS + " from api_token where " + column + " = ?")
			.param(value)
			.query(ApiTokenRepository::map)
			.list()).stream().findFirst();
	}

	/** Those of a person that nobody ended, the newest first unless asked otherwise. */
	Slice<ApiToken> findAllOf(String personId, SliceRequest page) {
		List<ApiToken> rows = this.jdbc
			.sql("select " + COLUMNS + " from api_token where account_id = ? and revoked_at is null"
					+ page.order(SORTABLE, "created_at desc, id") + " limit ? offset ?")
			.params(personId, page.size(), page.offset())
			.query(ApiTokenRepository::map)
			.list();
		return new Slice<>(withScopes(rows), page.page(), page.size(), countOf(personId));
	}

	long countOf(String personId) {
		return this.jdbc.sql("select count(*) from api_token where account_id = ? and revoked_at is null")
			.param(personId)
			.query(Long.class)
			.single();
	}

	/** Whether this call ended it. */
	boolean revoke(String id, Instant now) {
		return this.jdbc.sql("update api_token set revoked_at = ? where id = ? and revoked_at is null")
			.params(at(now), id)
			.update() == 1;
	}

	void noteUse(String id, Instant now, String address) {
		this.jdbc
			.sql("update api_token set last_used_at = ?, last_used_from = ? "
					+ "where id = ? and (last_used_at is null or last_used_at <= ?)")
			.params(at(now), address, id, at(now.minus(NOTED_EVERY)))
			.update();
	}

	/** Whether this refusal is the first for a while. */
	boolean noteRefusal(String id, Instant now) {
		return this.jdbc
			.sql("update api_token set last_refused_at = ? "
					+ "where id = ? and (last_refused_at is null or last_refused_at <= ?)")
			.params(at(now), id, at(now.minus(NOTED_EVERY)))
			.update() == 1;
	}

	private List<ApiToken> withScopes(List<ApiToken> tokens) {
		if (tokens.isEmpty()) {
			return tokens;
		}
		Map<String, Set<Right>> scopes = new HashMap<>();
		this.jdbc.sql("select token_id, scope from api_token_scope where token_id in (:ids)")
			.param("ids", tokens.stream().map(ApiToken::id).toList())
			.query((row) -> {
				Set<Right> known = scopes.computeIfAbsent(row.getString(1), (id) -> EnumSet.noneOf(Right.class));
				Right.of(row.getString(2)).ifPresent(known::add); // a right that is no
																	// more opens nothing
			});
		return tokens.stream().map((token) -> token.withScopes(scopes.getOrDefault(token.id(), Set.of()))).toList();
	}

	private static ApiToken map(ResultSet row, int number) throws SQLException {
		return new ApiToken(row.getString("id"), row.getString("account_id"), row.getString("name"),
				row.getString("prefix"), Set.of(), row.getObject("created_at", OffsetDateTime.class).toInstant(),
				row.getObject("expires_at", OffsetDateTime.class).toInstant(), instant(row, "last_used_at"),
				row.getString("last_used_from"), instant(row, "revoked_at"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
		return (at != null) ? at.toInstant() : null;
	}

	private static OffsetDateTime at(Instant instant) {
		return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
	}

}
