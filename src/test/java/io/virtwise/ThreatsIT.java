package io.virtwise;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFactsReader;
import io.virtwise.facts.NodeFactsReader.NodeReading;
import io.virtwise.facts.NodeFactsReader.Reachability;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/**
 * Threats that only show over a real connection.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "virtwise.demo=true",
		"virtwise.admin-password=correct-horse-battery", "virtwise.home=target/threats",
		"virtwise.rollout.subscribers=50", "logging.level.root=info", "logging.level.io.virtwise=debug",
		"logging.level.org.springframework.web=debug",
		"spring.datasource.url=jdbc:h2:mem:threats;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH" })
@ExtendWith(OutputCaptureExtension.class)
class ThreatsIT {

	private static final String PASSWORD = "hypervisor-demo";

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	@LocalServerPort
	private int port;

	@MockitoBean
	private NodeFactsReader reader;

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeEach
	void nodesAnswer() {
		given(this.reader.reachability()).willReturn(new Reachability(true, "9.0.0", null));
		given(this.reader.read(any(), any()))
			.willReturn(new NodeReading(new Evidence(List.of(), "26", Intent.UNKNOWN), "9.0.0", "7.2.0", "cmp-1", 1024,
					4, List.of(), "[libvirt]\nvirt_type = qemu\n".getBytes(StandardCharsets.UTF_8), List.of()));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private HttpRequest.Builder to(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
	}

	private HttpRequest.Builder as(String username, String path) {
		return to(path).header("Authorization", basic(username, PASSWORD));
	}

	private static String basic(String username, String password) {
		return "Basic "
				+ Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	private String made(String path, String body) {
		HttpResponse<String> answer = send(
				as("mara", path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return JsonPath.read(answer.body(), "$.id");
	}

	private String change(String name) {
		String node = made("/api/v1/nodes",
				"{\"name\": \"%s\", \"host\": \"%s.example\", \"release\": \"26\"}".formatted(name, name));
		assertThat(send(as("mara", "/api/v1/nodes/" + node + "/probe").POST(BodyPublishers.noBody())).statusCode())
			.isEqualTo(200);
		return made("/api/v1/changes",
				"""
						{"nodes": ["%s"], "reason": "x", "settings": [{"section": "libvirt", "option": "virt_type", "value": "kvm"}]}"""
					.formatted(node));
	}

	private Socket follow(String change, String token) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
		socket.setSoTimeout(20_000);
		OutputStream out = socket.getOutputStream();
		out.write(("GET /api/v1/changes/" + change + "/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
				+ token + "\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII));
		out.flush();
		return socket;
	}

	private static String statusLine(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
			line.append((char) c);
		}
		return line.toString().strip();
	}

	@Test
	void refusesTheTwoHundredthFollowerPolitelyAndServesOthers() throws IOException {
		String change = change("cmp-sse");
		HttpResponse<String> made = send(as("mara", "/api/v1/tokens").header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"name\": \"follows\", \"scopes\": [\"change:read\", \"node:read\"]}")));
		String token = JsonPath.read(made.body(), "$.token"); // quicker than a password,
																// 200 times
		List<Socket> followers = new ArrayList<>();
		int followed = 0;
		int refused = 0;
		try {
			for (int i = 0; i < 200; i++) {
				Socket socket = follow(change, token);
				followers.add(socket);
				String status = statusLine(socket.getInputStream());
				assertThat(status).containsAnyOf(" 200", " 503");
				followed += status.contains(" 200") ? 1 : 0;
				refused += status.contains(" 503") ? 1 : 0;
			}
			assertThat(followed).isEqualTo(50);
			assertThat(refused).isEqualTo(150);
			HttpResponse<String> polite = send(as("mara", "/api/v1/changes/" + change + "/events"));
			assertThat(polite.body()).contains("urn:virtwise:problem:too-many-followers", "Reload the page");

			assertThat(send(as("ines", "/api/v1/nodes")).statusCode()).isEqualTo(200);
			assertThat(send(to("/signin").header("Accept", "text/html")).statusCode()).isEqualTo(200);
		}
		finally {
			for (Socket socket : followers) {
				socket.close();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "application/json, 413", "application/x-www-form-urlencoded, 415", "text/plain, 415" })
	void refusesFiftyMegabytesPolitelyAndServesOthers(String type, int status) {
		byte[] much = ("{\"cpuinfo\": \"" + "x".repeat(50_000_000) + "\"}").getBytes(StandardCharsets.US_ASCII);

		HttpResponse<String> answer = send(
				as("ines", "/api/v1/assessments").header("Content-Type", type).POST(BodyPublishers.ofByteArray(much)));

		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
		assertThat(send(as("ines", "/api/v1/nodes")).statusCode()).isEqualTo(200);
	}

	@Test
	void readsNoMoreOfAJsonBodyThanItsLimitWhateverLengthIsAnnounced() {
		byte[] much = ("{\"reason\": \"" + "x".repeat(40_000_000) + "\"}").getBytes(StandardCharsets.US_ASCII);
		for (String path : List.of("/api/v1/assessments", "/api/v1/changes")) {
			HttpResponse<String> answer = send(as("ines", path).header("Content-Type", "application/json")
				.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(much))));

			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
			assertThat(answer.body()).contains("urn:virtwise:problem:too-large", "larger than 32 MiB");
		}
	}

	@Test
	void refusesAnUploadOfPastedTextOfFiftyMegabytes() {
		String boundary = "----x";
		byte[] much = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"cpuinfo\"; filename=\"a\"\r\n\r\n"
				+ "x".repeat(50_000_000) + "\r\n--" + boundary + "--\r\n")
			.getBytes(StandardCharsets.US_ASCII);

		HttpResponse<String> answer = send(
				as("ines", "/api/v1/assessments").header("Content-Type", "multipart/form-data; boundary=" + boundary)
					.POST(BodyPublishers.ofByteArray(much)));

		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
		assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
	}

	@Test
	void answersWhatTheServerItselfRefusesInTheSameForm() throws IOException {
		for (String path : new String[] { "/api/v1/nodes/a%2fb", "/nodes/a%2fb", "/nodes/..%5c..%5cx",
				"/api/v1/nodes?q=%ff" }) {
			HttpResponse<String> answer = send(as("mara", path).header("Accept", "*/*"));
			boolean api = path.startsWith("/api");
			assertThat(answer.statusCode()).as(path).isEqualTo(400);
			assertThat(answer.headers().firstValue("Content-Type").orElse("")).as(path)
				.startsWith(api ? "application/problem+json" : "text/html");
			assertThat(answer.body()).as(path)
				.contains(api ? "urn:virtwise:problem:invalid" : "Virtwise")
				.doesNotContainIgnoringCase("tomcat")
				.doesNotContainIgnoringCase("apache");
			assertThat(answer.headers().map()).doesNotContainKey("server");
		}
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream()
				.write("GET /<script> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(all).contains(" 400").doesNotContainIgnoringCase("tomcat").doesNotContain("<script>");
		}
	}

	@Test
	void marksTheCookieOfASessionSecureWhereTheRequestIs() {
		String plain = send(to("/signin").header("Accept", "text/html")).headers()
			.firstValue("Set-Cookie")
			.orElseThrow();
		String secure = send(to("/signin").header("Accept", "text/html").header("X-Forwarded-Proto", "https")).headers()
			.firstValue("Set-Cookie")
			.orElseThrow();

		assertThat(plain).startsWith("VIRTWISE=").contains("HttpOnly", "SameSite=Lax").doesNotContain("Secure");
		assertThat(secure).startsWith("VIRTWISE=").contains("HttpOnly", "SameSite=Lax", "Secure");
	}

	@Test
	void opensNoSessionWhereTheApiRefusesABrowser() {
		HttpResponse<String> refused = send(as("mara", "/api/v1/nodes").header("Origin", "https://elsewhere.example")
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{}")));

		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(refused.body()).contains("urn:virtwise:problem:no-token");
		assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
	}

	/** Also with the log turned up. */
	@Test
	void neverWritesASecretToTheLog(CapturedOutput output) throws Exception {
		String secret = "planted-Secret-9c41";
		send(to("/api/v1/nodes").header("Authorization", basic("mara", secret)));
		send(to("/api/v1/nodes").header("Authorization", "Bearer vwt_" + secret));
		HttpResponse<String> page = send(to("/signin").header("Accept", "text/html"));
		Matcher csrf = CSRF.matcher(page.body());
		assertThat(csrf.find()).isTrue();
		String cookie = page.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
		HttpResponse<String> refused = send(to("/signin").header("Cookie", cookie)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("_csrf=" + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8)
					+ "&username=mara&password=" + secret)));
		assertThat(refused.statusCode()).isEqualTo(302);
		for (String body : new String[] {
				"{\"username\": \"planted\", \"password\": \"" + secret + "\", \"roles\": [\"requester\"]}",
				"{\"username\": 7, \"password\": \"" + secret + "\"" }) {
			send(as("mara", "/api/v1/users").header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(body)));
		}
		for (String path : new String[] { "/api/v1/webhooks", "/api/v1/credentials" }) {
			send(as("mara", path).header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(
						"{\"name\": \"planted\", \"url\": \"https://hooks.example.com/x\", \"kind\": \"ssh\", \"secret\": \""
								+ secret + "\", \"privateKey\": \"" + secret + "\"}")));
		}
		HttpResponse<String> assessed = send(
				as("ines", "/api/v1/assessments").header("Content-Type", "application/json")
					.POST(BodyPublishers.ofString("{\"nova-conf\": \"[DEFAULT]\\ntransport_url = rabbit://nova:"
							+ secret + "@mq\\n[database]\\npassword = " + secret + "\\n\"}")));
		assertThat(assessed.statusCode()).as(assessed.body()).isEqualTo(200);

		assertThat(output.getAll()).isNotEmpty().doesNotContain(secret);
	}

}
