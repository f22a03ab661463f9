package io.virtwise;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import io.virtwise.access.Right;
import io.virtwise.access.Role;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFactsReader;
import io.virtwise.facts.NodeFactsReader.NodeReading;
import io.virtwise.facts.NodeFactsReader.Reachability;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

/**
 * All rooms in one portal, on a database in memory, with an account for each role. Only
 * the nodes are made up: whichever is read, it says the same. The classes that extend
 * this share one portal.
 */
@SpringBootTest(properties = { "virtwise.demo=true", "virtwise.admin-password=correct-horse-battery",
		"virtwise.home=target/whole-portal-${fork:1}",
		"virtwise.credentials.key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
		"spring.datasource.url=jdbc:h2:mem:whole;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH" })
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
abstract class WholePortal {

	static final String PASSWORD = "hypervisor-demo";

	static final Map<String, Role> PEOPLE = Map.of("ines", Role.REQUESTER, "sven", Role.OPERATOR, "tomasz",
			Role.APPROVER, "amara", Role.RULE_AUTHOR, "jonas", Role.AUDITOR, "mara", Role.ADMIN);

	private static final byte[] NOVA_CONF = "[libvirt]\nvirt_type = qemu\ncpu_mode = custom\n"
		.getBytes(StandardCharsets.UTF_8);

	@Autowired
	MockMvcTester mvc;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Collection<RequestMappingInfoHandlerMapping> mappings;

	@MockitoBean
	private NodeFactsReader reader;

	@TestBean
	@SuppressWarnings({ "UnusedVariable", "NullAway.Init" }) // put into its place by
																// Spring, for others
	private Clock clock;

	static Clock clock() {
		return new MovableClock();
	}

	@BeforeEach
	void nodesAnswer() {
		given(this.reader.reachability()).willReturn(new Reachability(true, "9.0.0", null));
		given(this.reader.check(any(), any())).willReturn(List.of());
		given(this.reader.read(any(), any())).willReturn(new NodeReading(new Evidence(List.of(), "26", Intent.UNKNOWN),
				"9.0.0", "7.2.0", "cmp-1", 1024, 4, List.of(), NOVA_CONF, List.of()));
	}

	/** A node that was read, registered by the administrator. */
	String node(String name) {
		String node = made("mara", "/api/v1/nodes",
				"{\"name\": \"%s\", \"host\": \"%s.example\", \"release\": \"26\"}".formatted(name, name));
		assertThat(post("mara", "/api/v1/nodes/" + node + "/probe", "{}")).hasStatus2xxSuccessful();
		return node;
	}

	/** A change of this node, as somebody's draft. */
	String change(String username, String node) {
		return made(username, "/api/v1/changes",
				("{\"nodes\": [\"%s\"], \"reason\": \"moved to real hardware\", "
						+ "\"settings\": [{\"section\": \"libvirt\", \"option\": \"virt_type\", \"value\": \"kvm\"}]}")
					.formatted(node));
	}

	String made(String username, String path, String body) {
		MvcTestResult result = post(username, path, body);
		assertThat(status(result)).as(body(result)).isEqualTo(201);
		return JsonPath.read(body(result), "$.id");
	}

	MvcTestResult post(String username, String path, String body) {
		return this.mvc.post()
			.uri(path)
			.with(httpBasic(username, PASSWORD))
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	MvcTestResult postBy(String token, String path, String body) {
		return this.mvc.post()
			.uri(path)
			.header("Authorization", "Bearer " + token)
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	MvcTestResult get(String username, String path) {
		return this.mvc.get().uri(path).with(httpBasic(username, PASSWORD)).exchange();
	}

	MockHttpSession signIn(String username) {
		MvcTestResult result = this.mvc.post()
			.uri("/signin")
			.param("username", username)
			.param("password", PASSWORD)
			.with(csrf())
			.exchange();
		assertThat(result).hasRedirectedUrl("/");
		return (MockHttpSession) Objects.requireNonNull(result.getRequest().getSession(false));
	}

	String token(String username, Set<Right> scopes) {
		MvcTestResult result = post(username, "/api/v1/tokens", "{\"name\": \"for a test\", \"scopes\": ["
				+ scopes.stream().map((right) -> "\"" + right.authority() + "\"").collect(Collectors.joining(","))
				+ "]}");
		assertThat(status(result)).as(body(result)).isEqualTo(201);
		return JsonPath.read(body(result), "$.token");
	}

	static int status(MvcTestResult result) {
		return result.getResponse().getStatus();
	}

	/** What an answer says, without markup. */
	static String body(MvcTestResult result) {
		return raw(result).replaceAll("<[^>]*>", "").replaceAll("\\s+", " ");
	}

	static String raw(MvcTestResult result) {
		try {
			return result.getResponse().getContentAsString(StandardCharsets.UTF_8);
		}
		catch (UnsupportedEncodingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
