package io.virtwise.node.internal;

import java.time.Duration;
import java.time.Instant;

import io.virtwise.node.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its key, or an ssh key, without its secret part.
 *
 * @param id opaque, what a node names
 * @param name as people call it, unique
 * @param kind for which transport it is
 * @param fingerprint SHA-256 of the certificate or public key
 * @param shown what anybody may see: the certificate's subject, or the ssh public key
 * @param sealedWith which key its secret part is sealed with
 * @param expiresAt when the certificate ends, {@code null} for ssh keys
 * @param createdAt when it was handed in first
 * @param rotatedAt when it was last replaced
 * @param version counts its replacements
 */
public record Credential(String id, String name, Transport kind, String fingerprint, String shown, String sealedWith,
		@Nullable Instant expiresAt, Instant createdAt, @Nullable Instant rotatedAt, long version) {

	/** How long before its end people are told. */
	static final Duration SOON = Duration.ofDays(30);

	/** What people have to know about its end, {@code null} for nothing. */
	public @Nullable String warning(Instant now) {
		if (this.expiresAt == null || this.expiresAt.isAfter(now.plus(SOON))) {
			return null;
		}
		long days = Duration.between(now, this.expiresAt).toDays();
		return this.expiresAt.isAfter(now)
				? "ends in " + ((days == 1) ? "1 day" : days + " days") + "; rotate it before that"
				: "has ended; no node lets it in any more";
	}

	/** The credential as lines for the audit log. */
	String describe() {
		return "name=" + this.name + "\nkind=" + this.kind.key() + "\nfingerprint=" + this.fingerprint + "\nexpiresAt="
				+ ((this.expiresAt != null) ? this.expiresAt : "(never)");
	}

}
