package io.virtwise.access.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.virtwise.access.CurrentUser;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets people change the password they sign in with. All their other sessions end.
 */
@Service
public class OwnPassword {

	private final AccountRepository accounts;

	private final PasswordEncoder encoder;

	private final SignInThrottle throttle;

	private final CurrentUser currentUser;

	private final ApplicationEventPublisher events;

	OwnPassword(AccountRepository accounts, PasswordEncoder encoder, SignInThrottle throttle, CurrentUser currentUser,
			ApplicationEventPublisher events) {
		this.accounts = accounts;
		this.encoder = encoder;
		this.throttle = throttle;
		this.currentUser = currentUser;
		this.events = events;
	}

	/**
	 * Takes a new password for who is signed in.
	 * @param present the password until now, which a stolen session does not know
	 * @param address where the request came from
	 * @throws Refused naming every field that cannot be taken
	 */
	@Transactional
	public Account change(String present, String wanted, String repeated, String address) {
		String id = this.currentUser.require().id();
		Account before = this.accounts.findById(id).orElseThrow(() -> Refused.notFound("user", id));
		if (!before.isLocal()) {
			throw Refused.conflict("directory-account", "You sign in by a directory; change your password there.");
		}
		List<FieldFault> faults = new ArrayList<>();
		check(before, present, address, faults);
		PasswordRules.faultOf(wanted, before.username())
			.ifPresent((fault) -> faults.add(new FieldFault("password", fault)));
		if (!wanted.equals(repeated)) {
			faults.add(new FieldFault("repeated", "is not the same; type the new password twice"));
		}
		else if (faults.isEmpty() && wanted.equals(present)) {
			faults.add(new FieldFault("password", "is the one you have; choose another"));
		}
		if (!faults.isEmpty()) {
			throw Refused.invalid(faults);
		}
		String hash = Objects.requireNonNull(this.encoder.encode(wanted), "the encoder made nothing of a password");
		try {
			this.accounts.update(before.withPassword(hash));
		}
		catch (OptimisticLockingFailureException ex) {
			throw Refused.conflict("changed-meanwhile", "Your account was changed at the same time. Try again.");
		}
		this.events
			.publishEvent(new AuditableEvent("user.password-changed", "user", id, before.username(), null, null));
		return this.accounts.findById(id).orElseThrow();
	}

	private void check(Account account, String present, String address, List<FieldFault> faults) {
		if (!this.throttle.pause(account.username(), address).isZero()) {
			faults.add(new FieldFault("present", "was wrong too often; wait a minute, then try again"));
		}
		else if (!this.encoder.matches(PasswordRules.fits(present) ? present : "", account.passwordHash())) {
			this.throttle.failed(account.username(), address);
			faults.add(new FieldFault("present", "is not your password"));
		}
	}

}
