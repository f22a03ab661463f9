package io.virtwise;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import io.virtwise.RightsTable.Row;
import io.virtwise.access.Right;
import io.virtwise.access.Role;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts that PostgreSQL does not keep, in every field of every route: they are refused in
 * words or replaced where everybody can see it, and never end as a failure of the portal.
 */
@OnBothDatabases
class UnstorableTextIT {

	private static final String PASSWORD = "a long walk by the sea";

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** What bodies hold that are read as a tree, so that no type names it. */
	private static final Map<String, List<String>> TREES = Map.of("/api/v1/nodes",
			List.of("name", "host", "user", "group", "release", "credential", "novaConfPath", "writeMode", "labels"),
			"/api/v1/credentials", List.of("name", "kind", "user", "certificate", "caCertificate", "privateKey"));

	private final Database database;

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	private final List<String> failed = new ArrayList<>();

	private final Map<String, String> objects = new LinkedHashMap<>();

	private @Nullable ConfigurableApplicationContext portal;

	private String url = "";

	private String token = "";

	private String csrf = "";

	private int asked;

	private int refused;

	UnstorableTextIT(Database database) {
		this.database = database;
	}

	@AfterEach
	void stop() {
		if (this.portal != null) {
			this.portal.close();
		}
	}

	@Test
	void aZeroCharacterIsRefusedOrShownAndNeverAFailure(@TempDir Path home) throws Exception {
		Assumptions.assumeTrue(this.database.name().equals("PostgreSQL"), "H2 keeps every character");
		start(home);
		noFieldOfAnyRouteFails();
		aFormIsShownAgainWithAllThatWasInIt();
		aBodyIsRefusedByTheNameOfItsField();
		evidenceIsTakenAndSaysWhatWasReplaced();
		whoSignsInWithOneIsJustNobody();
	}

	private void noFieldOfAnyRouteFails() throws Exception {
		for (Map.Entry<Row, List<MethodParameter>> route : routes().entrySet()) {
			Row row = route.getKey();
			if (row.isApi() && row.method().matches("POST|PUT|PATCH")) {
				body(row, route.getValue());
			}
			fields(row, route.getValue());
		}

		assertThat(this.failed).as("of %d requests, %d refused", this.asked, this.refused).isEmpty();
		assertThat(this.refused).as("of %d requests", this.asked).isGreaterThan(120);
	}

	private void aFormIsShownAgainWithAllThatWasInIt() throws Exception {
		HttpResponse<String> page = form("/nodes",
				"name=cmp%00-7&host=cmp-7.example&transport=ssh&port=22&labels=a=1%0Ab=%002");
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("name=\"name\" value=\"cmp-7\"", "zero character at place 4", ">a=1\nb=2<",
				"type=\"hidden\" name=\"host\" value=\"cmp-7.example\"", "action=\"/nodes\"", "Send again");
		assertThat(page.body().split("name=\"host\"", -1)).as("once").hasSize(2);
		assertThat(page.body().split("name=\"name\"", -1)).as("once").hasSize(2);
		HttpResponse<String> password = form("/password", "present=secret-one&password=x%00&repeated=x%00");
		assertThat(password.statusCode()).isEqualTo(400);
		assertThat(password.body()).contains("Type it again").doesNotContain("secret-one");
		HttpResponse<String> query = send(HttpRequest.newBuilder(URI.create(this.url + "/audit?person=a%00b")));
		assertThat(query.statusCode()).isEqualTo(400);
		assertThat(query.body()).contains("person", "zero character at place 2");
	}

