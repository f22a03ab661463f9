package io.virtwise.access.internal;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

/**
 * Sign-in by an LDAP directory that runs in this process and speaks LDAP over a socket.
 */
@ApplicationModuleTest(module = "access", extraIncludes = { "shared", "ui" }, verifyAutomatically = false)
@AutoConfigureMockMvc
@TestPropertySource(properties = { "virtwise.demo=true", "virtwise.admin-password=correct-horse-battery",
		"virtwise.directory.groups.admin=cloud-admins", "virtwise.directory.groups.approver=change-board,seniors",
		"virtwise.directory.ldap.manager-dn=cn=portal,dc=example,dc=com",
		"virtwise.directory.ldap.manager-password=searching",
		"spring.datasource.url=jdbc:h2:mem:ldap;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH" })
class LdapSignInTests {

	private static final InMemoryDirectoryServer DIRECTORY = directory();

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private JdbcClient jdbc;

	@DynamicPropertySource
	static void address(DynamicPropertyRegistry registry) {
		registry.add("virtwise.directory.ldap.url",
				() -> "ldap://127.0.0.1:" + DIRECTORY.getListenPort() + "/dc=example,dc=com");
	}

	@AfterAll
	static void stop() {
		DIRECTORY.shutDown(true);
	}

	private static InMemoryDirectoryServer directory() {
		try {
			InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=com");
			config.addAdditionalBindCredentials("cn=portal,dc=example,dc=com", "searching");
			config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig("loopback", 0));
			config.setSchema(null);
			InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
			server.add("dn: dc=example,dc=com", "objectClass: domain", "dc: example");
			server.add("dn: ou=people,dc=example,dc=com", "objectClass: organizationalUnit", "ou: people");
			server.add("dn: ou=groups,dc=example,dc=com", "objectClass: organizationalUnit", "ou: groups");
			person(server, "lena", "Lena Holm", "fjord and mountain");
			person(server, "omar", "Omar Said", "desert and stars");
			server.add("dn: cn=cloud-admins,ou=groups,dc=example,dc=com", "objectClass: groupOfNames",
					"cn: cloud-admins", "member: uid=lena,ou=people,dc=example,dc=com");
			server.startListening();
			return server;
		}
		catch (LDAPException | LDIFException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void person(InMemoryDirectoryServer server, String uid, String name, String password)
			throws LDAPException, LDIFException {
		server.add("dn: uid=" + uid + ",ou=people,dc=example,dc=com", "objectClass: inetOrgPerson", "uid: " + uid,
				"cn: " + name, "sn: x", "userPassword: " + password);
	}

	@Test
	void letsInWithTheRolesOfTheGroupsAndMakesOneAccount() {
		assertThat(this.mvc.get().uri("/api/v1/users").with(httpBasic("Lena", "fjord and mountain"))).hasStatusOk();
		assertThat(this.mvc.get().uri("/api/v1/users").with(httpBasic("lena", "fjord and mountain"))).hasStatusOk();

		assertThat(this.jdbc.sql("select display_name, directory, directory_id from account where username = 'lena'")
			.query()
			.listOfRows()).singleElement().satisfies((row) -> {
				assertThat(row).containsEntry("display_name", "Lena Holm").containsEntry("directory", "ldap");
				assertThat(String.valueOf(row.get("directory_id"))).hasSizeGreaterThan(30);
			});
	}

	@Test
	void signsInOnThePageToo() {
		MvcTestResult result = this.mvc.post()
			.uri("/signin")
			.param("username", "lena")
			.param("password", "fjord and mountain")
			.with(csrf())
			.exchange();

		assertThat(result).hasRedirectedUrl("/");
	}

	@Test
	void followsTheGroupsAndTheNameWithEachSignIn() throws LDAPException, LDIFException {
		assertThat(this.mvc.get().uri("/api/v1/users").with(httpBasic("omar", "desert and stars"))).hasStatus(403);
		String id = this.jdbc.sql("select id from account where username = 'omar'").query(String.class).single();
		DIRECTORY.modify("dn: cn=cloud-admins,ou=groups,dc=example,dc=com", "changetype: modify", "add: member",
				"member: uid=omar,ou=people,dc=example,dc=com");
		DIRECTORY.modify("dn: uid=omar,ou=people,dc=example,dc=com", "changetype: modify", "replace: cn",
				"cn: Omar Said-Holm");

		assertThat(this.mvc.get().uri("/api/v1/users/" + id).with(httpBasic("omar", "desert and stars"))).hasStatusOk()
			.bodyText()
			.contains("Omar Said-Holm", "admin");

		DIRECTORY.modify("dn: cn=cloud-admins,ou=groups,dc=example,dc=com", "changetype: modify", "delete: member",
				"member: uid=omar,ou=people,dc=example,dc=com");
		assertThat(this.mvc.get().uri("/api/v1/users").with(httpBasic("omar", "desert and stars"))).hasStatus(403);
	}

	@Test
	void isTheSamePersonUnderAnotherName() throws LDAPException, LDIFException {
		person(DIRECTORY, "rita", "Rita Vale", "harbour at night");
		this.mvc.get().uri("/api/v1/tokens").with(httpBasic("rita", "harbour at night")).exchange();
		String id = this.jdbc.sql("select id from account where username = 'rita'").query(String.class).single();
		DIRECTORY.modifyDN("uid=rita,ou=people,dc=example,dc=com", "uid=rita.holm", true);

		assertThat(this.mvc.get().uri("/api/v1/tokens").with(httpBasic("rita.holm", "harbour at night"))).hasStatusOk();

		assertThat(this.jdbc.sql("select id from account where display_name = 'Rita Vale'").query(String.class).list())
			.containsExactly(id);
	}

	@ParameterizedTest
	@CsvSource({ "lena, wrong", "lena, ''", "nobody, x", "*, fjord and mountain", "lena)(uid=*, fjord and mountain",
			"'', ''" })
	void letsNobodyElseIn(String username, String password) {
		assertThat(this.mvc.get().uri("/api/v1/tokens").with(httpBasic(username, password))).hasStatus(401);
	}

	@Test
	void neverTakesOverALocalAccount() throws LDAPException, LDIFException {
		person(DIRECTORY, "mara", "Not the administrator", "let me be mara");

		assertThat(this.mvc.get().uri("/api/v1/tokens").with(httpBasic("mara", "let me be mara"))).hasStatus(401);
		assertThat(this.mvc.get().uri("/api/v1/users").with(httpBasic("mara", "hypervisor-demo"))).hasStatusOk();
	}

}
