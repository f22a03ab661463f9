package io.virtwise.node.internal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

import io.virtwise.node.HostKey;
import io.virtwise.node.NodeSecret;
import io.virtwise.node.SshKeys;
import io.virtwise.node.TlsIdentity;
import io.virtwise.node.Transport;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;

/**
 * What somebody handed in as a credential, after it was read and checked.
 *
 * @param secret what is sealed
 * @param fingerprint of the certificate or public key
 * @param shown what anybody may see of it
 * @param expiresAt its end
 */
record KeyMaterial(NodeSecret secret, String fingerprint, String shown, @Nullable Instant expiresAt) {

	/** The material of a draft; {@code null} if something is wrong with it. */
	static @Nullable KeyMaterial of(Transport kind, CredentialDraft draft, Instant now, List<FieldFault> faults) {
		return (kind == Transport.TLS) ? tls(draft, now, faults) : ssh(draft, faults);
	}

	private static @Nullable KeyMaterial tls(CredentialDraft draft, Instant now, List<FieldFault> faults) {
		TlsIdentity identity = TlsIdentity.read(draft.caCertificate(), draft.certificate(), draft.privateKey(), faults);
		if (identity == null) {
			return null;
		}
		X509Certificate own = identity.certificate();
		Instant end = own.getNotAfter().toInstant();
		if (!end.isAfter(now)) {
			faults.add(new FieldFault("certificate", "has ended; hand in one that is valid"));
			return null;
		}
		NodeSecret secret = new NodeSecret(Transport.TLS, normal(draft.caCertificate()), normal(draft.certificate()),
				normal(draft.privateKey()));
		return new KeyMaterial(secret, fingerprint(own), own.getSubjectX500Principal().getName(), end);
	}

	private static @Nullable KeyMaterial ssh(CredentialDraft draft, List<FieldFault> faults) {
		HostKey open = SshKeys.ofPrivate(draft.privateKey(), faults);
		if (isGiven(draft.caCertificate()) || isGiven(draft.certificate())) {
			faults.add(new FieldFault("certificate", "is only for tls; leave it empty"));
		}
		if (open == null || !faults.isEmpty()) {
			return null;
		}
		return new KeyMaterial(new NodeSecret(Transport.SSH, "", "", normal(draft.privateKey())), open.fingerprint(),
				open.line(), null);
	}

	/** As openssl prints it. */
	private static String fingerprint(X509Certificate certificate) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
			return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("a certificate that was read has no bytes", ex);
		}
	}

	private static boolean isGiven(@Nullable String text) {
		return text != null && !text.isBlank();
	}

	private static String normal(@Nullable String text) {
		return String.valueOf(text).replace("\r\n", "\n").strip() + "\n";
	}

	@Override
	public String toString() {
		return "KeyMaterial[" + this.fingerprint + "]";
	}

}
