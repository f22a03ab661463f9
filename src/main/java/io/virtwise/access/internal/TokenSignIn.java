package io.virtwise.access.internal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.ContentHash;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds out who a token stands for. What it opens is looked at anew with every request:
 * the token's end, the account, and the roles that the person has now.
 */
@Component
class TokenSignIn {

	/** What every token begins with, so that scanners of source code find lost ones. */
	static final String MARK = "vwt_";

	/** How many characters stay readable, the mark included. */
	static final int PREFIX_LENGTH = 12;

	private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

	private static final int RANDOM_LENGTH = 40;

	private static final int LONGEST = 128;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final ApiTokenRepository tokens;

	private final AccountRepository accounts;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transaction;

	private final Clock clock;

	TokenSignIn(ApiTokenRepository tokens, AccountRepository accounts, ApplicationEventPublisher events,
			TransactionTemplate transaction, Clock clock) {
		this.tokens = tokens;
		this.accounts = accounts;
		this.events = events;
		this.transaction = transaction;
		this.clock = clock;
	}

	/** A new token with 200 random bits. */
	static String newSecret() {
		StringBuilder secret = new StringBuilder(MARK);
		for (int i = 0; i < RANDOM_LENGTH; i++) {
			secret.append(ALPHABET[RANDOM.nextInt(ALPHABET.length)]);
		}
		return secret.toString();
	}

	/**
	 * Who comes with this token.
	 * @throws TokenRefused if it lets nobody in
	 */
	SignedIn signIn(String secret, String address) {
		Optional<ApiToken> found = (secret.length() <= LONGEST) ? this.tokens.findBySecret(hash(secret))
				: Optional.empty();
		ApiToken token = found.orElseThrow(() -> new TokenRefused("token-unknown",
				"This token is not known. Make one on the page API tokens, or sign in with HTTP Basic."));
		Account account = check(token);
		Instant now = this.clock.instant();
		this.tokens.noteUse(token.id(), now, address);
		return SignedIn.through(account, new TokenUse(token.id(), token.prefix(), token.scopes()), now);
	}

	/** Whether a token that let somebody in would still do so. */
	boolean stillGood(TokenUse use) {
		return this.tokens.findById(use.id())
			.filter((token) -> token.revokedAt() == null && !token.isExpired(this.clock.instant()))
			.isPresent();
	}

	private Account check(ApiToken token) {
		Instant now = this.clock.instant();
		if (token.revokedAt() != null) {
			throw refused(token, "token-revoked",
					"This token (" + token.prefix() + "…) was revoked. Make another one on the page API tokens.");
		}
		if (token.isExpired(now)) {
			throw refused(token, "token-expired", "This token (" + token.prefix() + "…) ended at " + token.expiresAt()
					+ ". Make another one on the page API tokens.");
		}
		return this.accounts.findById(token.personId())
			.filter((account) -> !account.disabled())
			.orElseThrow(() -> refused(token, "account-disabled", "The account that this token (" + token.prefix()
					+ "…) belongs to is disabled. An administrator can enable it."));
	}

	private TokenRefused refused(ApiToken token, String key, String message) {
		this.transaction.executeWithoutResult((status) -> {
			if (this.tokens.noteRefusal(token.id(), this.clock.instant())) {
				this.events
					.publishEvent(new AuditableEvent("token.refused", "token", token.id(), token.name(), null, key));
			}
		});
		return new TokenRefused(key, message);
	}

	static String hash(String secret) {
		return ContentHash.of(secret).sha256();
	}

}
