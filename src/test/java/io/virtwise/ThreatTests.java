package io.virtwise;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import javax.management.BadAttributeValueExpException;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

/**
 * Threats to the portal as a whole.
 */
class ThreatTests extends WholePortal {

	/** Whoever evaluates any of it, makes a number of it that is nowhere else. */
	private static final String EXPRESSION = "[[${7919*7907}]] __${7919*7907}__ *{7919*7907} |${7919*7907}| ~{ui/layout}"
			+ " <b>x</b>";

	private static final String EVALUATED = "62615533";

	private static String json(Map<String, Object> body) {
		return JsonMapper.builder().build().writeValueAsString(body);
	}

	/** With what is not allowed in an address encoded, as browsers do. */
	private static URI address(String path) {
		String[] parts = path.split("\\?", 2);
		return URI.create(UriUtils.encodePath(parts[0], StandardCharsets.UTF_8)
				+ ((parts.length > 1) ? "?" + UriUtils.encodeQuery(parts[1], StandardCharsets.UTF_8) : ""));
	}

	private void expectText(String path, MockHttpSession session) {
		MvcTestResult page = this.mvc.get().uri(path).session(session).accept(MediaType.TEXT_HTML).exchange();
		assertThat(status(page)).as(path).isLessThan(500);
		assertThat(raw(page)).as(path).doesNotContain(EVALUATED).doesNotContain("<b>x</b>");
	}

	@Test
	void showsExpressionsOfTemplatesAsTheTextThatTheyAre() {
		String node = made("mara", "/api/v1/nodes", json(Map.of("name", EXPRESSION, "host", "cmp-x.example", "group",
				EXPRESSION.substring(0, 70), "release", "26", "labels", Map.of("a", EXPRESSION))));
		assertThat(post("mara", "/api/v1/nodes/" + node + "/probe", "{}")).hasStatus2xxSuccessful();
		String change = made("mara", "/api/v1/changes", json(Map.of("nodes", List.of(node), "reason", EXPRESSION,
				"settings", List.of(Map.of("section", "libvirt", "option", "virt_type", "value", "kvm")))));
		String draft = made("amara", "/api/v1/rulebase/drafts", json(Map.of("message", EXPRESSION)));
		String webhook = made("mara", "/api/v1/webhooks", json(Map.of("name", EXPRESSION.substring(0, 60), "url",
				"https://8.8.8.8/?x=$%7B7919*7907%7D", "kinds", List.of("failed"))));
		made("mara", "/api/v1/users", json(Map.of("username", "expr", "password", PASSWORD, "displayName",
				EXPRESSION.substring(0, 60), "roles", List.of())));
		MockHttpSession mara = signIn("mara");
		for (String path : new String[] { "/nodes", "/nodes/" + node, "/nodes/" + node + "/edit",
				"/nodes/" + node + "/remove", "/nodes/" + node + "/host-keys", "/nodes?q=" + "${7919*7907}", "/changes",
				"/changes/" + change, "/rules", "/rules/drafts/" + draft, "/webhooks", "/users", "/audit",
				"/audit?q=__${7919*7907}__", "/", "/nodes/${7919*7907}", "/nodes/__${7919*7907}__::x/edit",
				"/changes/~{ui.layout}", "/knowledge/rules/__${7919*7907}__", "/credentials/*{7919*7907}",
				"/rules/drafts/__${7919*7907}__/files/__${7919*7907}__.drl", "/__${7919*7907}__::.x" }) {
			MvcTestResult page = this.mvc.get().uri(address(path)).session(mara).accept(MediaType.TEXT_HTML).exchange();
			assertThat(status(page)).as(path).isLessThan(500);
			assertThat(raw(page)).as(path).doesNotContain(EVALUATED).doesNotContain("<b>x</b>");
		}
		expectText("/nodes/" + node, mara);
		MvcTestResult shown = this.mvc.get().uri("/nodes/" + node).session(mara).accept(MediaType.TEXT_HTML).exchange();
		assertThat(raw(shown)).contains("[[${7919*7907}]] __${7919*7907}__");
		for (String[] form : new String[][] {
				{ "/nodes", "name", "host", "port", "user", "credential", "release", "group", "labels",
						"novaConfPath" },
				{ "/credentials", "name", "certificate", "caCertificate" }, { "/users", "username", "displayName" },
				{ "/webhooks", "name", "url" }, { "/tokens", "name", "expiresAt" },
				{ "/password", "present", "password" }, { "/approval-policy", "rules" } }) {
			var request = this.mvc.post().uri(form[0]).session(mara).with(csrf());
			for (int i = 1; i < form.length; i++) {
				request.param(form[i], EXPRESSION);
			}
			MvcTestResult again = request.exchange();
			assertThat(status(again)).as(form[0]).isBetween(400, 499);
			assertThat(raw(again)).as(form[0]).doesNotContain(EVALUATED).doesNotContain("<b>x</b>");
		}
		MvcTestResult assessed = this.mvc.post()
			.uri("/assess")
			.session(mara)
			.with(csrf())
			.param("cpuinfo", EXPRESSION)
			.param("release", EXPRESSION)
			.exchange();
		assertThat(raw(assessed)).doesNotContain(EVALUATED).doesNotContain("<b>x</b>");
		remove("/api/v1/webhooks/" + webhook);
	}

