package io.virtwise.access.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * As much of an OpenID Connect provider as signing in needs: discovery, keys, and a token
 * for a code that the test made.
 */
final class OidcProvider implements AutoCloseable {

	private final Map<String, JWTClaimsSet> codes = new ConcurrentHashMap<>();

	private final String client;

	private final RSAKey key;

	private final HttpServer server;

	OidcProvider(String client) {
		this.client = client;
		try {
			this.key = new RSAKeyGenerator(2048).keyID("k1").generate();
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (JOSEException | IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.createContext("/.well-known/openid-configuration", (exchange) -> json(exchange, 200, """
				{"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
				 "jwks_uri": "%1$s/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
				 "id_token_signing_alg_values_supported": ["RS256"]}""".formatted(issuer())));
		this.server.createContext("/keys",
				(exchange) -> json(exchange, 200, new JWKSet(this.key.toPublicJWK()).toString()));
		this.server.createContext("/token", this::token);
		this.server.start();
	}

	String issuer() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** What the provider would send the browser back with. */
	String code(Map<String, Object> claims, @Nullable String nonce) {
		Instant now = Clock.systemUTC().instant();
		JWTClaimsSet.Builder token = new JWTClaimsSet.Builder().issuer(issuer())
			.audience(this.client)
			.issueTime(Date.from(now))
			.expirationTime(Date.from(now.plusSeconds(300)))
			.claim("nonce", nonce);
		claims.forEach(token::claim);
		String code = UUID.randomUUID().toString();
		this.codes.put(code, token.build());
		return code;
	}

	private void token(HttpExchange exchange) throws IOException {
		String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		Map<String, String> fields = Arrays.stream(form.split("&"))
			.map((pair) -> pair.split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
		JWTClaimsSet claims = this.codes.remove(String.valueOf(fields.get("code")));
		if (claims == null) {
			json(exchange, 400, "{\"error\": \"invalid_grant\"}");
			return;
		}
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), claims);
			token.sign(new RSASSASigner(this.key));
			json(exchange, 200, "{\"access_token\": \"opaque\", \"token_type\": \"Bearer\", \"expires_in\": 300, "
					+ "\"id_token\": \"" + token.serialize() + "\"}");
		}
		catch (JOSEException ex) {
			throw new IOException(ex);
		}
	}

	private static void json(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
