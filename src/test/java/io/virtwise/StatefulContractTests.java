package io.virtwise;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

/**
 * What holds of the objects that are kept: how their bodies are read, and how a state
 * that somebody saw is compared with the present one.
 */
class StatefulContractTests extends WholePortal {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "mara|/api/v1/users|{'username': 'ada', 'role': ['admin']}|role|password",
			"ines|/api/v1/tokens|{'expires': '2027-01-01'}|expires|expiresAt",
			"sven|/api/v1/changes/1/stop|{'why': 'x'}|why|reason",
			"ines|/api/v1/changes|{'nodes': [], 'settings': [{'name': 'x'}]}|settings[0].name|option, section, value",
			"sven|/api/v1/changes/1/start|{'contenthash': 'x'}|contenthash|contentHash",
			"amara|/api/v1/rulebase/drafts|{'revision': 1}|revision|from, message",
			"mara|/api/v1/webhooks|{'adress': 'x'}|adress|secret" })
	void refusesAPartThatItDoesNotKnow(String who, String path, String body, String field, String known) {
		assertThat(refused(who, path, body, field)).contains(known);
	}

	@ParameterizedTest
	@ValueSource(strings = { "submit", "approve", "deny", "withdraw", "dry-run", "start", "pause", "resume", "stop",
			"roll-back", "rerun", "plan" })
	void takesTheSameBodyForEveryVerb(String verb) {
		String body = "{\"contentHash\": \"%s\", \"comment\": \"seen\", \"reason\": \"seen\"}"
			.formatted("0".repeat(64));

		assertThat(post(List.of("approve", "deny").contains(verb) ? "priya" : "sven",
				"/api/v1/changes/nosuchchange/" + verb, body))
			.hasStatus(404);
	}

	@Test
	void takesTheSettingsOfARecommendationAsTheyWereAnswered() {
		String body = "{'nodes': ['nosuchnode'], 'reason': 'x', 'settings': [{'section': 'libvirt', 'option': 'virt_type', 'value': 'kvm', 'rule': 'S11', 'reason': 'It works here.'}]}";

		assertThat(post("ines", "/api/v1/changes", body.replace('\'', '"'))).bodyText()
			.contains("nodes[0]", "is not the id of a registered node")
			.doesNotContain("settings");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "mara|/api/v1/users|{'username': 7}|username|is not a text",
					"mara|/api/v1/nodes|{'name': 'x', 'host': 'x', 'version': '1'}|version|is not a whole number",
					"mara|/api/v1/users|{'username': 'ada', 'password': 123456789012}|password|is not a text",
					"mara|/api/v1/users|{'roles': 'admin'}|roles|is not a list",
					"mara|/api/v1/users|{'roles': [true]}|roles[0]|is not a text",
					"ines|/api/v1/tokens|{'expiresAt': 1900000000}|expiresAt|is not a text",
					"amara|/api/v1/rulebase/drafts|{'from': '1'}|from|is not a whole number",
					"amara|/api/v1/rulebase/drafts|{'from': 1.5}|from|is not a whole number",
					"amara|/api/v1/rulebase/drafts|{'from': 99999999999}|from|is not a whole number",
					"ines|/api/v1/changes/1/submit|{'version': true}|version|is not a whole number",
					"ines|/api/v1/changes|{'settings': [5]}|settings[0]|is not a JSON object" })
	void refusesAPartOfAnotherType(String who, String path, String body, String field, String message) {
		assertThat(refused(who, path, body, field)).startsWith(message);
	}

	@Test
	void saysThatABodyIsNoObject() {
		assertThat(post("mara", "/api/v1/users", "[]")).hasStatus(400).bodyText().contains("not a JSON object");
		assertThat(post("mara", "/api/v1/users", "{")).hasStatus(400).bodyText().contains("not JSON that can be read");
	}

	@Test
	void switchesAnAccountOffByTrueOrFalseOnly() {
		String user = made("mara", "/api/v1/users",
				"{\"username\": \"grace\", \"password\": \"%s\", \"roles\": []}".formatted(PASSWORD));

		assertThat(sent(HttpMethod.PATCH, "/api/v1/users/" + user, null, "{\"disabled\": \"false\"}")).hasStatus(400)
			.bodyText()
			.contains("neither true nor false");
	}

	@Test
	void editsANodeOnlyAsItWasSeen() {
		String path = "/api/v1/nodes/" + node("cmp-tag");
		String tag = tag(get("mara", path));

		assertThat(sent(HttpMethod.PATCH, path, "\"99\", W/" + tag, "{\"group\": \"a\"}")).hasStatus(412)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyText()
			.contains("stale-version");
		MvcTestResult edited = sent(HttpMethod.PATCH, path, "\"99\", " + tag, "{\"group\": \"a\"}");
		assertThat(edited).hasStatusOk();
		assertThat(tag(edited)).isNotEqualTo(tag).isEqualTo(tag(get("mara", path)));
		assertThat(sent(HttpMethod.PATCH, path, tag, "{\"group\": \"b\"}")).hasStatus(412);
		assertThat(sent(HttpMethod.PATCH, path, "no tag", "{\"group\": \"b\"}")).hasStatus(412);
		assertThat(sent(HttpMethod.DELETE, path, tag, "")).hasStatus(412);
		assertThat(sent(HttpMethod.PATCH, path, "*", "{\"group\": \"c\"}")).hasStatusOk();
		assertThat(sent(HttpMethod.DELETE, path, tag(get("mara", path)), "")).hasStatus(204);
	}

	@Test
	void readsANodeAgainOnlyIfItIsAnother() {
		String path = "/api/v1/nodes/" + node("cmp-known");
		String tag = tag(get("mara", path));

		assertThat(this.mvc.get().uri(path).with(httpBasic("mara", PASSWORD)).header("If-None-Match", tag))
			.hasStatus(304);
		assertThat(this.mvc.get().uri(path).with(httpBasic("mara", PASSWORD)).header("If-None-Match", "\"99\""))
			.hasStatusOk();
	}

	@Test
	void doesNothingForATagWhereItGivesNone() {
		String token = made("ines", "/api/v1/tokens", "{\"name\": \"tagged\"}");

		assertThat(this.mvc.delete()
			.uri("/api/v1/tokens/" + token)
			.with(httpBasic("ines", PASSWORD))
			.header("If-Match", "\"1\"")).hasStatus(412).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(this.mvc.delete()
			.uri("/api/v1/tokens/" + token)
			.with(httpBasic("ines", PASSWORD))
			.header("If-Match", "*")).hasStatus(204);
	}

	@Test
	void tellsOnlyTheHeadOfAStreamWhereNoMoreIsAsked() {
		String change = change("ines", node("cmp-head"));

		MvcTestResult head = this.mvc.head()
			.uri("/api/v1/changes/" + change + "/events")
			.with(httpBasic("ines", PASSWORD))
			.exchange();

		assertThat(head).hasStatusOk().hasContentType(MediaType.TEXT_EVENT_STREAM);
		assertThat(head.getRequest().isAsyncStarted()).isFalse();
	}

	@Test
	void callsNoListAProblem() {
		assertThat(this.mvc.get()
			.uri("/api/v1/nodes")
			.with(httpBasic("ines", PASSWORD))
			.header("Accept", "application/problem+json")).hasStatus(406)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(this.mvc.get()
			.uri("/api/v1/nodes/nobody")
			.with(httpBasic("ines", PASSWORD))
			.header("Accept", "application/problem+json")).hasStatus(404);
	}

	@Test
	void plansARolloutOnlyOfWhatWasSeen() {
		String plan = "/api/v1/changes/" + change("ines", node("cmp-plan")) + "/plan";

		assertThat(post("sven", plan, "{\"atOnce\": 1, \"version\": 99}")).hasStatus(409)
			.bodyText()
			.contains("changed-meanwhile");
		assertThat(post("sven", plan, "{\"atOnce\": 1, \"contentHash\": \"%s\"}".formatted("0".repeat(64))))
			.hasStatus(409)
			.bodyText()
			.contains("content-changed");
		assertThat(post("sven", plan, "{\"waves\": [{\"upTo\": \"100%\", \"treshold\": 50}]}")).hasStatus(400)
			.bodyJson()
			.hasPathSatisfying("$.errors[0].field", (field) -> assertThat(field).isEqualTo("waves[0].treshold"));
		assertThat(post("sven", plan, "{\"atOnce\": 1, \"version\": 0}")).hasStatusOk();
	}

	@Test
	void restoresNothingFromARevisionThatThereIsNot() {
		String file = draft() + "/files/cpu-model.drl";

		assertThat(post("amara", file + "/restore", "{\"revision\": 99}")).hasStatus(400)
			.bodyJson()
			.hasPathSatisfying("$.errors[0].field", (field) -> assertThat(field).isEqualTo("revision"));
		assertThat(get("amara", file)).hasStatusOk();
	}

	@Test
	void callsNoCasesGreenWhereNoneWasRun() {
		String cases = draft() + "/cases";

		assertThat(post("amara", cases, "{\"rule\": \"ZZ9\"}")).hasStatus(400)
			.bodyJson()
			.hasPathSatisfying("$.errors[0].field", (field) -> assertThat(field).isEqualTo("rule"));
		assertThat(post("amara", cases, "{\"file\": \"nothing.cases.yaml\"}")).hasStatus(400);
		assertThat(post("amara", cases, "{\"rule\": \"S11\"}")).hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("$.green", (green) -> assertThat(green).isEqualTo(true));
	}

	@ParameterizedTest
	@CsvSource({ "ISO-8859-1", "UTF-16", "UTF-8" })
	void readsAFileInTheCharsetThatItIsSentIn(String charset) throws UnsupportedEncodingException {
		String file = draft() + "/files/words.drl";

		assertThat(this.mvc.put()
			.uri(file)
			.with(httpBasic("amara", PASSWORD))
			.header("Content-Type", "text/plain;charset=" + charset)
			.content("// grün\n".getBytes(charset))).hasStatus(201);
		assertThat(raw(get("amara", file))).isEqualTo("// grün\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "text/plain;charset=nosuch" })
	void saysThatAContentTypeCannotBeRead(String type) {
		assertThat(this.mvc.put()
			.uri(draft() + "/files/words.drl")
			.with(httpBasic("amara", PASSWORD))
			.header("Content-Type", type)
			.content("// words")).hasStatus(415)
			.bodyText()
			.contains("no Content-Type that can be read; send text/plain");
	}

	@Test
	void takesNoArchiveThatWasCutOff() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.putNextEntry(new ZipEntry("words.drl"));
			zip.write("// words".getBytes(StandardCharsets.UTF_8));
			zip.closeEntry();
		}
		byte[] whole = bytes.toByteArray();
		String zip = draft() + "/zip";

		assertThat(archive(zip, Arrays.copyOf(whole, whole.length - 30))).hasStatus(400)
			.bodyText()
			.contains("no zip archive that can be read");
		assertThat(archive(zip, whole)).hasStatusOk();
	}

	/** Nothing is told apart by its simple name only, and what may be null says so. */
	@Test
	void describesWhatMayBeNullAndEachBodyByItself() {
		String document = body(get("ines", "/api/v1/openapi.json"));

		assertThat(JsonPath.<List<String>>read(document, "$.components.schemas.NodeView.properties.group.type"))
			.containsExactly("string", "null");
		assertThat(JsonPath.<List<String>>read(document, "$.components.schemas.NodeView.required"))
			.contains("id", "name", "labels")
			.doesNotContain("group", "credential");
		assertThat(JsonPath.<String>read(document,
				"$.components.schemas.NodeAssessmentView.properties.host.anyOf[1].type"))
			.isEqualTo("null");
		assertThat(
				JsonPath.<Map<String, Object>>read(document, "$.components.schemas.NodeAssessmentViewHost.properties"))
			.containsKey("libvirtVersion");
		assertThat(JsonPath.<Map<String, Object>>read(document, "$.components.schemas.FactsViewHost.properties"))
			.doesNotContainKey("libvirtVersion");
		assertThat(JsonPath.<Map<String, Object>>read(document, "$.components.schemas.ProblemDetail.properties"))
			.containsKeys("missingRight", "incident", "errors");
		assertThat(JsonPath.<Map<String, Object>>read(document, "$.components.schemas.NodeBody.properties"))
			.containsKeys("name", "host", "labels")
			.doesNotContainKeys("id", "createdAt");
		assertThat(JsonPath.<Map<String, Object>>read(document,
				"$.paths['/api/v1/changes/{id}/events'].get.responses['200'].content"))
			.containsOnlyKeys("text/event-stream");
		assertThat(JsonPath.<Map<String, Object>>read(document, "$.paths['/api/v1/nodes/{id}'].get.responses"))
			.containsOnlyKeys("200", "304", "default");
	}

	private String draft() {
		return "/api/v1/rulebase/drafts/" + made("amara", "/api/v1/rulebase/drafts", "{\"message\": \"words\"}");
	}

	/** What is said of the one part that is refused. */
	private String refused(String who, String path, String body, String field) {
		MvcTestResult result = post(who, path, body.replace('\'', '"'));
		assertThat(result).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(JsonPath.<List<String>>read(body(result), "$.errors[*].field")).containsExactly(field);
		return JsonPath.read(body(result), "$.errors[0].message");
	}

	private MvcTestResult archive(String path, byte[] bytes) {
		return this.mvc.put()
			.uri(path)
			.with(httpBasic("amara", PASSWORD))
			.contentType("application/zip")
			.content(bytes)
			.exchange();
	}

	private static String tag(MvcTestResult result) {
		String tag = result.getResponse().getHeader("ETag");
		assertThat(tag).matches("\"\\d+\"");
		return String.valueOf(tag);
	}

	private MvcTestResult sent(HttpMethod method, String path, @Nullable String ifMatch, String body) {
		var request = this.mvc.method(method)
			.uri(path)
			.with(httpBasic("mara", PASSWORD))
			.contentType(MediaType.APPLICATION_JSON)
			.content(body);
		return ((ifMatch != null) ? request.header("If-Match", ifMatch) : request).exchange();
	}

}
