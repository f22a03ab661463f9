package io.virtwise;

import java.nio.file.Path;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.virtwise.node.internal.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

/**
 * Credentials from handing in to taking away, by pages and by the API.
 */
@ExtendWith(OutputCaptureExtension.class)
class CredentialsTests extends WholePortal {

	@TempDir
	Path dir;

	private static String json(Map<String, String> body) {
		return JsonMapper.builder().build().writeValueAsString(body);
	}

	private MvcTestResult put(String path, String body) {
		return this.mvc.put()
			.uri(path)
			.with(httpBasic("sven", PASSWORD))
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	private MvcTestResult delete(String path) {
		return this.mvc.delete().uri(path).with(httpBasic("sven", PASSWORD)).exchange();
	}

	@Test
	void takesAKeyInAndNeverShowsItAgain(CapturedOutput output) throws Exception {
		TestCertificate own = TestCertificate.make(this.dir, "planted-one", 300);
		String secret = own.privateKey().lines().skip(1).findFirst().orElseThrow().substring(20, 60);
		String id = made("sven", "/api/v1/credentials", json(Map.of("name", "planted", "kind", "tls", "caCertificate",
				own.certificate(), "certificate", own.certificate(), "privateKey", own.privateKey())));
		MvcTestResult again = post("sven", "/api/v1/credentials/" + id + "/rotate",
				json(Map.of("certificate", own.certificate(), "privateKey", own.privateKey() + "x")));
		assertThat(status(again)).as(body(again)).isEqualTo(400);
		assertThat(body(again)).contains("caCertificate");

		for (String path : new String[] { "/api/v1/credentials", "/api/v1/credentials/" + id, "/api/v1/audit",
				"/credentials", "/credentials/" + id, "/credentials/" + id + "/rotate" }) {
			MvcTestResult answer = get("mara", path);
			if (!path.startsWith("/api")) {
				answer = this.mvc.get().uri(path).session(signIn("mara")).accept(MediaType.TEXT_HTML).exchange();
			}
			assertThat(status(answer)).as(path).isEqualTo(200);
			assertThat(raw(answer)).as(path).contains("planted").doesNotContain(secret);
		}
		assertThat(this.jdbc.sql("select sealed from credential where id = :id")
			.param("id", id)
			.query(String.class)
			.single()).doesNotContain(secret);
		assertThat(output.getAll()).doesNotContain(secret);
		assertThat(status(delete("/api/v1/credentials/" + id))).isEqualTo(204);
	}

	@Test
	void namesACredentialAtANodeAndKeepsItWhileItIsUsed() throws Exception {
		TestCertificate own = TestCertificate.make(this.dir, "portal", 10);
		MockHttpSession session = signIn("sven");
		MvcTestResult form = this.mvc.post()
			.uri("/credentials")
			.session(session)
			.with(csrf())
			.param("name", "dc9 nodes")
			.param("kind", "tls")
			.param("caCertificate", own.certificate())
			.param("certificate", own.certificate())
			.param("privateKey", "oops " + own.privateKey().replace("PRIVATE", "PUBLIC"))
			.exchange();
		assertThat(status(form)).isEqualTo(422);
		assertThat(raw(form)).contains("is missing, encrypted or not PEM", "dc9 nodes").doesNotContain("oops");
		MvcTestResult kept = this.mvc.post()
			.uri("/credentials")
			.session(session)
			.with(csrf())
			.param("name", "dc9 nodes")
			.param("kind", "tls")
			.param("caCertificate", own.certificate())
			.param("certificate", own.certificate())
			.param("privateKey", own.privateKey())
			.exchange();
		assertThat(status(kept)).as(body(kept)).isEqualTo(302);
		String id = String.valueOf(kept.getResponse().getRedirectedUrl()).replaceAll(".*/", "");
		String node = made("sven", "/api/v1/nodes",
				"{\"name\": \"cmp-with-key\", \"host\": \"cmp.example\", \"credential\": \"dc9 nodes\"}");

		assertThat(JsonPath.<String>read(body(get("sven", "/api/v1/nodes/" + node)), "$.credential")).isEqualTo(id);
		assertThat(body(get("sven", "/api/v1/credentials/" + id))).contains("cmp-with-key", "rotate it before that");
		assertThat(status(delete("/api/v1/credentials/" + id))).isEqualTo(409);
		MvcTestResult page = this.mvc.get()
			.uri("/nodes/" + node)
			.session(session)
			.accept(MediaType.TEXT_HTML)
			.exchange();
		assertThat(body(page)).contains("dc9 nodes");
		assertThat(status(delete("/api/v1/nodes/" + node))).isEqualTo(204);
		assertThat(status(delete("/api/v1/credentials/" + id))).isEqualTo(204);
	}

	@Test
	void holdsANodeToHostKeysOnlyAfterAPersonComparedThem() {
		String node = made("sven", "/api/v1/nodes",
				"{\"name\": \"cmp-ssh\", \"host\": \"cmp.example\", \"transport\": \"ssh\", \"user\": \"virtwise\"}");
		String path = "/api/v1/nodes/" + node + "/host-keys";
		String key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

		assertThat(body(put(path, "{\"keys\": [\"" + key + "\"]}"))).contains("compared");
		assertThat(body(put(path, "{\"keys\": [\"" + key + "\"], \"compared\": false}"))).contains("compared");
		assertThat(body(get("sven", path))).contains("\"keys\":[]");
		MvcTestResult pinned = put(path, "{\"keys\": [\"" + key + " root@cmp\"], \"compared\": true}");
		assertThat(status(pinned)).as(body(pinned)).isEqualTo(200);
		assertThat(body(pinned)).contains("SHA256:").doesNotContain("root@cmp");
		assertThat(body(get("jonas", "/api/v1/audit?subject=" + node))).contains("node.host-keys-pinned");
		MvcTestResult page = this.mvc.get()
			.uri("/nodes/" + node + "/host-keys")
			.session(signIn("sven"))
			.accept(MediaType.TEXT_HTML)
			.exchange();
		assertThat(body(page)).contains("Compared by", "SHA256:");
		assertThat(status(delete("/api/v1/nodes/" + node))).isEqualTo(204);
	}

}