	private void aBodyIsRefusedByTheNameOfItsField() throws Exception {
		HttpResponse<String> nested = api("/api/v1/changes",
				"{\"nodes\": [\"x\"], \"reason\": \"r\", \"settings\": [{\"section\": \"libvirt\", \"option\": \"virt_type\","
						+ " \"value\": \"k\\u0000vm\"}]}");
		assertThat(nested.statusCode()).isEqualTo(400);
		assertThat(nested.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
		assertThat(JsonPath.<String>read(nested.body(), "$.errors[0].field")).isEqualTo("settings.0.value");
		assertThat(JsonPath.<String>read(nested.body(), "$.errors[0].message")).contains("zero character",
				"take it out");
		HttpResponse<String> half = api("/api/v1/nodes", "{\"name\": \"a\\ud800\", \"labels\": {\"a\\u0000\": \"b\"}}");
		assertThat(half.statusCode()).isEqualTo(400);
		assertThat(JsonPath.<List<String>>read(half.body(), "$.errors[*].field")).containsExactly("name",
				"labels.a\u2400");
		assertThat(api("/api/v1/rulebase/drafts", "{\"message\": \"\\ud83d\\ude00\"}").statusCode())
			.as("a whole character of two halves")
			.isEqualTo(201);
		HttpRequest.Builder invalid = HttpRequest.newBuilder(URI.create(this.url + "/api/v1/nodes"))
			.header("Authorization", "Bearer " + this.token)
			.header("Content-Type", "application/json");
		HttpResponse<String> bytes = send(invalid
			.POST(BodyPublishers.ofByteArray("{\"name\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1))));
		assertThat(bytes.statusCode()).isEqualTo(400);
		assertThat(bytes.body()).contains("urn:virtwise:problem:invalid");
	}

	private void evidenceIsTakenAndSaysWhatWasReplaced() throws Exception {
		String log = "\"[    0.1] kvm: disabled by bios\\u0000\\u0000\\n\\ud800\"";
		String node = Objects.requireNonNull(this.objects.get("/nodes/"));
		for (String path : new String[] { "/api/v1/assessments", "/api/v1/nodes/" + node + "/facts" }) {
			HttpResponse<String> answer = api(path, "{\"kernel-log\": " + log + ", \"release\": \"2\\u00006\"}");
			assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
			assertThat(answer.body()).contains("Zero characters were found at one place in", "replaced by \u2400",
					"disabled by bios");
		}
		String boundary = "----x";
		String parts = "--" + boundary
				+ "\r\nContent-Disposition: form-data; name=\"nova-conf\"; filename=\"nova.conf\""
				+ "\r\n\r\n[libvirt]\nvirt_type = k\u0000vm\n\r\n--" + boundary + "--\r\n";
		HttpResponse<String> uploaded = send(
				HttpRequest.newBuilder(URI.create(this.url + "/api/v1/nodes/" + node + "/facts"))
					.header("Authorization", "Bearer " + this.token)
					.header("Content-Type", "multipart/form-data; boundary=" + boundary)
					.POST(BodyPublishers.ofString(parts)));
		assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(200);
		assertThat(uploaded.body()).contains("Zero characters were found at one place in nova.conf");
	}

	private void whoSignsInWithOneIsJustNobody() throws Exception {
		String basic = Base64.getEncoder().encodeToString("ad\u0000min:x".getBytes(StandardCharsets.UTF_8));
		HttpResponse<String> called = this.http.send(HttpRequest.newBuilder(URI.create(this.url + "/api/v1/nodes"))
			.header("Authorization", "Basic " + basic)
			.build(), BodyHandlers.ofString());
		assertThat(called.statusCode()).isEqualTo(401);
		HttpResponse<String> page = form("/signin", "username=ad%00min&password=x");
		assertThat(page.statusCode()).isEqualTo(302);
		assertThat(page.headers().firstValue("Location").orElse("")).contains("/signin");
	}

	private HttpResponse<String> form(String path, String fields) throws Exception {
		return send(HttpRequest.newBuilder(URI.create(this.url + path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("_csrf=" + this.csrf + "&" + fields)));
	}

	private HttpResponse<String> api(String path, String body) throws Exception {
		return send(HttpRequest.newBuilder(URI.create(this.url + path))
			.header("Authorization", "Bearer " + this.token)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body)));
	}

	private void body(Row row, List<MethodParameter> parameters) throws Exception {
		String sent = (row.sent() != null && row.sent().startsWith("json ")) ? row.sent().substring(5) : "{}";
		ObjectNode whole = (ObjectNode) JSON.readTree(sent);
		Set<String> names = new LinkedHashSet<>(whole.propertyNames());
		TREES.forEach((path, fields) -> names.addAll(row.path().startsWith(path) ? fields : List.of()));
		for (MethodParameter parameter : parameters) {
			if (parameter.hasParameterAnnotation(RequestBody.class)) {
				names.addAll(texts(parameter.getParameterType()));
			}
		}
		for (String name : names) {
			ObjectNode one = whole.deepCopy();
			one.put(name, "ODD");
			String value = name.endsWith("s") ? "[\"a\\u0000b\"]" : "\"a\\u0000b\"";
			String body = one.toString().replace("\"ODD\"", value);
			expect(row + " " + body, to(row).header("Content-Type", "application/json")
				.method(row.method(), BodyPublishers.ofString(body)));
		}
	}

	private void fields(Row row, List<MethodParameter> parameters) throws Exception {
		Map<String, String> whole = new TreeMap<>();
		if (row.sent() != null && row.sent().matches("(?s)(form|query) .*")) {
			for (String pair : row.sent().split(" ", 2)[1].split("&", -1)) {
				whole.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
			}
		}
		Set<String> names = new LinkedHashSet<>(whole.keySet());
		for (MethodParameter parameter : parameters) {
			RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
			if (named != null) {
				names.add(named.name().isEmpty() ? Objects.requireNonNull(parameter.getParameterName()) : named.name());
			}
			else if (parameter.getParameterAnnotations().length == 0
					|| (!parameter.hasParameterAnnotation(RequestBody.class)
							&& !parameter.hasParameterAnnotation(PathVariable.class))) {
				names.addAll(texts(parameter.getParameterType()));
			}
		}
		for (String name : names) {
			Map<String, String> one = new TreeMap<>(whole);
			one.put(name, "a%00b");
			String form = one.entrySet()
				.stream()
				.map((pair) -> pair.getKey() + "=" + pair.getValue())
				.collect(Collectors.joining("&"));
			if (row.method().equals("POST") && !row.isApi()) {
				expect(row + " " + form, to(row).header("Content-Type", "application/x-www-form-urlencoded")
					.POST(BodyPublishers.ofString("_csrf=" + this.csrf + "&" + form)));
			}
			else {
				expect(row + "?" + form,
						HttpRequest.newBuilder(URI.create(this.url + path(row) + "?" + form))
							.header("Authorization", "Bearer " + this.token)
							.method(row.method(), BodyPublishers.noBody()));
			}
		}
	}

	private void expect(String what, HttpRequest.Builder request) throws Exception {
		HttpResponse<String> answer = send(request);
		this.asked++;
		if (answer.statusCode() >= 500) {
			this.failed.add(what + ": " + answer.statusCode());
		}
		if (answer.body().contains("zero character") || answer.body().contains("half of a character")) {
			this.refused++;
		}
	}

	private HttpRequest.Builder to(Row row) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path(row)));
		return row.isApi() ? request.header("Authorization", "Bearer " + this.token) : request;
	}

