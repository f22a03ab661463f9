package io.virtwise.audit.internal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts a body that the receiver can check: {@code Virtwise-Signature: t=SECONDS,v1=HEX},
 * where HEX is the HMAC-SHA-256 of {@code SECONDS.BODY}. Follows no redirect.
 */
final class SignedPost {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final HttpClient http = HttpClient.newBuilder()
		.connectTimeout(LIMIT)
		.followRedirects(Redirect.NEVER)
		.build();

	/**
	 * Sends it once.
	 * @return the HTTP status
	 * @throws IOException if there was no answer
	 */
	int send(URI to, String secret, String type, String body, Map<String, String> headers, Instant now)
			throws IOException {
		HttpRequest.Builder request = HttpRequest.newBuilder(to)
			.timeout(LIMIT)
			.header("Content-Type", type)
			.header("User-Agent", "Virtwise")
			.header("Virtwise-Signature", signature(secret, body, now));
		headers.forEach(request::header);
		try {
			return this.http
				.send(request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
						HttpResponse.BodyHandlers.discarding())
				.statusCode();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
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
