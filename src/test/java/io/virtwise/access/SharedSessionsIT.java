package io.virtwise.access;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.Virtwise;
import io.virtwise.testing.Canary;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two portals on one PostgreSQL share the sessions of their pages.
 */
@OnBothDatabases
class SharedSessionsIT {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private static final String PASSWORD = URLEncoder.encode("a long walk by the sea", StandardCharsets.UTF_8);

	private final Database database;

	private final HttpClient http = HttpClient.newHttpClient();

	private final List<ConfigurableApplicationContext> portals = new ArrayList<>();

	private final List<Process> processes = new ArrayList<>();

	SharedSessionsIT(Database database) {
		this.database = database;
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.portals.forEach(ConfigurableApplicationContext::close);
		for (Process process : this.processes) {
			process.destroy();
			if (!process.waitFor(20, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
	}

	@Test
	void onePortalKnowsWhoSignedInAtTheOther(@TempDir Path home) throws Exception {
		Assumptions.assumeTrue(this.database.name().equals("PostgreSQL"), "H2 is for one portal");
		String first = start(home.resolve("a"));
		String second = fork(home.resolve("b"));

		HttpResponse<String> page = get(first + "/signin", null, false);
		String before = cookie(page);
		String session = signIn(first, page, "admin");
		assertThat(session).as("another session id after signing in").isNotEqualTo(before);
		assertThat(get(first + "/users", before, false).statusCode()).as("the old id opens nothing").isEqualTo(302);

		assertThat(get(first + "/users", session, false).statusCode()).isEqualTo(200);
		HttpResponse<String> other = get(second + "/users", session, false);
		assertThat(other.statusCode()).isEqualTo(200);
		assertThat(other.body()).contains("Administrator");
		assertThat(sessions("select count(*) from web_session_attributes")).isPositive();
		assertThat(sessions("select min(max_inactive_interval) from web_session")).as("the idle limit").isEqualTo(3600);

		String flags = setCookie(get(second + "/signin", null, false));
		assertThat(flags).contains("HttpOnly", "SameSite=Lax").doesNotContain("Secure");
		assertThat(setCookie(get(second + "/signin", null, true))).contains("Secure", "HttpOnly", "SameSite=Lax");

		losesARightAtOnce(first, second, session, other);
		readsNoOtherObjects(home, first, second, session);

		assertThat(post(second + "/signout", session, csrf(other), "").statusCode()).isEqualTo(302);
		assertThat(get(first + "/users", session, false).statusCode()).as("signed out at the other").isEqualTo(302);
	}

	/** Who lost the role at one portal lost it for the session at the other. */
	private void losesARightAtOnce(String first, String second, String session, HttpResponse<String> page)
			throws Exception {
		assertThat(post(first + "/users", session, csrf(page),
				"username=vera&displayName=Vera&roles=auditor&password=" + PASSWORD)
			.statusCode()).isEqualTo(302);
		String id = this.database.jdbc()
			.sql("select id from account where username = 'vera'")
			.query(String.class)
			.single();
		String vera = signIn(second, get(second + "/signin", null, false), "vera");
		assertThat(get(second + "/audit", vera, false).statusCode()).isEqualTo(200);
		assertThat(post(first + "/users/" + id, session, csrf(page), "displayName=Vera&roles=requester").statusCode())
			.isEqualTo(302);
		assertThat(get(second + "/audit", vera, false).statusCode()).as("old session after role loss").isEqualTo(403);
	}

	/**
	 * Who can write to the database of sessions cannot run anything in a portal: the
	 * second one is started as people start it, by its main method.
	 */
	private void readsNoOtherObjects(Path home, String first, String second, String session) throws Exception {
		Path canary = home.resolve("canary");
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(new Canary(canary));
		}
		new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
		assertThat(canary).as("it sings where there is no filter").exists();
		Files.delete(canary);
		String victim = signIn(first, get(first + "/signin", null, false), "vera");
		int altered = this.database.jdbc()
			.sql("update web_session_attributes set attribute_bytes = :bytes where session_primary_id ="
					+ " (select primary_id from web_session where session_id = :id)")
			.param("bytes", bytes.toByteArray())
			.param("id",
					new String(Base64.getDecoder().decode(victim.substring("VIRTWISE=".length())),
							StandardCharsets.US_ASCII))
			.update();
		assertThat(altered).isPositive();

		assertThat(get(second + "/nodes", victim, false).statusCode()).as("whom it was about signs in again")
			.isEqualTo(302);
		assertThat(canary).doesNotExist();
		assertThat(get(second + "/users", session, false).statusCode()).as("others go on").isEqualTo(200);
	}

	private long sessions(String sql) {
		return this.database.jdbc().sql(sql).query(Long.class).single();
	}

	private String signIn(String portal, HttpResponse<String> page, String username)
			throws IOException, InterruptedException {
		HttpResponse<String> in = post(portal + "/signin", cookie(page), csrf(page),
				"username=" + username + "&password=" + PASSWORD);
		assertThat(in.statusCode()).isEqualTo(302);
		return cookie(in);
	}

	private List<String> arguments(Path home, int port) throws SQLException {
		try (Connection connection = this.database.dataSource().getConnection()) {
			return List.of("--server.port=" + port, "--virtwise.home=" + home,
					"--spring.datasource.url=" + connection.getMetaData().getURL(),
					"--spring.datasource.username=postgres", "--VIRTWISE_ADMIN_PASSWORD=a long walk by the sea");
		}
	}

	private String start(Path home) throws SQLException {
		ConfigurableApplicationContext portal = new SpringApplicationBuilder(Virtwise.class)
			.run(arguments(home, 0).toArray(String[]::new));
		this.portals.add(portal);
		return "http://127.0.0.1:"
				+ Objects.requireNonNull(((WebServerApplicationContext) portal).getWebServer()).getPort();
	}

	private String fork(Path home) throws Exception {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djna.encoding=UTF-8",
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
						Virtwise.class.getName()));
		command.addAll(arguments(home, port));
		Files.createDirectories(home);
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(home.resolve("log").toFile())
			.start();
		this.processes.add(process);
		String url = "http://127.0.0.1:" + port;
		for (int i = 0; i < 600; i++) {
			assertThat(process.isAlive()).as(Files.readString(home.resolve("log"))).isTrue();
			try {
				get(url + "/signin", null, false);
				return url;
			}
			catch (ConnectException ex) {
				Thread.sleep(200); // not up yet
			}
		}
		throw new AssertionError(Files.readString(home.resolve("log")));
	}

	private HttpResponse<String> get(String url, @Nullable String session, boolean tls)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/html");
		if (session != null) {
			request.header("Cookie", session);
		}
		if (tls) {
			request.header("X-Forwarded-Proto", "https");
		}
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String url, String session, String csrf, String form)
			throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url))
			.header("Cookie", session)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers
				.ofString("_csrf=" + URLEncoder.encode(csrf, StandardCharsets.UTF_8) + "&" + form))
			.build();
		return this.http.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static String setCookie(HttpResponse<String> response) {
		return response.headers()
			.allValues("Set-Cookie")
			.stream()
			.filter((value) -> value.startsWith("VIRTWISE="))
			.findFirst()
			.orElseThrow();
	}

	private static String cookie(HttpResponse<String> response) {
		return setCookie(response).split(";", 2)[0];
	}

	private static String csrf(HttpResponse<String> page) {
		Matcher token = CSRF.matcher(page.body());
		assertThat(token.find()).isTrue();
		return token.group(1);
	}

}
