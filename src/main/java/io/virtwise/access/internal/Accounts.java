package io.virtwise.access.internal;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.virtwise.access.Role;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What administrators do with accounts.
 */
@Service
@PreAuthorize("hasAuthority('user:write')")
public class Accounts {

	private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}[a-z0-9]|[a-z0-9]");

	private static final int MAX_DISPLAY_NAME = 128;

	private final AccountRepository repository;

	private final PasswordEncoder encoder;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Accounts(AccountRepository repository, PasswordEncoder encoder, ApplicationEventPublisher events, Clock clock) {
		this.repository = repository;
		this.encoder = encoder;
		this.events = events;
		this.clock = clock;
	}

	/** Whether an account may be called this. */
	static boolean isUsername(String name) {
		return USERNAME.matcher(name).matches();
	}

	/**
	 * One page of all accounts.
	 * @throws Refused if the paging is not of the contract's form
	 */
	public Slice<Account> list(@Nullable Integer page, @Nullable Integer size, @Nullable String sort) {
		return this.repository.findAll(SliceRequest.of(page, size, sort, AccountRepository.SORTABLE.keySet()));
	}

	/**
	 * One account.
	 * @throws Refused if there is none
	 */
	public Account get(String id) {
		return this.repository.findById(id).orElseThrow(() -> Refused.notFound("user", id));
	}

	/**
	 * Makes an account.
	 * @throws Refused naming every field that cannot be taken
	 */
	@Transactional
	public Account create(NewAccount wanted) {
		String username = wanted.username().strip().toLowerCase(Locale.ROOT);
		List<FieldFault> faults = new ArrayList<>();
		if (!USERNAME.matcher(username).matches()) {
			faults.add(new FieldFault("username",
					"must be 1 to 64 of a to z, 0 to 9, dot, dash and underscore, with a letter or digit at both ends"));
		}
		else if (this.repository.findByUsername(username).isPresent()) {
			faults.add(new FieldFault("username", "is taken; choose another"));
		}
		String displayName = displayName(wanted.displayName(), username, faults);
		PasswordRules.faultOf(wanted.password(), username)
			.ifPresent((fault) -> faults.add(new FieldFault("password", fault)));
		Set<Role> roles = roles(wanted.roles(), faults);
		refuse(faults);
		Account account = new Account(Ids.next(), username, displayName, hash(wanted.password()), 1, false, roles,
				this.clock.instant().truncatedTo(ChronoUnit.MICROS), 0);
		try {
			this.repository.insert(account);
		}
		catch (DuplicateKeyException ex) {
			throw Refused.invalid("username", "is taken; choose another");
		}
		publish("user.created", account, null, describe(account));
		return account;
	}

	/**
	 * Changes what is given and leaves the rest as it is. Takes effect on the person's
	 * next request, also in a session that is open.
	 * @throws Refused if there is no such account, a field cannot be taken, or nobody
	 * would be left to look after users
	 */
	@Transactional
	public Account edit(String id, AccountEdit edit) {
		Account before = get(id);
		List<FieldFault> faults = new ArrayList<>();
		String displayName = (edit.displayName() != null) ? displayName(edit.displayName(), before.username(), faults)
				: before.displayName();
		Set<Role> roles = (edit.roles() != null) ? roles(edit.roles(), faults) : before.roles();
		boolean disabled = (edit.disabled() != null) ? edit.disabled() : before.disabled();
		String password = edit.password();
		if (password != null && !before.isLocal()) {
			faults.add(new FieldFault("password",
					"is kept by the directory that this person signs in by; change it there"));
		}
		else if (password != null) {
			PasswordRules.faultOf(password, before.username())
				.ifPresent((fault) -> faults.add(new FieldFault("password", fault)));
		}
		refuse(faults);
		Account after = before.withProfile(displayName, roles, disabled);
		if (password != null) {
			after = after.withPassword(hash(password));
		}
		if (after.equals(before)) {
			return before;
		}
		keepAnAdministrator(before, after);
		write(after);
		announce(before, after);
		return get(id);
	}

	private void keepAnAdministrator(Account before, Account after) {
		boolean was = before.roles().contains(Role.ADMIN) && !before.disabled();
		boolean stays = after.roles().contains(Role.ADMIN) && !after.disabled();
		if (was && !stays && this.repository.lockAndCountAdministratorsOtherThan(before.id()) == 0) {
			throw Refused.conflict("last-administrator", before.displayName()
					+ " is the last administrator; make somebody else administrator before this one goes");
		}
	}

	private void write(Account account) {
		try {
			this.repository.update(account);
		}
		catch (OptimisticLockingFailureException ex) {
			throw Refused.conflict("changed-meanwhile",
					"Somebody else changed this user at the same time. Read it again and repeat your change.");
		}
	}

	private void announce(Account before, Account after) {
		if (before.credentialVersion() != after.credentialVersion()) {
			publish("user.password-reset", after, null, null);
		}
		if (before.disabled() != after.disabled()) {
			publish(after.disabled() ? "user.disabled" : "user.enabled", after, null, null);
		}
		if (!describe(before).equals(describe(after))) {
			publish("user.edited", after, describe(before), describe(after));
		}
	}

	private void publish(String action, Account account, @Nullable String before, @Nullable String after) {
		this.events.publishEvent(new AuditableEvent(action, "user", account.id(), account.username(), before, after));
	}

	private static String describe(Account account) {
		return account.displayName() + "; roles: "
				+ account.roles().stream().sorted().map(Role::key).collect(Collectors.joining(", "));
	}

	private String hash(String password) {
		String hash = this.encoder.encode(password);
		if (hash == null) {
			throw new IllegalStateException("the password encoder made nothing of a password");
		}
		return hash;
	}

	private static String displayName(@Nullable String given, String username, List<FieldFault> faults) {
		String name = (given == null || given.isBlank()) ? username : given.strip();
		if (name.length() > MAX_DISPLAY_NAME || UnseenCharacters.in(name)) {
			faults.add(new FieldFault("displayName",
					"must be at most " + MAX_DISPLAY_NAME + " characters, all of which can be seen"));
		}
		return name;
	}

	private static Set<Role> roles(List<String> keys, List<FieldFault> faults) {
		List<String> unknown = keys.stream().filter((key) -> Role.ofKey(key).isEmpty()).toList();
		if (!unknown.isEmpty()) {
			faults.add(new FieldFault("roles", "has unknown entries; choose from "
					+ List.of(Role.values()).stream().map(Role::key).collect(Collectors.joining(", "))));
		}
		return keys.stream().map(Role::ofKey).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
	}

	private static void refuse(List<FieldFault> faults) {
		if (!faults.isEmpty()) {
			throw Refused.invalid(faults);
		}
	}

	/**
	 * What a new account is made from.
	 *
	 * @param username wished for; blanks around it and capitals do not count
	 * @param displayName {@code null} or blank for the same as the username
	 * @param password in clear
	 * @param roles keys of the contract, may be empty
	 */
	public record NewAccount(String username, @Nullable String displayName, String password, List<String> roles) {

		@Override
		public String toString() {
			return "NewAccount[" + this.username + ", " + this.roles + "]";
		}

	}

	/**
	 * What is to change; {@code null} stays as it is.
	 *
	 * @param displayName the new name
	 * @param roles keys of the contract
	 * @param disabled whether signing in is refused
	 * @param password in clear
	 */
	public record AccountEdit(@Nullable String displayName, @Nullable List<String> roles, @Nullable Boolean disabled,
			@Nullable String password) {

		@Override
		public String toString() {
			return "AccountEdit[" + this.displayName + ", " + this.roles + ", " + this.disabled + "]";
		}

	}

}
