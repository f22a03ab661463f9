package io.virtwise.audit.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Locks secrets before they are stored, with AES-GCM and a key that is not in the
 * database.
 */
final class SecretBox {

	private static final int KEY_BYTES = 32;

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final SecureRandom random = new SecureRandom();

	private final SecretKeySpec key;

	SecretBox(byte[] key) {
		if (key.length != KEY_BYTES) {
			throw new IllegalArgumentException("the key must have 32 bytes, not " + key.length);
		}
		this.key = new SecretKeySpec(key, "AES");
	}

	String lock(String secret) {
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		byte[] locked = run(Cipher.ENCRYPT_MODE, nonce, secret.getBytes(StandardCharsets.UTF_8));
		return Base64.getEncoder()
			.encodeToString(ByteBuffer.allocate(nonce.length + locked.length).put(nonce).put(locked).array());
	}

	/**
	 * The secret again.
	 * @throws IllegalStateException if it was locked with another key, or altered
	 */
	String open(String locked) {
		ByteBuffer content = ByteBuffer.wrap(Base64.getDecoder().decode(locked));
		byte[] nonce = new byte[NONCE_BYTES];
		content.get(nonce);
		byte[] rest = new byte[content.remaining()];
		content.get(rest);
		return new String(run(Cipher.DECRYPT_MODE, nonce, rest), StandardCharsets.UTF_8);
	}

	private byte[] run(int mode, byte[] nonce, byte[] content) {
		try {
			Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
			cipher.init(mode, this.key, new GCMParameterSpec(TAG_BITS, nonce));
			return cipher.doFinal(content);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("the secret was locked with another key, or altered", ex);
		}
	}

}
