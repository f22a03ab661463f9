package io.virtwise.access.internal;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.access.Role;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives everybody whom a directory lets in an account here, always the same one: found by
 * the directory's id, so that four eyes hold for who was renamed. Name and roles follow
 * the directory with each sign-in.
 */
@Component
class DirectoryPeople {

	/** Opens nothing: no encoder knows it. */
	private static final String NO_PASSWORD = "{directory}";

	private static final int LONGEST_NAME = 128;

	private final AccountRepository accounts;

	private final DirectoryProperties properties;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	DirectoryPeople(AccountRepository accounts, DirectoryProperties properties, ApplicationEventPublisher events,
			Clock clock) {
		this.accounts = accounts;
		this.properties = properties;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * The account of somebody whom a directory let in.
	 * @throws DisabledException if it is disabled here
	 * @throws BadCredentialsException if the name is one that somebody else has here
	 */
	@Transactional
	public Account signIn(DirectoryEntry entry) {
		Set<Role> roles = this.properties.rolesOf(entry.groups());
		String name = cut(entry.displayName().replaceAll("\\p{Cntrl}", "?"));
		Optional<Account> known = this.accounts.findByDirectory(entry.directory(), entry.id());
		if (known.isEmpty()) {
			return make(entry, name, roles);
		}
		Account before = known.get();
		if (before.disabled()) {
			throw new DisabledException("this account is disabled");
		}
		Account after = before.withProfile(name, roles, false);
		if (after.equals(before)) {
			return before;
		}
		this.accounts.update(after);
		publish("user.edited", after, describe(before), describe(after) + "; as " + entry.directory() + " says");
		return this.accounts.findById(before.id()).orElseThrow();
	}

	private Account make(DirectoryEntry entry, String name, Set<Role> roles) {
		String username = entry.username().strip().toLowerCase(Locale.ROOT);
		if (!Accounts.isUsername(username) || this.accounts.findByUsername(username).isPresent()) {
			throw new BadCredentialsException("the name is taken here, or cannot be one");
		}
		Account account = new Account(Ids.next(), username, name, NO_PASSWORD, 1, false, roles,
				this.clock.instant().truncatedTo(ChronoUnit.MICROS), 0, entry.directory(), entry.id());
		this.accounts.insert(account);
		publish("user.created", account, null, describe(account) + "; from " + entry.directory());
		return account;
	}

	private void publish(String action, Account account, @Nullable String before, @Nullable String after) {
		this.events.publishEvent(new AuditableEvent(action, "user", account.id(), account.username(), before, after));
	}

	private static String describe(Account account) {
		return account.displayName() + "; roles: "
				+ account.roles().stream().sorted().map(Role::key).collect(Collectors.joining(", "));
	}

	private static String cut(String name) {
		return name.substring(0, Math.min(name.length(), LONGEST_NAME));
	}

}
