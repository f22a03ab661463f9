package io.virtwise.node.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Seals secrets with a key that comes from the environment or a file, and is never in the
 * database. What is sealed opens only under the name it was sealed for.
 */
@Component
class Sealer {

	private static final Logger log = LoggerFactory.getLogger(Sealer.class);

	private static final String CIPHER = "AES/GCM/NoPadding";

	private static final int NONCE = 12;

	private static final int TAG_BITS = 128;

	private static final int KEY_BYTES = 32;

	private static final String HOW = "An administrator puts 32 random bytes in Base64, made with head -c 32 /dev/urandom"
			+ " | base64, into VIRTWISE_CREDENTIALS_KEY, or into a file that VIRTWISE_CREDENTIALS_KEY_FILE names, and"
			+ " restarts the portal.";

	private final SecureRandom random = new SecureRandom();

	private final byte @Nullable [] key;

	private final String fault;

	Sealer(@Value("${virtwise.credentials.key:}") String key,
			@Value("${virtwise.credentials.key-file:}") String keyFile) {
		byte[] found = null;
		String wrong = "";
		try {
			found = read(key, keyFile);
		}
		catch (IOException ex) {
			wrong = "The file that VIRTWISE_CREDENTIALS_KEY_FILE names cannot be read. ";
		}
		catch (IllegalArgumentException ex) {
			wrong = "The key for credentials is not 32 bytes in Base64. ";
		}
		this.key = found;
		this.fault = ((found == null && wrong.isEmpty())
				? "Credentials are kept encrypted, and the key for that is not set. " : wrong) + HOW;
		if (!wrong.isEmpty()) {
			log.warn("{}", this.fault);
		}
	}

	private static byte @Nullable [] read(String key, String keyFile) throws IOException {
		String text = (key.isBlank() && !keyFile.isBlank()) ? Files.readString(Path.of(keyFile)) : key;
		if (text.isBlank()) {
			return null;
		}
		byte[] bytes = Base64.getDecoder().decode(text.strip());
		if (bytes.length != KEY_BYTES) {
			throw new IllegalArgumentException("wrong length");
		}
		return bytes;
	}

	/** Why nothing can be sealed or opened, and what to do; {@code null} if it can. */
	@Nullable String fault() {
		return (this.key != null) ? null : this.fault;
	}

	/** A name of the key, to tell which one something was sealed with. */
	String keyName() {
		return ContentHash.of(key()).sha256().substring(0, 12);
	}

	/** Seals a text for this name. */
	String seal(String name, String text) {
		byte[] nonce = new byte[NONCE];
		this.random.nextBytes(nonce);
		try {
			byte[] sealed = crypt(Cipher.ENCRYPT_MODE, name, nonce, text.getBytes(StandardCharsets.UTF_8));
			byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
			System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
			return Base64.getEncoder().encodeToString(whole);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Java has " + CIPHER, ex);
		}
	}

	/**
	 * Opens what was sealed for this name.
	 * @param sealedWith the name of the key that it was sealed with
	 * @throws Refused if there is no key, it is another one, or the text was altered
	 */
	String open(String name, String sealed, String sealedWith) {
		if (!keyName().equals(sealedWith)) {
			throw Refused.conflict("other-credentials-key",
					"The credential was sealed with the key " + sealedWith + ", and the portal now has the key "
							+ keyName() + ". Set the former key again, or rotate the credential.");
		}
		try {
			byte[] whole = Base64.getDecoder().decode(sealed);
			byte[] content = crypt(Cipher.DECRYPT_MODE, name, Arrays.copyOf(whole, NONCE),
					Arrays.copyOfRange(whole, Math.min(NONCE, whole.length), whole.length));
			return new String(content, StandardCharsets.UTF_8);
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw Refused.conflict("credential-altered",
					"The credential was altered in the database and does not open. Rotate it.");
		}
	}

	private byte[] crypt(int mode, String name, byte[] nonce, byte[] content) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance(CIPHER);
		cipher.init(mode, new SecretKeySpec(key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
		return cipher.doFinal(content);
	}

	private byte[] key() {
		if (this.key == null) {
			throw Refused.conflict("no-credentials-key", this.fault);
		}
		return this.key;
	}

}
