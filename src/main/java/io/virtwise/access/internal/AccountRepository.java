package io.virtwise.access.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.Role;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps accounts in the database.
 */
@Repository
class AccountRepository {

	/** What a list of accounts can be sorted by, and the column that stands for it. */
	static final Map<String, String> SORTABLE = Map.of("username", "username", "displayName", "display_name",
			"createdAt", "created_at");

	private static final String COLUMNS = "id, username, display_name, password_hash, credential_version, disabled, "
			+ "created_at, version, directory, directory_id";

	private final JdbcClient jdbc;

	AccountRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<Account> findById(String id) {
		return findBy("id", id);
	}

	Optional<Account> findByUsername(String username) {
		return findBy("username", username);
	}

	private Optional<Account> findBy(String column, String value) {
		return withRoles(this.jdbc.sql("select " + COLUMNS + " from account where " + column + " = ?")
			.param(value)
			.query(AccountRepository::map)
			.list()).stream().findFirst();
	}

	Optional<Account> findByDirectory(String directory, String directoryId) {
		return withRoles(this.jdbc.sql("select " + COLUMNS + " from account where directory = ? and directory_id = ?")
			.params(directory, directoryId)
			.query(AccountRepository::map)
			.list()).stream().findFirst();
	}

	Optional<String> displayName(String id) {
		return this.jdbc.sql("select display_name from account where id = ?").param(id).query(String.class).optional();
	}

	List<Account> findByRole(Role role) {
		return withRoles(this.jdbc
			.sql("select " + COLUMNS + " from account where disabled = false and id in "
					+ "(select account_id from account_role where role = ?) order by display_name, id")
			.param(role.name())
			.query(AccountRepository::map)
			.list());
	}

	Slice<Account> findAll(SliceRequest request) {
		List<Account> rows = this.jdbc
			.sql("select " + COLUMNS + " from account" + request.order(SORTABLE, "username, id") + " limit ? offset ?")
			.param(request.size())
			.param(request.offset())
			.query(AccountRepository::map)
			.list();
		return new Slice<>(withRoles(rows), request.page(), request.size(), count());
	}

	long count() {
		return this.jdbc.sql("select count(*) from account").query(Long.class).single();
	}

	/**
	 * Keeps others from changing who is administrator until the transaction ends, and
	 * counts those left over.
	 */
	long lockAndCountAdministratorsOtherThan(String id) {
		this.jdbc
			.sql("select id from account where id in (select account_id from account_role where role = 'ADMIN') "
					+ "order by id for update")
			.query(String.class)
			.list();
		return this.jdbc
			.sql("select count(*) from account a join account_role r on r.account_id = a.id "
					+ "where r.role = 'ADMIN' and a.disabled = false and a.id <> ?")
			.param(id)
			.query(Long.class)
			.single();
	}

	void insert(Account account) {
		this.jdbc.sql("insert into account (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
			.param(account.id())
			.param(account.username())
			.param(account.displayName())
			.param(account.passwordHash())
			.param(account.credentialVersion())
			.param(account.disabled())
			.param(OffsetDateTime.ofInstant(account.createdAt(), ZoneOffset.UTC))
			.param(account.version())
			.param(account.directory())
			.param(account.directoryId())
			.update();
		insertRoles(account);
	}

	/**
	 * Writes everything but id, username and creation.
	 * @throws OptimisticLockingFailureException if somebody else was faster
	 */
	void update(Account account) {
		int rows = this.jdbc
			.sql("update account set display_name = ?, password_hash = ?, credential_version = ?, disabled = ?, "
					+ "version = version + 1 where id = ? and version = ?")
			.param(account.displayName())
			.param(account.passwordHash())
			.param(account.credentialVersion())
			.param(account.disabled())
			.param(account.id())
			.param(account.version())
			.update();
		if (rows != 1) {
			throw new OptimisticLockingFailureException("account " + account.id() + " was changed meanwhile");
		}
		this.jdbc.sql("delete from account_role where account_id = ?").param(account.id()).update();
		insertRoles(account);
	}

	private void insertRoles(Account account) {
		for (Role role : account.roles()) {
			this.jdbc.sql("insert into account_role (account_id, role) values (?, ?)")
				.param(account.id())
				.param(role.name())
				.update();
		}
	}

	private List<Account> withRoles(List<Account> accounts) {
		if (accounts.isEmpty()) {
			return accounts;
		}
		Map<String, Set<Role>> roles = new HashMap<>();
		this.jdbc.sql("select account_id, role from account_role where account_id in (:ids)")
			.param("ids", accounts.stream().map(Account::id).toList())
			.query((row) -> {
				roles.computeIfAbsent(row.getString(1), (id) -> EnumSet.noneOf(Role.class))
					.add(Role.valueOf(row.getString(2)));
			});
		return accounts.stream()
			.map((account) -> account.withProfile(account.displayName(), roles.getOrDefault(account.id(), Set.of()),
					account.disabled()))
			.toList();
	}

	private static Account map(ResultSet row, int number) throws SQLException {
		return new Account(row.getString("id"), row.getString("username"), row.getString("display_name"),
				row.getString("password_hash"), row.getLong("credential_version"), row.getBoolean("disabled"), Set.of(),
				row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("version"),
				row.getString("directory"), row.getString("directory_id"));
	}

}
