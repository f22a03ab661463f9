package io.virtwise.authoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.Virtwise;
import io.virtwise.testing.Database;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A replica of the portal on the database of a test, with one account for each role.
 */
final class RulePortal implements AutoCloseable {

	/** Writes rules. */
	static final String AMARA = "amara";

	/** Approves. */
	static final String TOMASZ = "tomasz";

	/** Administers. */
	static final String MARA = "mara";

	/** May ask for changes, and read. */
	static final String INES = "ines";

	static final String DRAFTS = "/api/v1/rulebase/drafts";

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final ConfigurableApplicationContext context;

	private static final String PASSWORD = "hypervisor-demo";

	private final HttpClient http = HttpClient.newHttpClient();

	private final Map<String, HttpClient> browsers = new ConcurrentHashMap<>();

	/**
	 * Starts a replica. A database that is still empty gets a rulebase of two rules
	 * first, as if an earlier version of the portal had come with it: that is built in a
	 * moment, and what this version comes with arrives as a draft.
	 */
	RulePortal(Database database) {
		SmallRulebase.keep(database);
		this.context = new SpringApplicationBuilder(Virtwise.class).run("--server.port=0",
				"--spring.datasource.url=" + database.url(), "--spring.datasource.username=" + database.user(),
				"--spring.datasource.password=", "--VIRTWISE_ADMIN_PASSWORD=" + PASSWORD,
				"--virtwise.home=" + folder());
		account(AMARA, "Amara Okafor", "rule-author");
		account("tomasz", "Tomasz Wilk", "approver");
		account("priya", "Priya Raman", "approver");
		account("sven", "Sven Koch", "operator");
		account("ines", "Ines Moreau", "requester");
		account("jonas", "Jonas Weber", "auditor");
		account("mara", "Mara Lindqvist", "admin");
	}

	/**
	 * Makes an account; another replica on the same database may have made it already.
	 */
	private void account(String username, String displayName, String role) {
		int status = post("admin", "/api/v1/users",
				"{\"username\":\"%s\",\"displayName\":\"%s\",\"password\":\"%s\",\"roles\":[\"%s\"]}"
					.formatted(username, displayName, PASSWORD, role))
			.statusCode();
		if (status != 201 && status != 409 && status != 400) {
			throw new IllegalStateException("cannot make " + username + ": " + status);
		}
	}

	private static Path folder() {
		try {
			return Files.createTempDirectory("virtwise-authoring");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	Object bean(String name) {
		return this.context.getBean(name);
	}

	HttpResponse<String> get(String user, String path) {
		return send(user, "GET", path, "application/json", "");
	}

	HttpResponse<String> post(String user, String path, String json) {
		return send(user, "POST", path, "application/json", json);
	}

	/** Writes a text, with further headers as name, value, name, value. */
	HttpResponse<String> put(String user, String path, String text, String... headers) {
		return send(user, "PUT", path, "text/plain;charset=UTF-8", text, headers);
	}

	HttpResponse<String> send(String user, String method, String path, String type, String body, String... headers) {
		return send(user, method, path, type, body.getBytes(StandardCharsets.UTF_8), headers);
	}

	HttpResponse<String> send(String user, String method, String path, String type, byte[] body, String... headers) {
		String basic = Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
			.header("Authorization", "Basic " + basic)
			.method(method, HttpRequest.BodyPublishers.ofByteArray(body));
		if (body.length > 0) {
			request.header("Content-Type", type);
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(this.http, request.build());
	}

	/** Begins a draft as Amara and gives its id. */
	String draft(int from, String message) {
		return json(post(AMARA, DRAFTS, "{\"from\":" + from + ",\"message\":\"" + message + "\"}")).get("id")
			.asString();
	}

	/** Edits a file of a draft as Amara: replaces a piece of its text. */
	void edit(String draft, String path, String from, String to) {
		HttpResponse<String> old = get(AMARA, DRAFTS + "/" + draft + "/files/" + path);
		if (!old.body().contains(from)) {
			throw new IllegalStateException(path + " does not hold " + from);
		}
		HttpResponse<String> put = put(AMARA, DRAFTS + "/" + draft + "/files/" + path, old.body().replace(from, to),
				"If-Match", old.headers().firstValue("ETag").orElseThrow());
		if (put.statusCode() != 200) {
			throw new IllegalStateException(put.body());
		}
	}

	/** A page as somebody who signed in with the form. */
	HttpResponse<String> page(String user, String path) {
		return browse(user, HttpRequest.newBuilder(URI.create(url() + path)).GET());
	}

	/** Sends a form from a page, with the page's token. */
	HttpResponse<String> submit(String user, String path, String... fields) {
		String token = token(browse(user, HttpRequest.newBuilder(URI.create(url() + "/rules")).GET()).body());
		return browse(user, form(path, token, fields));
	}

	private HttpResponse<String> browse(String user, HttpRequest.Builder request) {
		HttpClient browser = this.browsers.computeIfAbsent(user, this::signIn);
		return send(browser, request.build());
	}

	private HttpClient signIn(String user) {
		HttpClient browser = HttpClient.newBuilder()
			.cookieHandler(new CookieManager())
			.followRedirects(HttpClient.Redirect.NORMAL)
			.build();
		String token = token(send(browser, HttpRequest.newBuilder(URI.create(url() + "/signin")).build()).body());
		send(browser, form("/signin", token, "username", user, "password", PASSWORD).build());
		return browser;
	}

	private HttpRequest.Builder form(String path, String token, String... fields) {
		StringBuilder body = new StringBuilder("_csrf=").append(URLEncoder.encode(token, StandardCharsets.UTF_8));
		for (int at = 0; at < fields.length; at += 2) {
			body.append('&')
				.append(fields[at])
				.append('=')
				.append(URLEncoder.encode(fields[at + 1], StandardCharsets.UTF_8));
		}
		return HttpRequest.newBuilder(URI.create(url() + path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body.toString()));
	}

	private static String token(String page) {
		Matcher token = TOKEN.matcher(page);
		if (!token.find()) {
			throw new IllegalStateException("no token in the page: " + page);
		}
		return token.group(1);
	}

	private static HttpResponse<String> send(HttpClient client, HttpRequest request) {
		try {
			return client.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	/** Registers a node with facts and gives its id. */
	String node(String name, String cpuinfo) {
		String id = json(post("sven", "/api/v1/nodes",
				"{\"name\":\"" + name + "\",\"host\":\"" + name + ".example\",\"transport\":\"tls\"}"))
			.get("id")
			.asString();
		facts(id, cpuinfo);
		return id;
	}

	/** Hands facts of a node in. */
	void facts(String node, String cpuinfo) {
		HttpResponse<String> facts = post("sven", "/api/v1/nodes/" + node + "/facts",
				"{\"cpuinfo\":\"" + cpuinfo.replace("\n", "\\n").replace("\t", "\\t") + "\"}");
		if (facts.statusCode() >= 300) {
			throw new IllegalStateException(facts.body());
		}
	}

	static JsonNode json(HttpResponse<String> response) {
		return JSON.readTree(response.body());
	}

	/** What the portal assesses with now. */
	int revisionOfAssessments() {
		return json(send(AMARA, "POST", "/api/v1/assessments", "application/json", "{\"release\":\"26\"}"))
			.get("rulebase")
			.get("revision")
			.asInt();
	}

	String url() {
		return "http://127.0.0.1:"
				+ Objects.requireNonNull(((WebServerApplicationContext) this.context).getWebServer()).getPort();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
