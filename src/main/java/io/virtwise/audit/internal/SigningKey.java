package io.virtwise.audit.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

import io.virtwise.shared.ContentHash;

/**
 * The Ed25519 key that exports are signed with: two blocks of PEM in one file, private
 * and public. Made when first needed; portals that share a database share the file.
 */
final class SigningKey {

	private static final String ALGORITHM = "Ed25519";

	private static final String PRIVATE = "PRIVATE KEY";

	private static final String PUBLIC = "PUBLIC KEY";

	private final PrivateKey secret;

	private final PublicKey known;

	private SigningKey(PrivateKey secret, PublicKey known) {
		this.secret = secret;
		this.known = known;
	}

	/** The key in this file, made anew where there is none. */
	static SigningKey in(Path file) {
		try {
			if (!Files.exists(file)) {
				make(file);
			}
			String text = Files.readString(file, StandardCharsets.US_ASCII);
			PrivateKey secret = KeyFactory.getInstance(ALGORITHM)
				.generatePrivate(new PKCS8EncodedKeySpec(block(text, PRIVATE)));
			return new SigningKey(secret, publicKey(block(text, PUBLIC)));
		}
		catch (IOException | GeneralSecurityException | IllegalArgumentException ex) {
			throw new IllegalStateException("The key in " + file + " cannot be read or made; it must hold an Ed25519 "
					+ "key as the blocks PRIVATE KEY and PUBLIC KEY of PEM.", ex);
		}
	}

	private static void make(Path file) throws IOException, GeneralSecurityException {
		KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
		String text = pem(PRIVATE, pair.getPrivate().getEncoded()) + pem(PUBLIC, pair.getPublic().getEncoded());
		Path folder = file.toAbsolutePath().getParent();
		Files.createDirectories(folder);
		Path fresh = Files.createTempFile(folder, "signing", ".pem",
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		try {
			Files.writeString(fresh, text, StandardCharsets.US_ASCII);
			Files.createLink(file, fresh); // whole or not at all, and never over
											// another's
		}
		catch (FileAlreadyExistsException ex) {
			return; // another portal was faster
		}
		catch (FileSystemException | UnsupportedOperationException ex) {
			Files.move(fresh, file); // no hard links there
		}
		finally {
			Files.deleteIfExists(fresh);
		}
	}

	private static String pem(String title, byte[] content) {
		return "-----BEGIN " + title + "-----\n"
				+ Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content) + "\n-----END " + title
				+ "-----\n";
	}

	private static byte[] block(String text, String title) {
		String begin = "-----BEGIN " + title + "-----";
		int from = text.indexOf(begin);
		int to = text.indexOf("-----END " + title + "-----");
		if (from < 0 || to < from) {
			throw new IllegalArgumentException("there is no block " + title);
		}
		return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
	}

	/** The public key of a PEM text, or of its bare Base64. */
	static PublicKey publicKeyOf(String text) throws GeneralSecurityException {
		return publicKey(text.contains("-----BEGIN") ? block(text, PUBLIC) : Base64.getMimeDecoder().decode(text));
	}

	private static PublicKey publicKey(byte[] content) throws GeneralSecurityException {
		return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(content));
	}

	/** Whether this key's owner signed this text. */
	static boolean signed(PublicKey key, String text, String signature) throws GeneralSecurityException {
		Signature check = Signature.getInstance(ALGORITHM);
		check.initVerify(key);
		check.update(text.getBytes(StandardCharsets.UTF_8));
		return check.verify(Base64.getDecoder().decode(signature));
	}

	/** By what people tell keys apart. */
	static String idOf(PublicKey key) {
		return ContentHash.of(key.getEncoded()).sha256().substring(0, 16);
	}

	String sign(String text) {
		try {
			Signature signature = Signature.getInstance(ALGORITHM);
			signature.initSign(this.secret);
			signature.update(text.getBytes(StandardCharsets.UTF_8));
			return Base64.getEncoder().encodeToString(signature.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("an Ed25519 key that does not sign", ex);
		}
	}

	PublicKey publicKey() {
		return this.known;
	}

	String publicPem() {
		return pem(PUBLIC, this.known.getEncoded());
	}

}
