package io.virtwise.access.internal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;

import io.virtwise.access.Role;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the first administrator when there is no account at all, and in a demonstration
 * one account for each role, and a second approver.
 */
@Component
class FirstStart implements ApplicationRunner {

	/** The password of every account of a demonstration, and of nothing else. */
	static final String DEMO_PASSWORD = "hypervisor-demo";

	private static final Logger log = LoggerFactory.getLogger(FirstStart.class);

	private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

	private static final int PASSWORD_LENGTH = 20;

	private final AccountRepository accounts;

	private final PasswordEncoder encoder;

	private final TransactionTemplate transaction;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	private final String adminPassword;

	private final boolean demo;

	FirstStart(AccountRepository accounts, PasswordEncoder encoder, TransactionTemplate transaction,
			ApplicationEventPublisher events, Clock clock,
			@Value("${virtwise.admin-password:${VIRTWISE_ADMIN_PASSWORD:}}") String adminPassword,
			@Value("${virtwise.demo:false}") boolean demo) {
		this.accounts = accounts;
		this.encoder = encoder;
		this.transaction = transaction;
		this.events = events;
		this.clock = clock;
		this.adminPassword = adminPassword;
		this.demo = demo;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		if (this.accounts.count() == 0) {
			makeAdministrator();
		}
		if (this.demo) {
			refuseRealAccounts();
			log.info("Demonstration accounts, all with the password {}:", DEMO_PASSWORD);
			demo("ines", "Ines Moreau", Role.REQUESTER);
			demo("sven", "Sven Koch", Role.OPERATOR);
			demo("tomasz", "Tomasz Wilk", Role.APPROVER);
			demo("priya", "Priya Raman", Role.APPROVER);
			demo("amara", "Amara Okafor", Role.RULE_AUTHOR);
			demo("jonas", "Jonas Weber", Role.AUDITOR);
			demo("mara", "Mara Lindqvist", Role.ADMIN);
		}
	}

	/** Accounts with a known password have no place beside those of real people. */
	private void refuseRealAccounts() {
		if (this.accounts.count() > 1 && this.accounts.findByUsername("ines").isEmpty()) {
			throw new IllegalStateException(
					"virtwise.demo would add accounts whose password everybody knows to data that "
							+ "real people use. Leave VIRTWISE_DEMO out, or name another folder in VIRTWISE_HOME.");
		}
	}

	private void makeAdministrator() {
		boolean given = !this.adminPassword.isEmpty();
		String password = given ? this.adminPassword : randomPassword();
		if (!make("admin", "Administrator", Role.ADMIN, password)) {
			return;
		}
		if (!given) {
			log.info("First start: sign in as admin with the password {} (shown this once)", password);
		}
		else {
			log.info("First start: sign in as admin with the password from VIRTWISE_ADMIN_PASSWORD");
			PasswordRules.faultOf(password, "admin")
				.ifPresent((fault) -> log.warn("The password from VIRTWISE_ADMIN_PASSWORD {}", fault));
		}
	}

	private void demo(String username, String displayName, Role role) {
		if (this.accounts.findByUsername(username).isEmpty()) {
			make(username, displayName, role, DEMO_PASSWORD);
		}
		log.info("  {} ({}, {})", username, displayName, role.title());
	}

	/** Whether it was made; another replica may have been faster. */
	private boolean make(String username, String displayName, Role role, String password) {
		String hash = this.encoder.encode(password);
		if (hash == null) {
			throw new IllegalStateException("the password encoder made nothing of a password");
		}
		Account account = new Account(Ids.next(), username, displayName, hash, 1, false, Set.of(role),
				this.clock.instant().truncatedTo(ChronoUnit.MICROS), 0);
		try {
			this.transaction.executeWithoutResult((status) -> {
				this.accounts.insert(account);
				this.events.publishEvent(new AuditableEvent("user.created", "user", account.id(), username, null,
						displayName + "; roles: " + role.key()));
			});
			return true;
		}
		catch (DuplicateKeyException ex) {
			log.info("The account {} was made by another replica", username);
			return false;
		}
	}

	private static String randomPassword() {
		SecureRandom random = new SecureRandom();
		StringBuilder password = new StringBuilder();
		for (int i = 0; i < PASSWORD_LENGTH; i++) {
			if (i > 0 && i % 5 == 0) {
				password.append('-');
			}
			password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
		}
		return password.toString();
	}

}
