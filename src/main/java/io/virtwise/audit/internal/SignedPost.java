package io.virtwise.audit.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts a body that the receiver can check: {@code Virtwise-Signature: t=SECONDS,v1=HEX},
 * where HEX is the HMAC-SHA-256 of {@code SECONDS.BODY}. Follows no redirect.
 */
final class SignedPost {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final PlainPost http = new PlainPost(LIMIT);

	/**
	 * Sends it once.
	 * @param at the addresses of the host, of which the first that answers is taken
	 * @return the HTTP status
	 * @throws IOException if there was no answer
	 */
	int send(URI to, List<InetAddress> at, String secret, String type, String body, Map<String, String> headers,
			Instant now) throws IOException {
		Map<String, String> all = new LinkedHashMap<>(headers);
		all.put("Content-Type", type);
		all.put("User-Agent", "Virtwise");
		all.put("Virtwise-Signature", signature(secret, body, now));
		return this.http.send(to, at, all, body.getBytes(StandardCharsets.UTF_8));
	}

	static String signature(String secret, String body, Instant now) {
		long seconds = now.getEpochSecond();
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			byte[] code = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
			return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(code);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every Java platform has HMAC-SHA-256", ex);
		}
	}

}
