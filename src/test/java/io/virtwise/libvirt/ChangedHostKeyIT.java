package io.virtwise.libvirt;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import com.jayway.jsonpath.JsonPath;
import io.virtwise.Virtwise;
import io.virtwise.node.HostKey;
import io.virtwise.node.SshKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole portal and a node behind a real sshd whose host key changes: nothing goes there
 * until a person compared the new one.
 */
class ChangedHostKeyIT {

	private static final String PASSWORD = "a long walk by the sea";

	private final HttpClient http = HttpClient.newHttpClient();

	private String url = "";

	@TempDir
	private Path dir;

	@Test
	void nothingGoesToANodeWithAnotherKeyUntilAPersonComparedIt() throws Exception {
		try (DemoFleet fleet = DemoFleet.start(1, null);
				NodeSshd sshd = new NodeSshd(this.dir, fleet.pid(1));
				ConfigurableApplicationContext portal = portal()) {
			this.url = "http://127.0.0.1:"
					+ Objects.requireNonNull(((WebServerApplicationContext) portal).getWebServer()).getPort();
			sshd.key("portal", "ed25519");
			sshd.key("host", "ed25519");
			sshd.key("anew", "ed25519");
			sshd.start("portal", "host");
			Path novaConf = fleet.path(1, "/etc/nova/nova.conf");
			String node = registered(fleet.node(1).port(), sshd.port());
			String change = approved(node);
			String before = Files.readString(novaConf);

			sshd.start("portal", "anew");
			HttpResponse<String> probe = call("sven", "POST", "/api/v1/nodes/" + node + "/probe", "");
			assertThat(probe.statusCode()).as(probe.body()).isGreaterThanOrEqualTo(400);
			assertThat(probe.body()).contains("shows another host key than the one that is known of it",
					"Known of it: " + key("host").fingerprint(), "Shown: " + key("anew").fingerprint());
			assertThat(start(change)).contains("shows another host key", key("host").fingerprint(),
					key("anew").fingerprint());
			assertThat(Files.readString(novaConf)).isEqualTo(before);
			assertThat(fleet.path(1, "/etc/nova").toFile().list()).containsOnly("nova.conf");
			assertThat(sshdLog().substring(sshdLog().lastIndexOf("Server listening"))).doesNotContain("Accepted");
			HttpResponse<String> audit = get("/api/v1/audit?action=node.host-key-changed");
			assertThat(JsonPath.<List<String>>read(audit.body(), "$.items[*].subjectId")).isNotEmpty()
				.containsOnly(node);
			assertThat(JsonPath.<String>read(audit.body(), "$.items[0].before")).contains(key("host").fingerprint());
			assertThat(JsonPath.<String>read(audit.body(), "$.items[0].after")).contains("nothing was sent there",
					key("anew").fingerprint());

			pin(node, "anew");
			assertThat(signInStep(node)).isEqualTo("The node lets the portal in.");
			assertThat(sshdLog().substring(sshdLog().lastIndexOf("Server listening"))).contains("Accepted publickey");
			if (!TransportsIT.sshStalls()) {
				assertThat(start(approved(node))).contains("restart-pending");
				assertThat(Files.readString(novaConf)).contains("cpu_model_extra_flags = pcid");
			}
			HttpResponse<String> verified = get("/api/v1/audit/verify");
			assertThat(JsonPath.<Boolean>read(verified.body(), "$.intact")).as(verified.body()).isTrue();
		}
	}

	/**
	 * A node that was read once, by a way that never stalls, and is reached by ssh with a
	 * compared key from now on.
	 */
	private String registered(int tcp, int ssh) throws Exception {
		for (String[] account : new String[][] { { "sven", "operator" }, { "tomasz", "approver" } }) {
			made("admin", "/api/v1/users", "{\"username\": \"%s\", \"password\": \"%s\", \"roles\": [\"%s\"]}"
				.formatted(account[0], PASSWORD, account[1]));
		}
		made("sven", "/api/v1/credentials", "{\"name\": \"fleet\", \"kind\": \"ssh\", \"privateKey\": %s}"
			.formatted(JsonMapper.shared().writeValueAsString(Files.readString(this.dir.resolve("portal")))));
		String node = made("sven", "/api/v1/nodes",
				("{\"name\": \"cmp-1\", \"host\": \"127.0.0.1\", \"port\": %d, \"transport\": \"tcp\","
						+ " \"release\": \"2024.1\", \"writeMode\": \"in-place\"}")
					.formatted(tcp));
		assertOk(call("sven", "POST", "/api/v1/nodes/" + node + "/probe", ""));
		assertOk(call("sven", "PATCH", "/api/v1/nodes/" + node,
				"{\"port\": %d, \"transport\": \"ssh\", \"user\": \"root\", \"credential\": \"fleet\"}"
					.formatted(ssh)));
		pin(node, "host");
		return node;
	}

