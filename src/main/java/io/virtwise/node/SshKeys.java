package io.virtwise.node;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;

/**
 * Reads ssh keys as people hand them in and as servers show them. No fault ever quotes
 * what was handed in.
 */
public final class SshKeys {

	private static final byte[] OPENSSH = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

	private static final int MOST_HOST_KEYS = 8;

	private SshKeys() {
	}

	/** The public half of a private key in OpenSSH's own form, without a passphrase. */
	public static @Nullable HostKey ofPrivate(@Nullable String text, List<FieldFault> faults) {
		List<byte[]> blocks = Pem.blocks("OPENSSH PRIVATE KEY", text);
		if (blocks.isEmpty() || !startsWith(blocks.get(0), OPENSSH)) {
			faults.add(new FieldFault("privateKey",
					"is not a private key in OpenSSH's form; make one with: ssh-keygen -t ed25519 -N '' -f KEY"));
			return null;
		}
		byte[] blob = blocks.get(0);
		try {
			ByteBuffer rest = ByteBuffer.wrap(blob, OPENSSH.length, blob.length - OPENSSH.length);
			String cipher = new String(part(rest), StandardCharsets.US_ASCII);
			part(rest); // how the passphrase is made a key
			part(rest); // and with what
			int count = rest.getInt();
			byte[] open = part(rest);
			if (!cipher.equals("none") || count != 1) {
				faults.add(new FieldFault("privateKey", "has a passphrase, and nobody is there to type it; take it off"
						+ " with: ssh-keygen -p -N '' -f KEY. It is kept encrypted here"));
				return null;
			}
			if (part(rest).length < 32) {
				throw new IllegalArgumentException("too short");
			}
			return of(open);
		}
		catch (RuntimeException ex) {
			faults.add(new FieldFault("privateKey", "is cut off; copy the whole file"));
			return null;
		}
	}

	/** Host keys, one a line as {@code ssh-ed25519 AAAA…}, whatever follows. */
	public static List<HostKey> hostKeys(@Nullable String text, List<FieldFault> faults) {
		List<HostKey> keys = new ArrayList<>();
		List<String> lines = (text != null) ? text.lines().map(String::strip).filter((one) -> !one.isEmpty()).toList()
				: List.of();
		for (String line : lines) {
			HostKey key = ofLine(line);
			if (key == null || keys.size() == MOST_HOST_KEYS) {
				faults.add(new FieldFault("keys",
						(key == null)
								? "have a line that is not a public key; copy the lines of"
										+ " /etc/ssh/ssh_host_*_key.pub from the node's own console"
								: "are more than " + MOST_HOST_KEYS + "; one of each type is enough"));
				return List.of();
			}
			keys.add(key);
		}
		if (keys.isEmpty()) {
			faults.add(new FieldFault("keys", "are missing; ask the node for them, or copy the lines of"
					+ " /etc/ssh/ssh_host_*_key.pub from its own console"));
		}
		return keys;
	}

	private static @Nullable HostKey ofLine(String line) {
		String[] words = line.split("\\s+", 3);
		if (words.length < 2 || !words[1].matches("[A-Za-z0-9+/]{40,4000}={0,2}")) {
			return null;
		}
		try {
			HostKey key = of(Base64.getDecoder().decode(words[1]));
			return key.type().equals(words[0]) ? key : null;
		}
		catch (RuntimeException ex) {
			return null; // no key
		}
	}

	/**
	 * A public key as it goes over the wire.
	 * @throws IllegalArgumentException if it is none
	 */
	public static HostKey of(byte[] blob) {
		String type = new String(part(ByteBuffer.wrap(blob)), StandardCharsets.US_ASCII);
		if (!type.matches("(?:ssh|ecdsa|sk)-[a-z0-9@.-]{2,60}")) {
			throw new IllegalArgumentException("not a public key");
		}
		return new HostKey(type, Base64.getEncoder().encodeToString(blob), fingerprint(blob));
	}

	private static String fingerprint(byte[] blob) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
			return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Java has SHA-256", ex);
		}
	}

	private static byte[] part(ByteBuffer from) {
		int length = from.getInt();
		if (length < 0 || length > from.remaining()) {
			throw new IllegalArgumentException("cut off");
		}
		byte[] part = new byte[length];
		from.get(part);
		return part;
	}

	private static boolean startsWith(byte[] bytes, byte[] start) {
		return bytes.length > start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
	}

}
