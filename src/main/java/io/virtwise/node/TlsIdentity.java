package io.virtwise.node;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;

/**
 * By what the portal and a node know each other over TLS.
 *
 * @param authorities who signs the nodes' certificates
 * @param chain the portal's certificate, and those between it and its CA
 * @param key the private key of the first of the chain
 */
public record TlsIdentity(List<X509Certificate> authorities, List<X509Certificate> chain, PrivateKey key) {

	private static final String P8 = "; make it one with: openssl pkcs8 -topk8 -nocrypt -in KEY";

	/** What stands before an RSA key of the older form to make it PKCS#8. */
	private static final byte[] RSA_HEAD = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

	public TlsIdentity {
		authorities = List.copyOf(authorities);
		chain = List.copyOf(chain);
	}

	/**
	 * Reads the three PEM files.
	 * @param faults gets what is wrong with them; it never quotes them
	 * @return {@code null} if something is wrong
	 */
	public static @Nullable TlsIdentity read(@Nullable String caCertificate, @Nullable String certificate,
			@Nullable String privateKey, List<FieldFault> faults) {
		int before = faults.size();
		List<X509Certificate> authorities = certificates("caCertificate", caCertificate, faults);
		List<X509Certificate> chain = certificates("certificate", certificate, faults);
		PrivateKey key = key(privateKey, faults);
		if (key == null || faults.size() > before) {
			return null;
		}
		if (!belongTogether(chain.get(0), key)) {
			faults.add(new FieldFault("privateKey", "is not the key of this certificate; hand in the pair"));
			return null;
		}
		return new TlsIdentity(authorities, chain, key);
	}

	/** The portal's own certificate. */
	public X509Certificate certificate() {
		return this.chain.get(0);
	}

	private static List<X509Certificate> certificates(String field, @Nullable String text, List<FieldFault> faults) {
		List<X509Certificate> certificates = new ArrayList<>();
		try {
			for (byte[] der : Pem.blocks("CERTIFICATE", text)) {
				certificates.add((X509Certificate) CertificateFactory.getInstance("X.509")
					.generateCertificate(new ByteArrayInputStream(der)));
			}
		}
		catch (GeneralSecurityException ex) {
			faults.add(new FieldFault(field, "is not a certificate that can be read; copy the whole PEM file"));
			return List.of();
		}
		if (certificates.isEmpty()) {
			faults.add(new FieldFault(field, "is missing or not PEM; it begins with -----BEGIN CERTIFICATE-----"));
		}
		return certificates;
	}

	private static @Nullable PrivateKey key(@Nullable String text, List<FieldFault> faults) {
		List<byte[]> keys = new ArrayList<>(Pem.blocks("PRIVATE KEY", text));
		Pem.blocks("RSA PRIVATE KEY", text).forEach((rsa) -> keys.add(sequence(concat(RSA_HEAD, der(0x04, rsa)))));
		if (keys.isEmpty()) {
			faults.add(new FieldFault("privateKey",
					"is missing, encrypted or not PEM that begins with -----BEGIN PRIVATE KEY-----" + P8));
			return null;
		}
		for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
			try {
				return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
			}
			catch (GeneralSecurityException ex) {
				// it is of another sort
			}
		}
		faults.add(new FieldFault("privateKey", "is not a key that can be read" + P8));
		return null;
	}

	private static byte[] sequence(byte[] content) {
		return der(0x30, content);
	}

	/** A value in DER, whose length takes as few bytes as it can. */
	private static byte[] der(int tag, byte[] content) {
		byte[] length = BigInteger.valueOf(content.length).toByteArray();
		byte[] shortest = (length[0] == 0 && length.length > 1) ? Arrays.copyOfRange(length, 1, length.length) : length;
		byte[] head = (content.length < 128) ? new byte[] { (byte) tag, (byte) content.length }
				: concat(new byte[] { (byte) tag, (byte) (0x80 | shortest.length) }, shortest);
		return concat(head, content);
	}

	private static byte[] concat(byte[] first, byte[] second) {
		return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
	}

	private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
		String algorithm = switch (key.getAlgorithm()) {
			case "RSA" -> "SHA256withRSA";
			case "EC" -> "SHA256withECDSA";
			default -> "Ed25519";
		};
		try {
			byte[] text = "one key".getBytes(StandardCharsets.US_ASCII);
			Signature signing = Signature.getInstance(algorithm);
			signing.initSign(key);
			signing.update(text);
			Signature checking = Signature.getInstance(algorithm);
			checking.initVerify(certificate.getPublicKey());
			checking.update(text);
			return checking.verify(signing.sign());
		}
		catch (GeneralSecurityException ex) {
			return false; // of two sorts
		}
	}

	@Override
	public String toString() {
		return "TlsIdentity[" + certificate().getSubjectX500Principal() + "]";
	}

}
