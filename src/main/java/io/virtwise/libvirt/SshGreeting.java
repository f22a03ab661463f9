package io.virtwise.libvirt;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.virtwise.node.HostKey;
import io.virtwise.node.SshKeys;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a conversation with an sshd (RFC 4253 and 5656), as far as its host
 * key. It ends there: nobody signs in, and no secret is agreed on.
 */
final class SshGreeting {

	private static final int DISCONNECT = 1;

	private static final int KEXINIT = 20;

	private static final int KEX_ECDH_INIT = 30;

	private static final int KEX_ECDH_REPLY = 31;

	private static final int LONGEST_PACKET = 35_000;

	private static final int MOST_LINES = 100;

	private static final int BLOCK = 8;

	private static final List<String> EXCHANGES = List.of("curve25519-sha256", "curve25519-sha256@libssh.org",
			"ecdh-sha2-nistp256");

	private static final String CIPHERS = "aes128-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com,"
			+ "chacha20-poly1305@openssh.com,aes128-cbc";

	private static final String MACS = "hmac-sha2-256,hmac-sha2-512,hmac-sha2-256-etm@openssh.com,"
			+ "hmac-sha2-512-etm@openssh.com,hmac-sha1";

	private final SecureRandom random = new SecureRandom();

	private final DataInputStream in;

	private final OutputStream out;

	private final Deadline deadline;

	SshGreeting(Socket socket, Deadline deadline) throws IOException {
		this.in = new DataInputStream(socket.getInputStream());
		this.out = socket.getOutputStream();
		this.deadline = deadline;
	}

	/**
	 * The server's key of the first of these sorts that it has; {@code null} if it has
	 * none of them.
	 */
	@Nullable HostKey hostKey(List<String> sorts) throws IOException {
		write(this.out, "SSH-2.0-Virtwise\r\n".getBytes(StandardCharsets.US_ASCII));
		readVersion();
		ByteBuffer offer = packet(KEXINIT);
		if (offer.remaining() < 16) {
			throw new StreamCorruptedException("cut off");
		}
		offer.position(offer.position() + 16); // the cookie
		List<String> exchanges = names(offer);
		List<String> theirs = names(offer);
		Optional<String> sort = sorts.stream().filter(theirs::contains).findFirst();
		if (sort.isEmpty()) {
			return null;
		}
		String exchange = EXCHANGES.stream()
			.filter(exchanges::contains)
			.findFirst()
			.orElseThrow(() -> new StreamCorruptedException("no common key exchange"));
		send(offerOf(exchange, sort.get()));
		send(concat(new byte[] { KEX_ECDH_INIT }, string(freshPublicKey(exchange))));
		ByteBuffer reply = packet(KEX_ECDH_REPLY);
		byte[] blob = bytes(reply);
		try {
			return SshKeys.of(blob);
		}
		catch (IllegalArgumentException ex) {
			throw new StreamCorruptedException("no host key");
		}
	}

	/** A server may say other things before its version. */
	private void readVersion() throws IOException {
		for (int lines = 0; lines < MOST_LINES; lines++) {
			StringBuilder line = new StringBuilder();
			for (int c = this.in.read(); c != '\n'; c = this.in.read()) {
				if (c < 0 || line.length() > 255 || this.deadline.passed()) {
					throw new EOFException("no version");
				}
				line.append((char) c);
			}
			if (line.indexOf("SSH-2.0-") == 0 || line.indexOf("SSH-1.99-") == 0) {
				return;
			}
		}
		throw new StreamCorruptedException("no version");
	}

	/** The next packet of this type, after its type; others may come in between. */
	private ByteBuffer packet(int type) throws IOException {
		for (int packets = 0; packets < MOST_LINES; packets++) {
			if (this.deadline.passed()) {
				throw new SocketTimeoutException("too slow");
			}
			int length = this.in.readInt();
			if (length < BLOCK || length > LONGEST_PACKET) {
				throw new StreamCorruptedException("a packet of " + length + " bytes");
			}
			byte[] packet = this.in.readNBytes(length);
			if (packet.length < length || packet[0] < 0 || packet[0] + 2 > length) {
				throw new EOFException("half a packet");
			}
			int kind = packet[1];
			if (kind == type) {
				return ByteBuffer.wrap(packet, 2, length - packet[0] - 2);
			}
			if (kind == DISCONNECT) {
				throw new EOFException("the server hung up");
			}
		}
		throw new StreamCorruptedException("packets of other types only");
	}

	private void send(byte[] payload) throws IOException {
		int padding = BLOCK - (payload.length + 5) % BLOCK;
		padding = (padding < 4) ? padding + BLOCK : padding;
		byte[] filling = new byte[padding];
		this.random.nextBytes(filling);
		byte[] head = ByteBuffer.allocate(5).putInt(payload.length + padding + 1).put((byte) padding).array();
		write(this.out, concat(concat(head, payload), filling));
	}

	private byte[] offerOf(String exchange, String sort) throws IOException {
		ByteArrayOutputStream offer = new ByteArrayOutputStream();
		byte[] cookie = new byte[16];
		this.random.nextBytes(cookie);
		offer.write(KEXINIT);
		write(offer, cookie);
		for (String names : List.of(exchange, sort, CIPHERS, CIPHERS, MACS, MACS, "none", "none", "", "")) {
			write(offer, string(names.getBytes(StandardCharsets.US_ASCII)));
		}
		write(offer, new byte[5]); // no guess follows; reserved
		return offer.toByteArray();
	}

	private static byte[] freshPublicKey(String exchange) throws IOException {
		try {
			if (exchange.startsWith("curve25519")) {
				XECPublicKey key = (XECPublicKey) KeyPairGenerator.getInstance("X25519").generateKeyPair().getPublic();
				return reversed(fixed(key.getU()));
			}
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			ECPublicKey key = (ECPublicKey) generator.generateKeyPair().getPublic();
			return concat(concat(new byte[] { 4 }, fixed(key.getW().getAffineX())), fixed(key.getW().getAffineY()));
		}
		catch (GeneralSecurityException ex) {
			throw new IOException("no key could be made", ex);
		}
	}

	/** A number in 32 bytes. */
	private static byte[] fixed(BigInteger number) {
		byte[] bytes = number.toByteArray();
		byte[] fixed = new byte[32];
		int from = Math.max(0, bytes.length - 32);
		System.arraycopy(bytes, from, fixed, 32 - (bytes.length - from), bytes.length - from);
		return fixed;
	}

	private static byte[] reversed(byte[] bytes) {
		byte[] reversed = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			reversed[i] = bytes[bytes.length - 1 - i];
		}
		return reversed;
	}

	private static List<String> names(ByteBuffer from) throws IOException {
		return Arrays.asList(new String(bytes(from), StandardCharsets.US_ASCII).split(",", -1));
	}

	private static byte[] bytes(ByteBuffer from) throws IOException {
		if (from.remaining() < 4) {
			throw new StreamCorruptedException("cut off");
		}
		int length = from.getInt();
		if (length < 0 || length > from.remaining()) {
			throw new StreamCorruptedException("cut off");
		}
		byte[] bytes = new byte[length];
		from.get(bytes);
		return bytes;
	}

	private static byte[] string(byte[] content) {
		return ByteBuffer.allocate(4 + content.length).putInt(content.length).put(content).array();
	}

	private static byte[] concat(byte[] first, byte[] second) {
		return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
	}

	private static void write(OutputStream to, byte[] bytes) throws IOException {
		to.write(bytes);
		to.flush();
	}

}
