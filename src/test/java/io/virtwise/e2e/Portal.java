package io.virtwise.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.virtwise.Virtwise;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole portal on a free port of loopback, with a data folder of its own.
 */
final class Portal implements AutoCloseable {

	static final String ADMIN_PASSWORD = "a long walk by the sea";

	private final ConfigurableApplicationContext context;

	private final HttpClient http = HttpClient.newHttpClient();

	Portal(Path home) {
		// as arguments: they go before application.yaml, which default properties do not
		this.context = new SpringApplicationBuilder(Virtwise.class).run("--server.port=0", "--virtwise.home=" + home,
				"--virtwise.libvirt.allow-tcp=true",
				"--virtwise.credentials.key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
				"--VIRTWISE_ADMIN_PASSWORD=" + ADMIN_PASSWORD);
	}

	String url() {
		return "http://127.0.0.1:"
				+ java.util.Objects.requireNonNull(((WebServerApplicationContext) this.context).getWebServer())
					.getPort();
	}

	/**
	 * Calls the API as somebody (or nobody, for an empty name), and answers the body
	 * whatever the status.
	 */
	HttpResponse<String> call(String method, String path, String user, String password, String contentType,
			String body) {
		return call(method, path, user, password, contentType, body.getBytes(StandardCharsets.UTF_8));
	}

	/** The same with bytes that need not be text. */
	HttpResponse<String> call(String method, String path, String user, String password, String contentType,
			byte[] body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
		String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
		try {
			if (!user.isEmpty()) {
				request.header("Authorization", "Basic " + basic);
			}
			return this.http.send(request.header("Content-Type", contentType)
				.method(method, HttpRequest.BodyPublishers.ofByteArray(body))
				.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	/** Makes an account through the API, as the administrator does. */
	void account(String username, String displayName, String password, String role) {
		HttpResponse<String> response = call("POST", "/api/v1/users", "admin", ADMIN_PASSWORD, "application/json",
				"{\"username\":\"%s\",\"displayName\":\"%s\",\"password\":\"%s\",\"roles\":[\"%s\"]}"
					.formatted(username, displayName, password, role));
		if (response.statusCode() != 201) {
			throw new IllegalStateException("cannot make " + username + ": " + response.body());
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
