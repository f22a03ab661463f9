package io.virtwise.audit.web;

import java.util.Objects;

import io.virtwise.shared.AuditableEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

/**
 * The audit page and API, with sign-ins and user changes as what they tell.
 */
@ApplicationModuleTest(module = "audit", extraIncludes = { "shared", "access", "ui" }, verifyAutomatically = false)
@AutoConfigureMockMvc
@TestPropertySource(properties = { "virtwise.demo=true", "virtwise.admin-password=correct-horse-battery",
		"spring.datasource.url=jdbc:h2:mem:audit;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH" })
class AuditPagesTests {

	private static final String PASSWORD = "hypervisor-demo";

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private ApplicationEventPublisher events;

	@ParameterizedTest
	@CsvSource({ "ines, 403", "sven, 403", "tomasz, 403", "amara, 403", "jonas, 200", "mara, 200" })
	void opensToAuditorsAndAdministratorsOnly(String username, int status) {
		assertThat(this.mvc.get().uri("/api/v1/audit").with(httpBasic(username, PASSWORD))).hasStatus(status);
		assertThat(this.mvc.get().uri("/api/v1/audit/verify").with(httpBasic(username, PASSWORD))).hasStatus(status);
		assertThat(this.mvc.get().uri("/audit").session(signIn(username))).hasStatus(status);
	}

	@Test
	void tellsOfSignInsGoodAndBad() {
		signIn("amara");
		this.mvc.post()
			.uri("/signin")
			.param("username", "Amara")
			.param("password", "not this one")
			.with(csrf())
			.with((request) -> {
				request.setRemoteAddr("192.0.2.7");
				return request;
			})
			.exchange();

		assertThat(this.mvc.get()
			.uri("/api/v1/audit?subject=amara&action=session&size=2")
			.with(httpBasic("jonas", PASSWORD))).bodyJson()
			.hasPathSatisfying("$.items[0].action", (action) -> assertThat(action).isEqualTo("session.refused"))
			.hasPathSatisfying("$.items[0].username", (name) -> assertThat(name).isEqualTo("anonymous"))
			.hasPathSatisfying("$.items[0].remoteAddress", (address) -> assertThat(address).isEqualTo("192.0.2.7"))
			.hasPathSatisfying("$.items[1].action", (action) -> assertThat(action).isEqualTo("session.started"))
			.hasPathSatisfying("$.items[1].username", (name) -> assertThat(name).isEqualTo("amara"));
	}

	@Test
	void tellsWhatAnAdministratorDidWithUsersButNoPassword() {
		MockHttpSession mara = signIn("mara");
		assertThat(this.mvc.post()
			.uri("/users")
			.session(mara)
			.with(csrf())
			.param("username", "ada")
			.param("password", "analytical engine no 1")
			.param("roles", "operator")).hasRedirectedUrl("/users");
		String id = this.jdbc.sql("select id from account where username = 'ada'").query(String.class).single();
		this.mvc.post()
			.uri("/users/" + id)
			.session(mara)
			.with(csrf())
			.param("displayName", "Ada")
			.param("roles", "auditor")
			.exchange();
		this.mvc.post()
			.uri("/users/" + id + "/password")
			.session(mara)
			.with(csrf())
			.param("password", "difference engine")
			.exchange();
		this.mvc.post().uri("/users/" + id + "/disable").session(mara).with(csrf()).exchange();

		MvcTestResult page = this.mvc.get().uri("/audit?subject=" + id).session(mara).exchange();

		assertThat(page).bodyText()
			.contains("user.created", "user.edited", "user.password-reset", "user.disabled")
			.contains("was: ada; roles: operator", "Ada; roles: auditor")
			.doesNotContain("engine");
	}

	@Test
	void saysWhatIsEmptyAndWhatDoesNotMatch() {
		assertThat(this.mvc.get().uri("/audit?subject=nosuchthing").session(signIn("jonas"))).bodyText()
			.contains("Nothing matches", "Clear filters", "value=\"nosuchthing\"");
	}

	@Test
	void keepsTheFilterWhileTurningPages() {
		MockHttpSession jonas = signIn("jonas");
		for (int i = 0; i < 51; i++) {
			this.events.publishEvent(new AuditableEvent("test.done", "test", "t1", "a & b", null, null));
		}

		assertThat(this.mvc.get().uri("/audit?action=test&subject={subject}", "a & b").session(jonas)).bodyText()
			.contains("1 to 50 of 51", "href=\"/audit?subject=a%20%26%20b&amp;action=test&amp;page=1\"");
		assertThat(this.mvc.get().uri("/audit?action=test&subject={subject}&page=1", "a & b").session(jonas)).bodyText()
			.contains("51 to 51 of 51");
	}

	@Test
	void saysThatTheChainIsIntactAndWhereItIsNot() {
		MockHttpSession jonas = signIn("jonas");
		assertThat(this.mvc.get().uri("/audit?verify=true").session(jonas)).bodyText()
			.contains("The chain is intact")
			.doesNotContain("Nothing matches", "Nothing yet");

		String before = this.jdbc.sql("select username from audit_entry where seq = 2").query(String.class).single();
		this.jdbc.sql("update audit_entry set username = 'mallory' where seq = 2").update();
		try {
			assertThat(this.mvc.get().uri("/audit?verify=true").session(jonas)).bodyText()
				.contains("The chain is broken at entry 2.");
			assertThat(this.mvc.get().uri("/api/v1/audit/verify").with(httpBasic("jonas", PASSWORD))).bodyJson()
				.hasPathSatisfying("$.intact", (intact) -> assertThat(intact).isEqualTo(false))
				.hasPathSatisfying("$.brokenAt", (seq) -> assertThat(seq).isEqualTo(2));
		}
		finally {
			this.jdbc.sql("update audit_entry set username = ? where seq = 2").param(before).update();
		}
	}

	@Test
	void changesNothingByGet() {
		long before = this.jdbc.sql("select count(*) from account").query(Long.class).single();
		MockHttpSession mara = signIn("mara");
		long entries = this.jdbc.sql("select count(*) from audit_entry").query(Long.class).single();
		for (String path : new String[] { "/users", "/users/new", "/audit", "/audit?verify=true", "/signout",
				"/theme" }) {
			this.mvc.get().uri(path).session(mara).exchange();
		}

		assertThat(this.jdbc.sql("select count(*) from account").query(Long.class).single()).isEqualTo(before);
		assertThat(this.jdbc.sql("select count(*) from audit_entry").query(Long.class).single()).isEqualTo(entries);
	}

	private MockHttpSession signIn(String username) {
		MvcTestResult result = this.mvc.post()
			.uri("/signin")
			.param("username", username)
			.param("password", PASSWORD)
			.with(csrf())
			.exchange();
		assertThat(result).hasRedirectedUrl("/");
		return (MockHttpSession) Objects.requireNonNull(result.getRequest().getSession(false));
	}

}
