package io.virtwise.access.internal;

import java.time.Instant;
import java.util.Set;

import io.virtwise.access.Role;
import io.virtwise.shared.Ids;
import io.virtwise.shared.SliceRequest;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Keeping accounts, on both databases.
 */
@OnBothDatabases
class AccountRepositoryIT {

	private static final Instant THEN = Instant.parse("2026-11-22T14:02:03.123456Z");

	private final Database database;

	private final AccountRepository accounts;

	private final TransactionTemplate transaction;

	AccountRepositoryIT(Database database) {
		this.database = database;
		this.accounts = new AccountRepository(database.jdbc());
		this.transaction = database.transaction();
	}

	@Test
	void givesBackWhatItWasGiven() {
		Account account = account("ines", Role.OPERATOR, Role.APPROVER);
		this.accounts.insert(account);

		assertThat(this.accounts.findById(account.id())).contains(account);
		assertThat(this.accounts.findByUsername("ines")).contains(account);
		assertThat(this.accounts.findById("nobody")).isEmpty();
	}

	@Test
	void keepsAPersonWithoutRoles() {
		Account account = account("roleless");
		this.accounts.insert(account);

		assertThat(this.accounts.findById(account.id())).contains(account);
	}

	@Test
	void refusesANameTwice() {
		this.accounts.insert(account("twice"));

		assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> this.accounts.insert(account("twice")));
	}

	@Test
	void refusesANameWithCapitalsInTheDatabaseToo() {
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.accounts.insert(account("Capital")));
	}

	@Test
	void writesAnEditOnceOnly() {
		Account account = account("edited", Role.REQUESTER);
		this.accounts.insert(account);

		this.accounts.update(account.withProfile("New name", Set.of(Role.AUDITOR), true).withPassword("{noop}other"));

		assertThat(this.accounts.findById(account.id())).get().satisfies((found) -> {
			assertThat(found.displayName()).isEqualTo("New name");
			assertThat(found.roles()).containsExactly(Role.AUDITOR);
			assertThat(found.disabled()).isTrue();
			assertThat(found.credentialVersion()).isEqualTo(2);
			assertThat(found.version()).isEqualTo(1);
		});
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> this.accounts.update(account));
	}

	@Test
	void pagesInTheOrderAskedFor() {
		for (String name : new String[] { "pager-c", "pager-a", "pager-b" }) {
			this.accounts.insert(account(name));
		}

		var all = this.accounts.findAll(new SliceRequest(0, 500, "username", true));
		var second = this.accounts.findAll(new SliceRequest(1, 1, "username", true));

		assertThat(all.items()).extracting(Account::username)
			.filteredOn((name) -> name.startsWith("pager"))
			.containsExactly("pager-c", "pager-b", "pager-a");
		assertThat(second.items()).containsExactly(all.items().get(1));
		assertThat(second.total()).isEqualTo(all.items().size()).isEqualTo(this.accounts.count());
	}

	@Test
	void findsWhoHoldsARole() {
		Account author = account("author", Role.RULE_AUTHOR);
		this.accounts.insert(author);
		this.accounts.insert(account("gone", Role.RULE_AUTHOR).withProfile("Gone", Set.of(Role.RULE_AUTHOR), true));

		assertThat(this.accounts.findByRole(Role.RULE_AUTHOR)).containsExactly(author);
	}

	@Test
	void countsTheOtherAdministrators() {
		Account first = account("admin1", Role.ADMIN);
		Account second = account("admin2", Role.ADMIN);
		this.accounts.insert(first);
		this.accounts.insert(second);
		this.accounts.insert(account("admin3", Role.ADMIN).withProfile("Off", Set.of(Role.ADMIN), true));

		Long others = this.transaction
			.execute((status) -> this.accounts.lockAndCountAdministratorsOtherThan(first.id()));

		assertThat(others).isEqualTo(1);
		assertThat(this.database.jdbc()
			.sql("select count(*) from account_role where role = 'ADMIN'")
			.query(Long.class)
			.single()).isEqualTo(3);
	}

	private static Account account(String username, Role... roles) {
		return new Account(Ids.next(), username, "Name of " + username, "{noop}secret", 1, false, Set.of(roles), THEN,
				0);
	}

}
