package io.virtwise;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockPart;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

/**
 * What holds of every route: how a wrong method, form or name is answered, and that lists
 * are asked for in one way.
 */
class ContractTests extends WholePortal {

	private static final String ASSESSMENTS = "/api/v1/assessments";

	private static final String CPUINFO = "vendor_id\t: GenuineIntel\nmodel name\t: Xeon é\nflags\t\t: fpu vmx\n";

	@Test
	void namesTheMethodsThatAreUnderstood() {
		assertThat(get("ines", ASSESSMENTS)).hasStatus(405).hasHeader("Allow", "OPTIONS, POST");
		assertThat(this.mvc.put().uri("/api/v1/nodes").with(httpBasic("ines", PASSWORD))).hasStatus(405)
			.hasHeader("Allow", "GET, HEAD, OPTIONS, POST");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1", "/api/v1/", "/api/v1/nothing" })
	void answersProgramsInTheirWordsWhereThereIsNothing(String path) {
		assertThat(get("ines", path)).hasStatus(404).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void readsNoYaml() {
		MvcTestResult result = sent("application/yaml",
				"name: cmp-yaml\nhost: cmp.example\n".getBytes(StandardCharsets.UTF_8), "/api/v1/nodes");

		assertThat(result).hasStatus(415).bodyText().doesNotContain("yaml or").contains("application/json");
	}

	@Test
	void refusesAPackedBody() {
		assertThat(this.mvc.post()
			.uri(ASSESSMENTS)
			.with(httpBasic("ines", PASSWORD))
			.header("Content-Encoding", "gzip")
			.contentType(MediaType.APPLICATION_JSON)
			.content(new byte[] { 0x1F, (byte) 0x8B, 8 })).hasStatus(415)
			.bodyText()
			.contains("urn:virtwise:problem:unsupported-media-type", "without one");
	}

	@Test
	void refusesTwoValuesForOneName() {
		String twice = "{\"release\": \"13\", \"release\": \"14\"}";

		assertThat(post("ines", ASSESSMENTS, twice)).hasStatus(400)
			.bodyJson()
			.hasPathSatisfying("$.errors[0].field", (field) -> assertThat(field).isEqualTo("release"));
		assertThat(
				sent("application/x-ndjson", (twice + "\n{}").getBytes(StandardCharsets.UTF_8), ASSESSMENTS + ":batch"))
			.bodyText()
			.satisfies((lines) -> assertThat(lines.lines()).hasSize(2))
			.satisfies((lines) -> assertThat(lines.lines().findFirst().orElse(""))
				.contains("urn:virtwise:problem:invalid"));
	}

	@ParameterizedTest
	@CsvSource({ "UTF-16,", "UTF-16LE,text/plain; charset=utf-16le", "UTF-8,text/plain; charset=UTF-8",
			"ISO-8859-1,text/plain;charset=\"iso-8859-1\"" })
	void readsAPartInTheEncodingThatItHas(String encoding, String type) throws Exception {
		MockPart part = new MockPart("cpuinfo", "cpuinfo.txt", CPUINFO.getBytes(encoding));
		if (type != null) {
			part.getHeaders().set("Content-Type", type);
		}

		assertThat(this.mvc.post().uri(ASSESSMENTS).with(httpBasic("ines", PASSWORD)).multipart().part(part))
			.hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("$.facts.cpuinfo.vmx", (vmx) -> assertThat(vmx).isEqualTo(true))
			.hasPathSatisfying("$.facts.cpuinfo.modelName", (name) -> assertThat(name).isEqualTo("Xeon é"));
	}

	@Test
	void passesOverTheMarkBeforeABatch() {
		assertThat(sent("application/x-ndjson", "\uFEFF{\"release\": \"13\"}\n".getBytes(StandardCharsets.UTF_8),
				ASSESSMENTS + ":batch"))
			.hasStatusOk()
			.bodyText()
			.contains("\"mitaka\"");
	}

	@ParameterizedTest
	@CsvSource({ "13,13", "2024.1,2024.1", "\"13.1.4\",13.1.4" })
	void takesTheReleaseOfANodeAlsoAsANumber(String json, String release) {
		assertThat(post("mara", "/api/v1/nodes",
				"{\"name\": \"cmp-release-%s\", \"host\": \"cmp.example\", \"release\": %s}".formatted(release, json)))
			.hasStatus(201)
			.bodyJson()
			.hasPathSatisfying("$.release", (kept) -> assertThat(kept).isEqualTo(release));
	}

	@ParameterizedTest
	@CsvSource({ "/api/v1/users,username", "/api/v1/nodes,name", "/api/v1/tokens,name", "/api/v1/changes,number",
			"/api/v1/audit,at", "/api/v1/drift,foundAt", "/api/v1/waivers,until", "/api/v1/webhooks,name",
			"/api/v1/credentials,name", "/api/v1/rulebase/revisions,revision", "/api/v1/rulebase/drafts,number" })
	void sortsAndPagesEveryList(String path, String property) {
		MvcTestResult all = get("mara", path + "?size=2&sort=" + property + ",desc");

		assertThat(all).as(body(all))
			.hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("$.size", (size) -> assertThat(size).isEqualTo(2))
			.hasPath("$.items")
			.hasPath("$.total");
		assertThat(get("mara", path + "?sort=colour,asc")).hasStatus(400)
			.bodyJson()
			.hasPathSatisfying("$.errors[0].field", (field) -> assertThat(field).isEqualTo("sort"));
		assertThat(get("mara", path + "?size=501")).hasStatus(400);
	}

	@Test
	void sortsAsAskedAndTellsEqualsApart() {
		for (String name : List.of("b-token", "a-token", "c-token")) {
			made("jonas", "/api/v1/tokens", "{\"name\": \"%s\"}".formatted(name));
		}

		assertThat(names("jonas", "?sort=name,asc")).containsExactly("a-token", "b-token", "c-token");
		assertThat(names("jonas", "?sort=name,desc")).containsExactly("c-token", "b-token", "a-token");
		assertThat(names("jonas", "")).containsExactlyInAnyOrder("a-token", "b-token", "c-token");
	}

	private List<String> names(String username, String query) {
		return JsonPath.read(body(get(username, "/api/v1/tokens" + query)), "$.items[*].name");
	}

	@Test
	void refusesNamesThatLookLikeOthers() {
		assertThat(post("mara", "/api/v1/users",
				"{\"username\": \"seen\", \"displayName\": \"Priya\u202e Raman\", \"password\": \"%s\"}"
					.formatted(PASSWORD)))
			.hasStatus(400)
			.bodyText()
			.contains("displayName", "can be seen");
		assertThat(post("mara", "/api/v1/tokens", "{\"name\": \"ci\u200b\"}")).hasStatus(400);
	}

	@Test
	void toldOfANodeThatThereIsNotTheRequestIsWrongAndNotTheState() {
		assertThat(post("mara", "/api/v1/changes", "{\"nodes\": [\"nobody\"], \"reason\": \"why not\"}")).hasStatus(400)
			.bodyJson()
			.hasPathSatisfying("$.type", (type) -> assertThat(type).isEqualTo("urn:virtwise:problem:invalid"))
			.hasPathSatisfying("$.errors[0].field", (field) -> assertThat(field).isEqualTo("nodes[0]"));
	}

	@Test
	void aMisspeltPartOfAChangeIsNotPassedOver() {
		assertThat(post("mara", "/api/v1/changes",
				"{\"nodes\": [\"%s\"], \"reason\": \"typo\", \"setting\": []}".formatted(node("cmp-misspelt"))))
			.hasStatus(400)
			.bodyText()
			.contains("setting", "nodes, settings, settingsFrom and reason");
	}

	@Test
	void describesWhatIsReallyAnswered() {
		Map<String, Map<String, Object>> paths = JsonPath.read(body(get("ines", "/api/v1/openapi.json")), "$.paths");

		assertThat(codes(paths, "/api/v1/nodes", "post")).contains("201", "default").doesNotContain("200");
		assertThat(codes(paths, "/api/v1/nodes/{id}", "delete")).contains("204").doesNotContain("200");
		assertThat(codes(paths, "/api/v1/rulebase/drafts/{id}/files/{path}", "put")).contains("200", "201");
		assertThat(takes(paths, "/api/v1/rulebase/drafts/{id}/files/{path}", "put")).containsExactly("text/plain");
		assertThat(takes(paths, ASSESSMENTS, "post")).contains("application/json", "multipart/form-data");
		assertThat(takes(paths, ASSESSMENTS + ":batch", "post")).contains("application/x-ndjson");
		assertThat(gives(paths, ASSESSMENTS + ":batch", "post")).containsExactly("application/x-ndjson");
		assertThat(gives(paths, "/api/v1/rulebase/drafts/{id}/files/{path}", "get")).containsExactly("text/plain");
	}

	private static List<String> codes(Map<String, Map<String, Object>> paths, String path, String method) {
		return List.copyOf(JsonPath.<Map<String, Object>>read(paths.get(path), "$." + method + ".responses").keySet());
	}

	private static List<String> takes(Map<String, Map<String, Object>> paths, String path, String method) {
		return List.copyOf(
				JsonPath.<Map<String, Object>>read(paths.get(path), "$." + method + ".requestBody.content").keySet());
	}

	private static List<String> gives(Map<String, Map<String, Object>> paths, String path, String method) {
		return List
			.copyOf(JsonPath.<Map<String, Object>>read(paths.get(path), "$." + method + ".responses['200'].content")
				.keySet());
	}

	private MvcTestResult sent(String type, byte[] body, String path) {
		return this.mvc.post()
			.uri(path)
			.with(httpBasic("mara", PASSWORD))
			.header("Content-Type", type)
			.content(body)
			.exchange();
	}

}
