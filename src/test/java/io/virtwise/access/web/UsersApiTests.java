package io.virtwise.access.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of {@code /api/v1/users}.
 */
@AccessTest
class UsersApiTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void createsAUserAndNeverShowsThePassword() {
		MvcTestResult created = send(HttpMethod.POST, "/api/v1/users", """
				{"username": " Ada.Byron ", "displayName": "Ada Byron", "password": "analytical engine no 1",
				 "roles": ["operator", "approver"]}""");

		assertThat(created).hasStatus(201);
		assertThat(created).bodyJson()
			.hasPathSatisfying("$.username", (username) -> assertThat(username).isEqualTo("ada.byron"))
			.hasPathSatisfying("$.roles",
					(roles) -> assertThat(roles).asArray().containsExactly("operator", "approver"))
			.doesNotHavePath("$.password")
			.doesNotHavePath("$.passwordHash");
		assertThat(created).headers()
			.hasHeaderSatisfying("Location", (at) -> assertThat(at.get(0)).startsWith("/api/v1/users/"));
		assertThat(this.jdbc.sql("select password_hash from account where username = 'ada.byron'")
			.query(String.class)
			.single()).startsWith("{bcrypt}$2a$").doesNotContain("engine");
		assertThat(get("ada.byron", "analytical engine no 1", "/api/v1/users")).hasStatus(403);
	}

	@Test
	void pagesAndSorts() {
		assertThat(get("mara", "hypervisor-demo", "/api/v1/users?page=0&size=2&sort=username,desc")).hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("$.items[0].username", (name) -> assertThat(name).isEqualTo("tomasz"))
			.hasPathSatisfying("$.items.length()", (count) -> assertThat(count).isEqualTo(2))
			.hasPathSatisfying("$.size", (size) -> assertThat(size).isEqualTo(2));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "size=0", "size=501", "page=-1", "page=one", "sort=password,asc", "sort=username,sideways" })
	void refusesPagingThatIsNotOfTheContract(String query) {
		String field = query.substring(0, query.indexOf('='));

		assertThat(get("mara", "hypervisor-demo", "/api/v1/users?" + query)).hasStatus(400)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.hasPathSatisfying("$.type", (type) -> assertThat(type).isEqualTo("urn:virtwise:problem:invalid"))
			.hasPathSatisfying("$.errors[0].field", (name) -> assertThat(name).isEqualTo(field));
	}

	@Test
	void namesEveryFieldThatCannotBeTaken() {
		assertThat(send(HttpMethod.POST, "/api/v1/users",
				"{\"username\": \"no blanks\", \"password\": \"short\", \"roles\": [\"king\"]}"))
			.hasStatus(400)
			.bodyJson()
			.hasPathSatisfying("$.errors[*].field",
					(fields) -> assertThat(fields).asArray().containsExactly("username", "password", "roles"));
	}

	@Test
	void refusesANameThatIsTaken() {
		assertThat(send(HttpMethod.POST, "/api/v1/users",
				"{\"username\": \"INES\", \"password\": \"correct horse battery\", \"roles\": []}"))
			.hasStatus(400)
			.bodyText()
			.contains("is taken");
	}

	@Test
	void answersAnUnknownUserWithNotFound() {
		assertThat(send(HttpMethod.PATCH, "/api/v1/users/nobody", "{\"disabled\": true}")).hasStatus(404)
			.bodyJson()
			.hasPathSatisfying("$.type", (type) -> assertThat(type).isEqualTo("urn:virtwise:problem:not-found"));
	}

	@Test
	void changesOnlyWhatIsGiven() {
		String id = create("grace", "compilers are nice");

		assertThat(send(HttpMethod.PATCH, "/api/v1/users/" + id, "{\"roles\": [\"auditor\"]}")).hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("$.roles", (roles) -> assertThat(roles).asArray().containsExactly("auditor"))
			.hasPathSatisfying("$.displayName", (name) -> assertThat(name).isEqualTo("grace"))
			.hasPathSatisfying("$.disabled", (off) -> assertThat(off).isEqualTo(false));
		assertThat(get("grace", "compilers are nice", "/api/v1/users")).hasStatus(403);
	}

	@Test
	void letsNobodyInWhoIsDisabledOrHasAnotherPasswordNow() {
		String id = create("linus", "just for fun 1991");

		send(HttpMethod.PATCH, "/api/v1/users/" + id, "{\"password\": \"some other words\"}");
		assertThat(get("linus", "just for fun 1991", "/api/v1/users")).hasStatus(401);
		assertThat(get("linus", "some other words", "/api/v1/users")).hasStatus(403);

		send(HttpMethod.PATCH, "/api/v1/users/" + id, "{\"disabled\": true}");
		assertThat(get("linus", "some other words", "/api/v1/users")).hasStatus(401);
	}

	@Test
	void keepsTheLastAdministrator() {
		String mara = id("mara");
		String admin = id("admin");
		assertThat(send(HttpMethod.PATCH, "/api/v1/users/" + admin, "{\"disabled\": true}")).hasStatusOk();
		try {
			assertThat(send(HttpMethod.PATCH, "/api/v1/users/" + mara, "{\"disabled\": true}")).hasStatus(409)
				.bodyText()
				.contains("urn:virtwise:problem:last-administrator");
			assertThat(send(HttpMethod.PATCH, "/api/v1/users/" + mara, "{\"roles\": [\"auditor\"]}")).hasStatus(409);
		}
		finally {
			send(HttpMethod.PATCH, "/api/v1/users/" + admin, "{\"disabled\": false}");
		}
	}

	static Stream<String> people() {
		return Stream.of("ines", "sven", "tomasz", "amara", "jonas");
	}

	@ParameterizedTest
	@MethodSource("people")
	void namesTheMissingRightToEverybodyElse(String username) {
		for (HttpMethod method : Arrays.asList(HttpMethod.GET, HttpMethod.POST)) {
			assertThat(this.mvc.method(method)
				.uri("/api/v1/users")
				.header("Authorization", basic(username, "hypervisor-demo"))
				.contentType(MediaType.APPLICATION_JSON)
				.content("{}")).hasStatus(403)
				.bodyJson()
				.hasPathSatisfying("$.missingRight", (right) -> assertThat(right).isEqualTo("user:write"));
		}
	}

	@Test
	void asksToSignIn() {
		assertThat(this.mvc.get().uri("/api/v1/users")).hasStatus(401)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.hasHeader("WWW-Authenticate", "Basic realm=\"Virtwise\", charset=\"UTF-8\"");
		assertThat(this.mvc.post().uri("/api/v1/users")).hasStatus(401);
		assertThat(get("mara", "wrong", "/api/v1/users")).hasStatus(401);
	}

	@Test
	void refusesBasicCredentialsThatABrowserRepeatsForAnotherSite() {
		assertThat(this.mvc.post()
			.uri("/api/v1/users")
			.header("Authorization", basic("mara", "hypervisor-demo"))
			.header("Origin", "https://elsewhere.example")
			.contentType(MediaType.APPLICATION_JSON)
			.content("{}")).hasStatus(403).bodyText().contains("urn:virtwise:problem:no-token");
	}

	@Test
	void keepsNoSessionForBasicCredentials() {
		MvcTestResult result = get("mara", "hypervisor-demo", "/api/v1/users");

		assertThat(result).hasStatusOk();
		assertThat(result.getRequest().getSession(false)).isNull();
	}

	@Test
	void saysWhereABodyCannotBeRead() {
		assertThat(send(HttpMethod.POST, "/api/v1/users", "{\"username\": ")).hasStatus(400)
			.bodyText()
			.contains("line 1");
		assertThat(send(HttpMethod.POST, "/api/v1/users", "{\"roles\": 7}")).hasStatus(400)
			.bodyJson()
			.hasPathSatisfying("$.errors[0].field", (field) -> assertThat(field).isEqualTo("roles"));
	}

	private String create(String username, String password) {
		assertThat(send(HttpMethod.POST, "/api/v1/users",
				"{\"username\": \"" + username + "\", \"password\": \"" + password + "\", \"roles\": [\"requester\"]}"))
			.hasStatus(201);
		return id(username);
	}

	private String id(String username) {
		return this.jdbc.sql("select id from account where username = ?").param(username).query(String.class).single();
	}

	private MvcTestResult send(HttpMethod method, String uri, String body) {
		return this.mvc.method(method)
			.uri(uri)
			.header("Authorization", basic("mara", "hypervisor-demo"))
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	private MvcTestResult get(String username, String password, String uri) {
		return this.mvc.get().uri(uri).header("Authorization", basic(username, password)).exchange();
	}

	private static String basic(String username, String password) {
		return "Basic "
				+ Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

}
