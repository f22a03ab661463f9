package io.virtwise.access.web;

import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Signing in and out with the page, and what a session may do.
 */
@AccessTest
class SignInTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void letsThePersonInUnderANewSessionId() {
		MockHttpSession before = new MockHttpSession();
		String idBefore = before.getId();

		MvcTestResult result = this.mvc.post()
			.uri("/signin")
			.session(before)
			.with(asWithCookie(before))
			.param("username", " Ines ")
			.param("password", "hypervisor-demo")
			.with(csrf())
			.exchange();

		assertThat(result).hasStatus(302).hasRedirectedUrl("/");
		assertThat(session(result).getId()).isNotEqualTo(idBefore);
	}

	@Test
	void goesBackToThePageThatWasAskedFor() {
		MvcTestResult asked = this.mvc.get().uri("/users?page=1").accept(MediaType.TEXT_HTML).exchange();
		assertThat(asked).hasStatus(302).hasRedirectedUrl("/signin");
		MockHttpSession session = session(asked);

		assertThat(this.mvc.get().uri("/signin").session(session)).bodyText().contains("You come back to", "/users");
		assertThat(this.mvc.post()
			.uri("/signin")
			.session(session)
			.param("username", "mara")
			.param("password", "hypervisor-demo")
			.with(csrf())).hasRedirectedUrl("http://localhost/users?page=1");
	}

	@Test
	void keepsTheNameAndTellsNothingWhenRefusing() {
		MvcTestResult refused = this.mvc.post()
			.uri("/signin")
			.param("username", "nobody <here>")
			.param("password", "x")
			.with(csrf())
			.exchange();

		assertThat(refused).hasRedirectedUrl("/signin?refused=wrong&username=nobody+%3Chere%3E");
		assertThat(this.mvc.get().uri("/signin?refused=wrong&username=nobody <here>")).bodyText()
			.contains("Name or password is not right", "value=\"nobody &lt;here&gt;\"");
	}

	@Test
	void refusesTheRightPasswordTooWhileAnAccountRests() {
		for (int i = 0; i < 5; i++) {
			assertThat(trySignIn("jonas", "wrong", "10.0.0.7")).contains("refused=wrong");
		}

		assertThat(trySignIn("jonas", "hypervisor-demo", "10.0.0.8")).contains("refused=wait");
	}

	@Test
	void redirectsAnHtmxPieceAsAWhole() {
		assertThat(this.mvc.get().uri("/users").header("HX-Request", "true")).hasStatus(401)
			.hasHeader("HX-Redirect", "/signin");
	}

	@Test
	void signsOutByPostOnly() {
		MockHttpSession session = signIn("ines");

		assertThat(this.mvc.post().uri("/signout").session(session).with(csrf()))
			.hasRedirectedUrl("/signin?signed-out");
		assertThat(session.isInvalid()).isTrue();
	}

	@Test
	void sendsAStaleSignInPageBackToItself() {
		assertThat(this.mvc.post().uri("/signin").param("username", "ines")).hasRedirectedUrl("/signin?refused=stale");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/users", "/users/new", "/users/someone" })
	void showsThePageThatNamesRightRoleAndGrantor(String path) {
		assertThat(this.mvc.get().uri(path).session(signIn("ines"))).hasStatus(403)
			.bodyText()
			.contains("user:write", "Administrator", "you are: Requester", "Mara Lindqvist");
	}

	@Test
	void losesARightAtOnceWithItsRole() {
		MockHttpSession session = signIn("amara");
		this.jdbc.sql("insert into account_role select id, 'ADMIN' from account where username = 'amara'").update();
		assertThat(this.mvc.get().uri("/users").session(session)).hasStatusOk();

		this.jdbc
			.sql("delete from account_role where role = 'ADMIN' and account_id = "
					+ "(select id from account where username = 'amara')")
			.update();

		assertThat(this.mvc.get().uri("/users").session(session)).hasStatus(403);
	}

	@ParameterizedTest
	@CsvSource({ "disabled = true, disabled = false",
			"credential_version = credential_version + 1, credential_version = credential_version + 1" })
	void endsTheSessionOfWhoIsDisabledOrHasANewPassword(String change, String back) {
		MockHttpSession session = signIn("tomasz");
		assertThat(this.mvc.get().uri("/users").session(session)).hasStatus(403);
		this.jdbc.sql("update account set " + change + " where username = 'tomasz'").update();
		try {
			assertThat(this.mvc.get().uri("/users").session(session)).hasRedirectedUrl("/signin");
			assertThat(session.isInvalid()).isTrue();
		}
		finally {
			this.jdbc.sql("update account set " + back + " where username = 'tomasz'").update();
		}
	}

	@Test
	void wantsATokenForTheApiTooWhereASessionAsks() {
		MockHttpSession session = signIn("mara");
		String body = "{\"username\": \"by-session\", \"password\": \"correct horse battery\", \"roles\": []}";

		assertThat(this.mvc.post()
			.uri("/api/v1/users")
			.session(session)
			.with(asWithCookie(session))
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)).hasStatus(403).bodyText().contains("urn:virtwise:problem:no-token");
		assertThat(this.mvc.post()
			.uri("/api/v1/users")
			.session(session)
			.with(asWithCookie(session))
			.with(csrf().asHeader())
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)).hasStatus(201);
	}

	@Test
	void sendsTheSecurityHeadersWithEveryPage() {
		MvcTestResult page = this.mvc.get().uri("/signin").exchange();

		assertThat(page).headers()
			.hasValue("X-Content-Type-Options", "nosniff")
			.hasValue("Referrer-Policy", "same-origin");
		assertThat(page.getResponse().getHeader("Content-Security-Policy"))
			.contains("default-src 'self'; script-src 'self'; style-src 'self'", "frame-ancestors 'none'",
					"object-src 'none'", "form-action 'self'", "base-uri 'self'")
			.doesNotContain("unsafe");
		assertThat(page).bodyText().startsWith("<!doctype html>").doesNotContain(" style=", "onclick");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/signin", "/css/virtwise.css", "/js/virtwise.js", "/icon.svg",
			"/webjars/htmx.org/dist/htmx.min.js" })
	void needsNoSignInForTheseOnly(String path) {
		assertThat(this.mvc.get().uri(path)).hasStatusOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/nodes", "/assess", "/audit", "/api/docs", "/anything", "/actuator" })
	void asksToSignInForEverythingElse(String path) {
		MvcTestResult result = this.mvc.get().uri(path).exchange();

		assertThat(result.getResponse().getStatus()).isIn(302, 401);
	}

	@Test
	void keepsTheThemeAndComesBackToAPathOfOursOnly() {
		for (Map.Entry<String, String> place : Map
			.of("/nodes?page=2", "/nodes?page=2", "//evil.example", "/", "https://evil.example", "/", "/\\evil", "/")
			.entrySet()) {
			assertThat(this.mvc.post().uri("/theme").param("theme", "dark").param("back", place.getKey()).with(csrf()))
				.hasStatus(303)
				.hasHeader("Location", place.getValue());
		}
	}

	private MockHttpSession signIn(String username) {
		MvcTestResult result = this.mvc.post()
			.uri("/signin")
			.param("username", username)
			.param("password", "hypervisor-demo")
			.with(csrf())
			.exchange();
		assertThat(result).hasRedirectedUrl("/");
		return session(result);
	}

	private String trySignIn(String username, String password, String address) {
		MvcTestResult result = this.mvc.post()
			.uri("/signin")
			.param("username", username)
			.param("password", password)
			.with(csrf())
			.with((request) -> {
				request.setRemoteAddr(address);
				return request;
			})
			.exchange();
		return Objects.toString(result.getResponse().getRedirectedUrl());
	}

	private static org.springframework.test.web.servlet.request.RequestPostProcessor asWithCookie(HttpSession session) {
		return (request) -> {
			request.setRequestedSessionId(session.getId());
			request.setRequestedSessionIdValid(true);
			return request;
		};
	}

	private static MockHttpSession session(MvcTestResult result) {
		return (MockHttpSession) Objects.requireNonNull(result.getRequest().getSession(false));
	}

}