	private void remove(String path) {
		assertThat(this.mvc.delete().uri(path).with(httpBasic("mara", PASSWORD)).exchange()).hasStatus2xxSuccessful();
	}

	@Test
	void changingOnesPasswordNeedsThePresentOneAndEndsAllOtherSessions() {
		String old = "a long walk by the sea";
		String wanted = "a short walk by the lake";
		made("mara", "/api/v1/users", json(Map.of("username", "nora", "password", old, "roles", List.of("auditor"))));
		MockHttpSession own = session("nora", old);
		MockHttpSession elsewhere = session("nora", old);

		for (String[] wrong : new String[][] { { "not this one", wanted, wanted }, { old, "short", "short" },
				{ old, wanted, "another walk by the lake" }, { old, old, old } }) {
			assertThat(status(changed(own, wrong[0], wrong[1], wrong[2]))).as(String.join(", ", wrong)).isEqualTo(422);
		}
		assertThat(status(page(elsewhere))).isEqualTo(200);
		String before = own.getId();
		MvcTestResult done = changed(own, old, wanted, wanted);
		assertThat(status(done)).as(body(done)).isEqualTo(302);

		MockHttpSession kept = (MockHttpSession) Objects.requireNonNull(done.getRequest().getSession(false));
		assertThat(kept.getId()).as("another session id").isNotEqualTo(before);
		assertThat(status(page(kept))).as("one's own session goes on").isEqualTo(200);
		assertThat(status(page(elsewhere))).as("all others end").isEqualTo(302);
		assertThat(status(this.mvc.get().uri("/api/v1/audit").with(httpBasic("nora", old)).exchange())).isEqualTo(401);
		assertThat(status(this.mvc.get().uri("/api/v1/audit").with(httpBasic("nora", wanted)).exchange()))
			.isEqualTo(200);
		assertThat(body(get("jonas", "/api/v1/audit?action=user.password-changed"))).contains("nora")
			.doesNotContain(wanted);
	}

	private MvcTestResult changed(MockHttpSession session, String present, String password, String repeated) {
		return this.mvc.post()
			.uri("/password")
			.session(session)
			.with(csrf())
			.param("present", present)
			.param("password", password)
			.param("repeated", repeated)
			.exchange();
	}

	private MvcTestResult page(MockHttpSession session) {
		return this.mvc.get().uri("/audit").session(session).accept(MediaType.TEXT_HTML).exchange();
	}

	private MockHttpSession session(String username, String password) {
		MvcTestResult result = this.mvc.post()
			.uri("/signin")
			.param("username", username)
			.param("password", password)
			.with(csrf())
			.exchange();
		assertThat(result).hasRedirectedUrl("/");
		return (MockHttpSession) Objects.requireNonNull(result.getRequest().getSession(false));
	}

	@Test
	void readsOfObjectsOnlyWhatASessionConsistsOf() throws Exception {
		MockHttpSession session = signIn("mara");
		this.mvc.get().uri("/users").session(session).accept(MediaType.TEXT_HTML).exchange();
		MvcTestResult before = this.mvc.get().uri("/audit?x=1").accept(MediaType.TEXT_HTML).exchange();
		List<Object> held = new ArrayList<>();
		for (MockHttpSession one : List.of(session,
				(MockHttpSession) Objects.requireNonNull(before.getRequest().getSession(false)))) {
			Collections.list(one.getAttributeNames()).forEach((name) -> held.add(one.getAttribute(name)));
		}
		assertThat(held.toString()).contains("SecurityContext", "SavedRequest");
		for (Object each : held) {
			assertThat(read(written(each))).isNotNull();
		}

		Set<Object> deep = new HashSet<>();
		for (int i = 0; i < 60; i++) {
			deep = new HashSet<>(Set.of(deep));
		}
		for (Object odd : new Object[] { new BadAttributeValueExpException("x"), deep, new byte[200_000],
				new java.io.File("/etc/passwd"), new java.util.logging.LogRecord(java.util.logging.Level.ALL, "x") }) {
			assertThatThrownBy(() -> read(written(odd))).as(odd.getClass().getName())
				.isInstanceOf(InvalidClassException.class);
		}
	}

	private static byte[] written(Object object) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(object);
		}
		return bytes.toByteArray();
	}

	private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
			in.setObjectInputFilter(ObjectInputFilter.Config.createFilter(SerialFilter.PATTERN));
			return in.readObject();
		}
	}

	@Test
	void takesNoSerialisedObjectForARulebaseOrAReport() throws IOException {
		byte[] blob = written(new BadAttributeValueExpException("x"));
		String draft = made("amara", "/api/v1/rulebase/drafts", "{\"message\": \"x\"}");
		MvcTestResult zip = this.mvc.put()
			.uri("/api/v1/rulebase/drafts/" + draft + "/zip")
			.with(httpBasic("amara", PASSWORD))
			.contentType("application/zip")
			.content(blob)
			.exchange();
		assertThat(status(zip)).as(body(zip)).isEqualTo(400);
		MvcTestResult object = this.mvc.post()
			.uri("/api/v1/assessments")
			.with(httpBasic("ines", PASSWORD))
			.contentType("application/x-java-serialized-object")
			.content(blob)
			.exchange();
		assertThat(status(object)).as(body(object)).isEqualTo(415);
		assertThat(JsonPath.<String>read(body(object), "$.type")).startsWith("urn:virtwise:problem:");
	}

}