	private String approved(String node) throws Exception {
		String change = made("sven", "/api/v1/changes", ("{\"nodes\": [\"%s\"], \"reason\": \"guests need it\","
				+ " \"settings\": [{\"section\": \"libvirt\", \"option\": \"cpu_model_extra_flags\", \"value\": \"pcid\"}]}")
			.formatted(node));
		HttpResponse<String> asked = call("sven", "POST", "/api/v1/changes/" + change + "/submit", "{}");
		assertOk(asked);
		String hash = JsonPath.read(asked.body(), "$.contentHash");
		assertOk(call("tomasz", "POST", "/api/v1/changes/" + change + "/approve",
				"{\"contentHash\": \"" + hash + "\"}"));
		return change;
	}

	/** Older clients of libvirt may stall over ssh, so it may take more than one try. */
	private String signInStep(String node) throws Exception {
		String detail = "";
		for (int i = 0; i < 5 && !detail.equals("The node lets the portal in."); i++) {
			HttpResponse<String> check = call("sven", "POST", "/api/v1/nodes/" + node + "/check", "");
			detail = JsonPath.<List<String>>read(check.body(), "$.steps[?(@.name == 'Sign-in')].detail")
				.stream()
				.findFirst()
				.orElse(check.body());
		}
		return detail;
	}

	private static void assertOk(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
	}

	/** What the change says of its node once it is settled. */
	private String start(String change) throws Exception {
		HttpResponse<String> started = call("sven", "POST", "/api/v1/changes/" + change + "/start", "{}");
		assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
		for (int i = 0; i < 1200; i++) {
			String report = get("/api/v1/changes/" + change).body();
			if (!JsonPath.<String>read(report, "$.status").equals("running")) {
				return report;
			}
			TimeUnit.MILLISECONDS.sleep(100);
		}
		throw new AssertionError("still running: " + get("/api/v1/changes/" + change).body());
	}

	private void pin(String node, String name) throws Exception {
		HttpResponse<String> pinned = call("sven", "PUT", "/api/v1/nodes/" + node + "/host-keys",
				"{\"keys\": [\"" + key(name).line() + "\"], \"compared\": true}");
		assertThat(pinned.statusCode()).as(pinned.body()).isEqualTo(200);
	}

	private HostKey key(String name) throws IOException {
		return SshKeys.hostKeys(Files.readString(this.dir.resolve(name + ".pub")), new ArrayList<>()).get(0);
	}

	private String sshdLog() throws IOException {
		return Files.readString(this.dir.resolve("sshd.log"));
	}

	private ConfigurableApplicationContext portal() {
		return new SpringApplicationBuilder(Virtwise.class).run("--server.port=0",
				"--virtwise.home=" + this.dir.resolve("home"), "--VIRTWISE_ADMIN_PASSWORD=" + PASSWORD,
				"--virtwise.libvirt.allow-tcp=true", "--virtwise.probe.deadline=60s",
				"--virtwise.credentials.key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
	}

	private String made(String username, String path, String body) throws Exception {
		HttpResponse<String> made = call(username, "POST", path, body);
		assertThat(made.statusCode()).as(path + made.body()).isEqualTo(201);
		return JsonPath.read(made.body(), "$.id");
	}

	private HttpResponse<String> get(String path) throws Exception {
		return call("admin", "GET", path, "");
	}

	private HttpResponse<String> call(String username, String method, String path, String body) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path))
			.header("Authorization",
					"Basic " + Base64.getEncoder()
						.encodeToString((username + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)))
			.method(method, BodyPublishers.ofString(body));
		if (!body.isEmpty()) {
			request.header("Content-Type", "application/json");
		}
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

}
