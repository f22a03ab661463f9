package io.virtwise.access.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sign-in by an OpenID Connect provider in this process.
 */
@ApplicationModuleTest(module = "access", extraIncludes = { "shared", "ui" }, verifyAutomatically = false)
@AutoConfigureMockMvc
@TestPropertySource(properties = { "virtwise.demo=true", "virtwise.admin-password=correct-horse-battery",
		"virtwise.directory.groups.admin=cloud-admins",
		"spring.security.oauth2.client.registration.company.client-id=virtwise",
		"spring.security.oauth2.client.registration.company.client-secret=of the client",
		"spring.security.oauth2.client.registration.company.client-name=the company account",
		"spring.security.oauth2.client.registration.company.scope=openid,profile",
		"spring.datasource.url=jdbc:h2:mem:oidc;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH" })
class OidcSignInTests {

	private static final OidcProvider PROVIDER = new OidcProvider("virtwise");

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private JdbcClient jdbc;

	@DynamicPropertySource
	static void address(DynamicPropertyRegistry registry) {
		registry.add("spring.security.oauth2.client.provider.company.issuer-uri", PROVIDER::issuer);
	}

	@AfterAll
	static void stop() {
		PROVIDER.close();
	}

	@Test
	void isOfferedOnTheSignInPage() {
		assertThat(this.mvc.get().uri("/signin")).bodyText()
			.contains("Sign in with the company account", "href=\"/oauth2/authorization/company\"");
	}

	@Test
	void letsInWithTheRolesOfTheGroupsAndComesBack() {
		MvcTestResult asked = this.mvc.get().uri("/users?page=0").accept("text/html").exchange();
		MockHttpSession session = (MockHttpSession) Objects.requireNonNull(asked.getRequest().getSession(false));
		String idBefore = session.getId();

		MvcTestResult result = signIn(session, Map.of("sub", "u-17", "preferred_username", "Lena", "name", "Lena Holm",
				"groups", List.of("cloud-admins", "others")));

		assertThat(result).hasRedirectedUrl("http://localhost/users?page=0");
		assertThat(session.getId()).isNotEqualTo(idBefore);
		assertThat(this.mvc.get().uri("/users").session(session)).hasStatusOk().bodyText().contains("Lena Holm");
		assertThat(this.jdbc.sql("select directory || ' ' || directory_id from account where username = 'lena'")
			.query(String.class)
			.single()).isEqualTo("oidc:company u-17");
		assertThat(session.getAttribute("SPRING_SECURITY_CONTEXT")).asString()
			.doesNotContain("OidcUser", "DefaultOidc");
	}

	@Test
	void isTheSamePersonUnderAnotherNameAndWithoutTheGroupsAgain() {
		signIn(new MockHttpSession(), Map.of("sub", "u-18", "preferred_username", "omar", "groups", "cloud-admins"));
		String id = this.jdbc.sql("select id from account where directory_id = 'u-18'").query(String.class).single();
		MockHttpSession session = new MockHttpSession();

		signIn(session, Map.of("sub", "u-18", "preferred_username", "omar2", "name", "Omar Said"));

		assertThat(this.jdbc.sql("select id from account where directory_id = 'u-18'").query(String.class).list())
			.containsExactly(id);
		assertThat(this.mvc.get().uri("/users").session(session)).hasStatus(403);
	}

	@Test
	void refusesNameOfALocalAccountAndTokenWithoutName() {
		for (Map<String, Object> claims : List.<Map<String, Object>>of(
				Map.of("sub", "u-19", "preferred_username", "mara"), Map.of("sub", "u-20"),
				Map.of("sub", "u-21", "preferred_username", "no blanks"))) {
			MockHttpSession session = new MockHttpSession();
			assertThat(signIn(session, claims)).as(claims.toString()).hasRedirectedUrl("/signin?refused=directory");
			assertThat(this.mvc.get().uri("/tokens").session(session)).hasRedirectedUrl("/signin");
		}
	}

	@Test
	void refusesATokenForSomebodyElsesRequest() {
		MockHttpSession session = new MockHttpSession();
		Map<String, String> request = begin(session);
		String code = PROVIDER.code(Map.of("sub", "u-22", "preferred_username", "eve"), "another nonce");

		assertThat(end(session, code, request.get("state"))).hasRedirectedUrl("/signin?refused=directory");
		assertThat(end(new MockHttpSession(), code, "made up")).hasRedirectedUrl("/signin?refused=directory");
		assertThat(this.jdbc.sql("select count(*) from account where username = 'eve'").query(Long.class).single())
			.isZero();
	}

	@Test
	void refusesWhoIsDisabledHere() {
		signIn(new MockHttpSession(), Map.of("sub", "u-23", "preferred_username", "dora"));
		this.jdbc.sql("update account set disabled = true where username = 'dora'").update();

		assertThat(signIn(new MockHttpSession(), Map.of("sub", "u-23", "preferred_username", "dora")))
			.hasRedirectedUrl("/signin?refused=directory");
	}

	private MvcTestResult signIn(MockHttpSession session, Map<String, Object> claims) {
		Map<String, String> request = begin(session);
		return end(session, PROVIDER.code(claims, request.get("nonce")), request.get("state"));
	}

	private Map<String, String> begin(MockHttpSession session) {
		MvcTestResult sent = this.mvc.get().uri("/oauth2/authorization/company").session(session).exchange();
		assertThat(sent).hasStatus(302);
		String url = String.valueOf(sent.getResponse().getRedirectedUrl());
		assertThat(url).startsWith(PROVIDER.issuer() + "/authorize?");
		return Arrays.stream(url.substring(url.indexOf('?') + 1).split("&"))
			.map((pair) -> pair.split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
	}

	private MvcTestResult end(MockHttpSession session, String code, @Nullable String state) {
		return this.mvc.get()
			.uri("/login/oauth2/code/company?code={code}&state={state}", code, String.valueOf(state))
			.session(session)
			.with((request) -> {
				request.setRequestedSessionId(session.getId());
				request.setRequestedSessionIdValid(true);
				return request;
			})
			.exchange();
	}

}
