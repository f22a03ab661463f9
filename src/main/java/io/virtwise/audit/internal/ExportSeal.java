package io.virtwise.audit.internal;

import java.security.GeneralSecurityException;
import java.security.PublicKey;

import org.jspecify.annotations.Nullable;

/**
 * The last line of an export: what the lines before it are, signed.
 *
 * @param entries how many entries there are
 * @param head the hash of the last one
 * @param sha256 the hash of all bytes before this line
 * @param key the public key, in Base64
 * @param keyId by what people tell keys apart
 * @param signature over all of that, in Base64
 */
record ExportSeal(long entries, String head, String sha256, String key, String keyId, String signature) {

	static ExportSeal of(long entries, String head, String sha256, SigningKey key) {
		String known = java.util.Base64.getEncoder().encodeToString(key.publicKey().getEncoded());
		return new ExportSeal(entries, head, sha256, known, SigningKey.idOf(key.publicKey()),
				key.sign(text(entries, head, sha256)));
	}

	private static String text(long entries, String head, String sha256) {
		return "virtwise-audit-export 1\n" + entries + "\n" + head + "\n" + sha256 + "\n";
	}

	/** Why the signature does not hold; {@code null} if it does. */
	@Nullable String fault(long read, String end, String digest, @Nullable PublicKey wanted) {
		if (read != this.entries || !end.equals(this.head) || !digest.equals(this.sha256)) {
			return "The lines are not those that were signed.";
		}
		try {
			PublicKey own = SigningKey.publicKeyOf(this.key);
			if (wanted != null && !wanted.equals(own)) {
				return "It is signed with another key (" + SigningKey.idOf(own) + ") than the one given ("
						+ SigningKey.idOf(wanted) + ").";
			}
			return SigningKey.signed(own, text(this.entries, this.head, this.sha256), this.signature) ? null
					: "The signature is not of this key.";
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			return "Key or signature cannot be read.";
		}
	}

}