	/** Of an object that is there, so that as much as possible is done. */
	private String path(Row row) {
		String known = this.objects.entrySet()
			.stream()
			.filter((object) -> row.path().replace("/api/v1", "").startsWith(object.getKey()))
			.findFirst()
			.map(Map.Entry::getValue)
			.orElse("nosuchid000000000000");
		return row.filled(known, "nosuchid000000000000").replace("**", "x");
	}

	/** The names under which a form or a body gives this type its texts. */
	private static Set<String> texts(Class<?> type) {
		if (!type.isRecord()) {
			return Set.of();
		}
		return Arrays.stream(type.getRecordComponents())
			.filter((component) -> isText(component))
			.map(RecordComponent::getName)
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static boolean isText(RecordComponent component) {
		Type type = component.getGenericType();
		return type == String.class || component.getType() == JsonNode.class || component.getType().isRecord()
				|| type instanceof ParameterizedType;
	}

	private Map<Row, List<MethodParameter>> routes() {
		Map<Row, List<MethodParameter>> routes = new LinkedHashMap<>();
		Map<String, List<MethodParameter>> handlers = new LinkedHashMap<>();
		Objects.requireNonNull(this.portal)
			.getBeansOfType(RequestMappingInfoHandlerMapping.class)
			.values()
			.forEach((mapping) -> mapping.getHandlerMethods()
				.forEach((info, handler) -> info.getPatternValues()
					.forEach((path) -> info.getMethodsCondition().getMethods().forEach((method) -> {
						handlers.computeIfAbsent(method + " " + path, (key) -> new ArrayList<>())
							.addAll(Arrays.asList(handler.getMethodParameters()));
					}))));
		RightsTable.rows().forEach((name, row) -> {
			if (!name.matches(".*/(events|probe|check|ask|test)")) { // those wait for
																		// others
				routes.put(row, handlers.getOrDefault(name, List.of()));
			}
		});
		return routes;
	}

	private void start(Path home) throws Exception {
		this.portal = new SpringApplicationBuilder(Virtwise.class).run("--server.port=0", "--virtwise.home=" + home,
				"--spring.datasource.url=" + this.database.url(),
				"--spring.datasource.username=" + this.database.user(), "--spring.datasource.password=",
				"--VIRTWISE_ADMIN_PASSWORD=" + PASSWORD,
				"--virtwise.credentials.key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
		this.url = "http://127.0.0.1:"
				+ Objects.requireNonNull(((WebServerApplicationContext) this.portal).getWebServer()).getPort();
		String roles = Arrays.stream(Role.values())
			.map((role) -> "\"" + role.key() + "\"")
			.collect(Collectors.joining(","));
		made("admin", "/api/v1/users",
				"{\"username\": \"all\", \"password\": \"" + PASSWORD + "\", \"roles\": [" + roles + "]}");
		String scopes = Arrays.stream(Right.values())
			.map((right) -> "\"" + right.authority() + "\"")
			.collect(Collectors.joining(","));
		this.token = JsonPath
			.read(made("all", "/api/v1/tokens", "{\"name\": \"all\", \"scopes\": [" + scopes + "]}").body(), "$.token");
		this.objects.put("/nodes/", id(made("all", "/api/v1/nodes",
				"{\"name\": \"cmp-1\", \"host\": \"cmp-1.example\", \"release\": \"26\", \"transport\": \"ssh\"}")));
		this.objects.put("/rulebase/drafts/", id(made("all", "/api/v1/rulebase/drafts", "{\"message\": \"x\"}")));
		this.objects.put("/rules/drafts/", Objects.requireNonNull(this.objects.get("/rulebase/drafts/")));
		this.objects.put("/users/", id(made("admin", "/api/v1/users",
				"{\"username\": \"nemo\", \"password\": \"" + PASSWORD + "\", \"roles\": []}")));
		String page = send(HttpRequest.newBuilder(URI.create(this.url + "/signin"))).body();
		HttpResponse<String> in = send(HttpRequest.newBuilder(URI.create(this.url + "/signin"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("_csrf=" + token(page) + "&username=all&password="
					+ URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8))));
		assertThat(in.statusCode()).isEqualTo(302);
		this.csrf = token(send(HttpRequest.newBuilder(URI.create(this.url + "/nodes"))).body());
	}

	private HttpResponse<String> made(String username, String path, String body) throws Exception {
		HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(this.url + path))
			.header("Authorization",
					"Basic " + Base64.getEncoder()
						.encodeToString((username + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body)));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return answer;
	}

	private static String id(HttpResponse<String> made) {
		return JsonPath.read(made.body(), "$.id");
	}

	private static String token(String page) {
		Matcher token = CSRF.matcher(page);
		assertThat(token.find()).isTrue();
		return URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

}
