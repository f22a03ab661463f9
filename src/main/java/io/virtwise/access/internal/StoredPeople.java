package io.virtwise.access.internal;

import java.util.List;
import java.util.Optional;

import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.access.Role;

import org.springframework.stereotype.Component;

/**
 * Looks people up among the accounts.
 */
@Component
class StoredPeople implements People {

	private final AccountRepository accounts;

	StoredPeople(AccountRepository accounts) {
		this.accounts = accounts;
	}

	@Override
	public Optional<Person> find(String id) {
		return this.accounts.findById(id).map(Account::person);
	}

	/**
	 * The name alone: lists of hundreds of rows ask for it, and roles are another query.
	 */
	@Override
	public String nameOf(String id) {
		return this.accounts.displayName(id).orElse(id);
	}

	@Override
	public List<Person> withRole(Role role) {
		return this.accounts.findByRole(role).stream().map(Account::person).toList();
	}

}
