package io.virtwise.access.web;

import java.io.UnsupportedEncodingException;
import java.util.Objects;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

/**
 * The contract of {@code /api/v1/tokens}, and what a token opens.
 */
@AccessTest
class TokensApiTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void showsTheTokenOnceAndKeepsItsHash() {
		MvcTestResult made = make("ines", "{\"name\": \" nightly \", \"scopes\": [\"node:read\"]}");

		assertThat(made).hasStatus(201).hasHeader("Cache-Control", "no-store");
		String token = read(made, "$.token");
		String id = read(made, "$.id");
		assertThat(token).matches("vwt_[0-9a-z]{40}");
		assertThat(made).hasHeader("Location", "/api/v1/tokens/" + id)
			.bodyJson()
			.hasPathSatisfying("$.name", (name) -> assertThat(name).isEqualTo("nightly"))
			.hasPathSatisfying("$.prefix", (prefix) -> assertThat(prefix).isEqualTo(token.substring(0, 12)))
			.hasPathSatisfying("$.lastUsedAt", (at) -> assertThat(at).isNull());
		assertThat(this.mvc.get().uri("/api/v1/tokens").with(httpBasic("ines", "hypervisor-demo"))).hasStatusOk()
			.bodyText()
			.contains(id)
			.doesNotContain(token);
		assertThat(this.mvc.get().uri("/api/v1/tokens/" + id).with(httpBasic("ines", "hypervisor-demo"))).hasStatusOk()
			.bodyText()
			.doesNotContain(token);
		assertThat(this.jdbc.sql("select secret_sha256 from api_token where id = ?")
			.param(id)
			.query(String.class)
			.single()).matches("[0-9a-f]{64}").doesNotContain(token);
	}

	@Test
	void letsInAsThePersonAndNotesTheUse() {
		MvcTestResult made = make("mara", "{\"name\": \"users\", \"scopes\": [\"user:write\"]}");

		assertThat(bearer(read(made, "$.token"), "/api/v1/users")).hasStatusOk();
		assertThat(
				this.mvc.get().uri("/api/v1/tokens/" + read(made, "$.id")).with(httpBasic("mara", "hypervisor-demo")))
			.bodyJson()
			.hasPathSatisfying("$.lastUsedAt", (at) -> assertThat(at).isNotNull())
			.hasPathSatisfying("$.lastUsedFrom", (from) -> assertThat(from).isEqualTo("127.0.0.1"));
	}

	@Test
	void namesTheScopeThatIsMissing() {
		String token = read(make("mara", "{\"name\": \"n\", \"scopes\": [\"node:read\"]}"), "$.token");

		assertThat(bearer(token, "/api/v1/users")).hasStatus(403)
			.bodyJson()
			.hasPathSatisfying("$.type", (type) -> assertThat(type).isEqualTo("urn:virtwise:problem:missing-scope"))
			.hasPathSatisfying("$.missingRight", (right) -> assertThat(right).isEqualTo("user:write"))
			.hasPathSatisfying("$.detail",
					(detail) -> assertThat(detail).asString().contains("the scope user:write", "this token"));
	}

	@Test
	void doesNotDecideNorLookAfterUsersUnlessThatWasAskedFor() {
		assertThat(make("tomasz", "{\"name\": \"all\"}")).bodyJson()
			.hasPathSatisfying("$.scopes",
					(scopes) -> assertThat(scopes).asArray().contains("node:read").doesNotContain("change:decide"));
		assertThat(make("mara", "{}")).bodyJson()
			.hasPathSatisfying("$.scopes",
					(scopes) -> assertThat(scopes).asArray().contains("node:write").doesNotContain("user:write"));
		assertThat(make("tomasz", "{\"scopes\": [\"change:decide\"]}")).hasStatus(201);
	}

	@Test
	void hasNeverMoreThanThePersonHasNow() {
		this.jdbc.sql("insert into account_role select id, 'ADMIN' from account where username = 'jonas'").update();
		String token = read(make("jonas", "{\"name\": \"n\", \"scopes\": [\"user:write\"]}"), "$.token");
		assertThat(bearer(token, "/api/v1/users")).hasStatusOk();

		this.jdbc
			.sql("delete from account_role where role = 'ADMIN' and account_id = "
					+ "(select id from account where username = 'jonas')")
			.update();

		assertThat(bearer(token, "/api/v1/users")).hasStatus(403)
			.bodyText()
			.contains("urn:virtwise:problem:missing-right", "user:write", "none of your roles");
		assertThat(make("jonas", "{\"name\": \"n\", \"scopes\": [\"user:write\"]}")).hasStatus(400)
			.bodyText()
			.contains("\"field\":\"scopes\"", "none of your roles has");
	}

	@Test
	void opensNothingAfterItWasRevoked() {
		MvcTestResult made = make("sven", "{\"name\": \"n\", \"scopes\": []}");
		String token = read(made, "$.token");
		String id = read(made, "$.id");
		assertThat(bearer(token, "/api/v1/openapi.json")).hasStatusOk();

		assertThat(this.mvc.delete().uri("/api/v1/tokens/" + id).with(httpBasic("sven", "hypervisor-demo")))
			.hasStatus(204);

		assertThat(bearer(token, "/api/v1/openapi.json")).hasStatus(401)
			.hasHeader("WWW-Authenticate", "Bearer realm=\"Virtwise\", error=\"invalid_token\"")
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyText()
			.contains("urn:virtwise:problem:token-revoked");
		assertThat(this.mvc.delete().uri("/api/v1/tokens/" + id).with(httpBasic("sven", "hypervisor-demo")))
			.hasStatus(404);
		assertThat(this.mvc.get().uri("/api/v1/tokens").with(httpBasic("sven", "hypervisor-demo"))).bodyText()
			.doesNotContain(id);
	}

	@Test
	void opensNothingAfterItsEnd() {
		MvcTestResult made = make("sven", "{\"name\": \"n\", \"scopes\": []}");
		this.jdbc
			.sql("update api_token set created_at = timestamp '2020-01-01 00:00:00', expires_at = "
					+ "timestamp '2020-01-02 00:00:00' where id = ?")
			.param(read(made, "$.id"))
			.update();

		assertThat(bearer(read(made, "$.token"), "/api/v1/openapi.json")).hasStatus(401)
			.bodyText()
			.contains("urn:virtwise:problem:token-expired", "2020-01-02");
	}

	@Test
	void opensNothingWhileItsPersonIsDisabled() {
		String token = read(make("amara", "{\"name\": \"n\", \"scopes\": []}"), "$.token");
		this.jdbc.sql("update account set disabled = true where username = 'amara'").update();
		try {
			assertThat(bearer(token, "/api/v1/openapi.json")).hasStatus(401)
				.bodyText()
				.contains("urn:virtwise:problem:account-disabled");
		}
		finally {
			this.jdbc.sql("update account set disabled = false where username = 'amara'").update();
		}
		assertThat(bearer(token, "/api/v1/openapi.json")).hasStatusOk();
	}

	@ParameterizedTest
	@CsvSource({ "Bearer nonsense", "bearer", "Bearer ''", "BEARER vwt_0000000000000000000000000000000000000000" })
	void refusesWhatIsNoTokenOfOurs(String header) {
		assertThat(this.mvc.get().uri("/api/v1/openapi.json").header("Authorization", header)).hasStatus(401)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void isRefusedAlsoWhereASessionWouldDo() {
		MockHttpSession session = signIn("mara");
		assertThat(this.mvc.get().uri("/api/v1/users").session(session)).hasStatusOk();

		assertThat(this.mvc.get().uri("/api/v1/users").session(session).header("Authorization", "Bearer nonsense"))
			.hasStatus(401);
		assertThat(this.mvc.get().uri("/api/v1/users").session(session)).hasStatusOk();
	}

	@Test
	void needsNoCsrfTokenAndLeavesNoSession() {
		String token = read(make("mara", "{\"name\": \"n\", \"scopes\": [\"user:write\"]}"), "$.token");

		MvcTestResult made = this.mvc.post()
			.uri("/api/v1/users")
			.header("Authorization", "Bearer " + token)
			.header("Origin", "http://localhost")
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"username\": \"by-token\", \"password\": \"correct horse battery\", \"roles\": []}")
			.exchange();

		assertThat(made).hasStatus(201);
		assertThat(made.getRequest().getSession(false)).isNull();
		assertThat(made.getResponse().getHeader("Set-Cookie")).isNull();
	}

	@Test
	void makesNoTokensItself() {
		MvcTestResult first = make("mara", "{\"name\": \"n\"}");
		String token = read(first, "$.token");

		assertThat(this.mvc.post()
			.uri("/api/v1/tokens")
			.header("Authorization", "Bearer " + token)
			.contentType(MediaType.APPLICATION_JSON)
			.content("{}")).hasStatus(403).bodyText().contains("urn:virtwise:problem:not-by-token");
		assertThat(this.mvc.delete()
			.uri("/api/v1/tokens/" + read(first, "$.id"))
			.header("Authorization", "Bearer " + token)).hasStatus(403);
		assertThat(bearer(token, "/api/v1/tokens")).hasStatusOk();
	}

	@Test
	void hidesTheTokensOfOthersButFromAdministrators() {
		String id = read(make("ines", "{\"name\": \"n\"}"), "$.id");
		String ines = this.jdbc.sql("select id from account where username = 'ines'").query(String.class).single();

		assertThat(this.mvc.get().uri("/api/v1/tokens/" + id).with(httpBasic("sven", "hypervisor-demo")))
			.hasStatus(404);
		assertThat(this.mvc.delete().uri("/api/v1/tokens/" + id).with(httpBasic("sven", "hypervisor-demo")))
			.hasStatus(404);
		assertThat(this.mvc.get().uri("/api/v1/tokens?user=" + ines).with(httpBasic("sven", "hypervisor-demo")))
			.hasStatus(404);
		assertThat(this.mvc.get().uri("/api/v1/tokens?user=" + ines).with(httpBasic("mara", "hypervisor-demo")))
			.hasStatusOk()
			.bodyText()
			.contains(id);
		assertThat(this.mvc.delete().uri("/api/v1/tokens/" + id).with(httpBasic("mara", "hypervisor-demo")))
			.hasStatus(204);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"name": "  "}                          | name
			{"name": "a\\u0007b"}                   | name
			{"name": "n", "scopes": ["king"]}       | scopes
			{"name": "n", "scopes": [null]}         | scopes
			{"name": "n", "scopes": "node:read"}    | scopes
			{"name": "n", "expiresAt": "tomorrow"}  | expiresAt
			{"name": "n", "expiresAt": "2020-01-01"} | expiresAt
			{"name": "n", "expiresAt": "2099-01-01"} | expiresAt
			""")
	void namesTheFieldThatCannotBeTaken(String body, String field) {
		assertThat(make("ines", body)).hasStatus(400)
			.bodyJson()
			.hasPathSatisfying("$.errors[0].field", (name) -> assertThat(name).asString().startsWith(field));
	}

	@Test
	void tellsTheWholeStoryOnThePage() throws UnsupportedEncodingException {
		MockHttpSession session = signIn("tomasz");
		assertThat(this.mvc.get().uri("/tokens").session(session)).hasStatusOk()
			.bodyText()
			.contains("change:decide")
			.doesNotContain("user:write");

		MvcTestResult made = this.mvc.post()
			.uri("/tokens")
			.session(session)
			.with(csrf())
			.param("name", "pipe <line>")
			.param("scopes", "node:read")
			.exchange();

		assertThat(made).hasStatusOk()
			.bodyText()
			.contains("pipe &lt;line&gt;", "Copy it now")
			.containsPattern("vwt_[0-9a-z]{40}");
		assertThat(this.mvc.post().uri("/tokens").session(session).with(csrf()).param("name", "")).hasStatus(422)
			.bodyText()
			.contains("say what the token is for");
		String id = this.jdbc.sql("select id from api_token where name = 'pipe <line>'").query(String.class).single();
		assertThat(this.mvc.post().uri("/tokens/" + id + "/revoke").session(session).with(csrf()))
			.hasRedirectedUrl("/tokens");
		assertThat(this.mvc.get().uri("/tokens").session(session).exchange().getResponse().getContentAsString())
			.doesNotContain(id);
	}

	private MvcTestResult make(String username, String body) {
		return this.mvc.post()
			.uri("/api/v1/tokens")
			.with(httpBasic(username, "hypervisor-demo"))
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	private MvcTestResult bearer(String token, String path) {
		return this.mvc.get().uri(path).header("Authorization", "Bearer " + token).exchange();
	}

	private MockHttpSession signIn(String username) {
		MvcTestResult result = this.mvc.post()
			.uri("/signin")
			.param("username", username)
			.param("password", "hypervisor-demo")
			.with(csrf())
			.exchange();
		return (MockHttpSession) Objects.requireNonNull(result.getRequest().getSession(false));
	}

	private static String read(MvcTestResult result, String path) {
		try {
			return JsonPath.read(result.getResponse().getContentAsString(), path);
		}
		catch (UnsupportedEncodingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
