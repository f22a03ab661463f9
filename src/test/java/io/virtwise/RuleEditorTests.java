package io.virtwise;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * The editor of rules as it answers browsers, with script and without.
 */
class RuleEditorTests extends WholePortal {

	private static final String FILE = "kernel-modules.drl";

	private MockHttpSession amara = new MockHttpSession();

	private String draft = "";

	private String page = "";

	@BeforeEach
	void beginADraft() {
		this.amara = signIn("amara");
		this.draft = made("amara", "/api/v1/rulebase/drafts", "{\"message\": \"try the editor\"}");
		this.page = "/rules/drafts/" + this.draft + "/files/" + FILE;
	}

	@Test
	void showsAFileWithItsToolsAndWorksAsAPlainForm() {
		String page = raw(see(this.amara, this.page));

		assertThat(page)
			.contains("data-editor=\"drools\"", "name=\"etag\"", "/webjars/ace-builds/",
					"formaction=\"" + this.page + "/cases#cases\"", "formaction=\"" + this.page + "/format\"",
					"href=\"/rules/drafts/" + this.draft + "/insert?path=" + FILE + "\"", "data-line=\"")
			.contains("class=\"file-cases\"", "title=\"kernel-modules.cases.yaml\"", "aria-current=\"page\"")
			.containsPattern("<span class=\"rule\">V201</span> <span class=\"long\">kvm_intel is loaded</span>");
		assertThat(raw(see(signIn("tomasz"), this.page)))
			.contains("readonly", "To edit rules you need the right rule:write")
			.doesNotContain("/format");
	}

	@Test
	void checksWhatIsTypedAndSavesNothing() {
		String broken = text().replace("kvmIntel == Known.NO", "kvmIntel == Known.NOO");

		MvcTestResult answer = piece(this.page + "/problems", "text", broken);

		assertThat(answer).hasStatusOk();
		assertThat(raw(answer))
			.contains("id=\"problems\"", "id=\"outline\"", "data-problem-kind=\"error\"", "Known has no such word: NOO",
					"<code>Known.NO</code>")
			.doesNotContain("<html");
		assertThat(text()).doesNotContain("NOO");
	}

	@Test
	void runsCasesOnTheTextAsItIsTyped() {
		String broken = text().replace("kvmIntel == Known.NO", "kvmIntel == Known.YES");

		String red = raw(piece(this.page + "/cases", "text", broken));
		String green = raw(piece(this.page + "/cases", "text", text()));

		assertThat(red).contains("id=\"cases\"", "differ", "did not fire", "name=\"only\"").doesNotContain("<html");
		assertThat(green).contains("as expected").doesNotContain("differ");
		String name = red.replaceFirst("(?s).*?name=\"only\" value=\"([^\"]+)\".*", "$1");
		assertThat(raw(piece(this.page + "/cases", "text", broken, "only", name))).contains("1 of 1 differ", name);
		assertThat(raw(send(this.amara, this.page + "/cases", "text", broken, "etag", "x"))).contains("<html", "differ",
				"name=\"etag\" form=\"editor\" value=\"x\"");
		assertThat(text()).as("what is stored").isNotEqualTo(broken);
	}

	@Test
	void laysATextOutAndSaysWhyItCannot() {
		String spread = "rule   \"V950 It can\"\n@id( V950 )\nwhen CpuInfo( vmx==Known.YES )\nthen advise . cpuFlags( \"pcid\" ) ; end";
		String laidOut = "rule \"V950 It can\"\n@id(V950)\nwhen\n    CpuInfo(vmx == Known.YES)\nthen\n    advise.cpuFlags(\"pcid\");\nend\n";

		assertThat(JsonPath.<String>read(raw(piece(this.page + "/format", "text", spread)), "$.text"))
			.isEqualTo(laidOut);
		assertThat(body(send(this.amara, this.page + "/format", "text", spread))).contains("CpuInfo(vmx == Known.YES)");
		MvcTestResult refused = piece(this.page + "/format", "text", "rule \"V950 x");
		assertThat(refused).hasStatus(422);
		assertThat(JsonPath.<String>read(raw(refused), "$.refusal")).contains(FILE + ":1:6", "no end on its line");
		assertThat(send(this.amara, this.page + "/format", "text", "rule \"V950 x")).hasStatus(422)
			.bodyText()
			.contains("no end on its line", "rule &quot;V950 x");
	}

	@Test
	void savesWithoutLeavingAndSaysWhoWasFaster() {
		String tag = tag();

		MvcTestResult saved = piece(this.page, "text", text() + "// more\r\n", "etag", tag);
		MvcTestResult late = piece(this.page, "text", "// other\n", "etag", tag);

		assertThat(saved).hasStatusOk().bodyText().contains("id=\"saved\"", "id=\"lock\"", "You edit this file since");
		assertThat(tag()).isNotEqualTo(tag);
		assertThat(text()).endsWith("// more\n").doesNotContain("\r");
		assertThat(late).hasStatus(412).bodyText().contains("id=\"saved\"", "tone-red", "value=\"" + tag + "\"");
	}

	@Test
	void takesOneFileFromADisk() {
		assertThat(upload(FILE, text() + "// from a disk\n")).hasStatus(302);
		assertThat(text()).endsWith("// from a disk\n");
		assertThat(upload("../" + FILE, "x")).hasStatus4xxClientError();
		assertThat(upload("notes.txt", "x")).hasStatus4xxClientError();
	}

	private MvcTestResult upload(String name, String text) {
		return this.mvc.post()
			.uri("/rules/drafts/" + this.draft + "/upload")
			.multipart()
			.file(new MockMultipartFile("file", name, "text/plain", text.getBytes(StandardCharsets.UTF_8)))
			.session(this.amara)
			.with(csrf())
			.exchange();
	}

	@Test
	void takesTheLockWithTheFirstLetter() {
		MvcTestResult mine = piece("/rules/drafts/" + this.draft + "/lock", "path", FILE);
		made("mara", "/api/v1/users",
				"{\"username\": \"zoe" + this.draft.substring(0, 6)
						+ "\", \"displayName\": \"Zoe Lind\", \"password\": \"" + PASSWORD
						+ "\", \"roles\": [\"rule-author\"]}");
		MockHttpSession zoe = signIn("zoe" + this.draft.substring(0, 6));
		MvcTestResult hers = exchange(zoe, "/rules/drafts/" + this.draft + "/lock", true, "path", FILE);

		assertThat(mine).hasStatusOk().bodyText().contains("You edit this file since").doesNotContain("data-locked");
		assertThat(hers).hasStatus(409).bodyText().contains("edits this since", "data-locked=\"true\"");
		assertThat(raw(see(zoe, this.page))).contains("readonly");
	}

	@Test
	void writesARuleFromAForm() {
		String form = "/rules/drafts/" + this.draft + "/insert";
		String tag = tag();
		assertThat(raw(see(this.amara, form + "?path=" + FILE))).contains("value=\"" + tag + "\"", "CpuInfo.vmx: ");

		MvcTestResult refused = send(this.amara, form, rule(tag, "V201", "", "CpuInfo.vmx", "YEP"));
		assertThat(refused).hasStatus(422);
		assertThat(raw(refused)).contains("href=\"#conditions[0].value\"", "id=\"conditions[0].value\"",
				"is a word of Known, perhaps YES", "href=\"#title\"", "value=\"YEP\"");
		assertThat(send(this.amara, form, rule(tag, "V201", "It can", "CpuInfo.vmx", "YES"))).hasStatus(422)
			.bodyText()
			.contains("is taken by a rule in " + FILE);

		int lines = text().stripTrailing().split("\n").length;
		assertThat(send(this.amara, form, rule(tag, "V950", "It can", "CpuInfo.vmx", "YES")))
			.hasRedirectedUrl(this.page + "#L" + (lines + 2));
		assertThat(text()).endsWith("""
				end

				rule "V950 It can"
				@id(V950) @doc("nova conf/libvirt") @severity(INFO)
				when
				    CpuInfo(vmx == Known.YES)
				then
				    advise.finding("it can", "So it can, or not.", "- be glad");
				end
				""");
		assertThat(send(this.amara, form, rule(tag, "V951", "It can", "CpuInfo.vmx", "YES"))).hasStatus(412);
		assertThat(send(signIn("tomasz"), form, rule(tag(), "V951", "It can", "CpuInfo.vmx", "YES"))).hasStatus(403);
	}

	@Test
	void findsWordsInAllFiles() {
		String search = "/rules/drafts/" + this.draft + "/search";

		assertThat(raw(see(this.amara, search + "?q=KVMINTEL == known.no")))
			.containsPattern("href=\"/rules/drafts/" + this.draft + "/files/" + FILE + "#L\\d+\"")
			.contains("<mark>kvmIntel == Known.NO</mark>");
		assertThat(raw(see(this.amara, search + "?q=rule"))).contains("The first 200 of ");
		assertThat(raw(see(this.amara, search + "?q=<b>nothing"))).contains("Nothing holds", "&lt;b&gt;nothing");
		assertThat(see(this.amara, search)).hasStatus(422).bodyText().contains("holds what to look for");
	}

	@Test
	void makesACaseOfANodeWithOneClick() {
		String node = node("cmp-acme-7");
		assertThat(post("mara", "/api/v1/nodes/" + node + "/facts",
				"{\"cpuinfo\": \"processor : 0\\nvendor_id : GenuineIntel\\nflags : fpu vmx\\n\", \"modules\": \"\", \"nova-conf\": "
						+ "\"[libvirt]\\nvirt_type = kvm\\nlive_migration_inbound_addr = acme-7.example\\nrbd_user = acme\\n\"}"))
			.hasStatus2xxSuccessful();
		assertThat(raw(see(this.amara, "/nodes/" + node))).contains("action=\"/rules/cases\"", "Make a case of it");

		String place = String.valueOf(send(this.amara, "/rules/cases", "node", node).getResponse().getRedirectedUrl());

		assertThat(place).startsWith("/rules/drafts/" + this.draft + "/files/").contains(".cases.yaml#L");
		String file = place.replaceFirst(".*/files/([^#]*)#.*", "$1");
		String cases = raw(get("amara", "/api/v1/rulebase/drafts/" + this.draft + "/files/" + file));
		String entry = cases.lines().skip(Long.parseLong(place.replaceFirst(".*#L", "")) - 1).toList().toString();
		assertThat(entry).startsWith("[- rule: ")
			.contains("vendorId: GenuineIntel", "base: nothing", "case: on a stored node");
		assertThat(cases.toLowerCase(java.util.Locale.ROOT)).doesNotContain("acme");
		assertThat(body(
				post("amara", "/api/v1/rulebase/drafts/" + this.draft + "/cases", "{\"case\": \"on a stored node\"}")))
			.contains("\"green\":true", "\"passed\":1");
		assertThat(send(signIn("sven"), "/rules/cases", "node", node)).hasStatus(403);
		assertThat(send(this.amara, "/rules/cases", "node", "nosuchnode")).hasStatus(404);
	}

	/**
	 * What was known and said earlier, also where it went badly, and what was never
	 * stored.
	 */
	@Test
	void makesCasesOfEarlierAndOfUnstoredAssessments() {
		String node = node("cmp-acme-8");
		String facts = "/api/v1/nodes/" + node + "/facts";
		assertThat(post("mara", facts, "{\"cpuinfo\": \"processor : 0\\nvendor_id : GenuineIntel\\nflags : fpu\\n\"}"))
			.hasStatus2xxSuccessful();
		String at = JsonPath.read(raw(get("mara", "/api/v1/nodes/" + node + "/history")), "$.items[0].assessedAt");
		assertThat(
				post("mara", facts, "{\"cpuinfo\": \"processor : 0\\nvendor_id : AuthenticAMD\\nflags : fpu svm\\n\"}"))
			.hasStatus2xxSuccessful();
		assertThat(raw(see(this.amara, "/nodes/" + node + "/history?time=" + at))).contains("action=\"/rules/cases\"",
				"name=\"at\" value=\"" + at + "\"", "Make a case of it");

		String earlier = entry(send(this.amara, "/rules/cases", "node", node, "at", at));
		String pasted = "processor : 0\nvendor_id : AuthenticAMD\nflags : fpu\n";
		assertThat(raw(send(this.amara, "/assess", "cpuinfo", pasted))).contains("action=\"/rules/cases/evidence\"");
		String unstored = entry(send(this.amara, "/rules/cases/evidence", "cpuinfo", pasted));

		assertThat(earlier).contains("vendorId: GenuineIntel", "verdict: blocked").doesNotContain("AMD");
		assertThat(unstored).contains("vendorId: AuthenticAMD", "verdict: blocked");
		assertThat(body(
				post("amara", "/api/v1/rulebase/drafts/" + this.draft + "/cases", "{\"case\": \"on a stored node\"}")))
			.contains("\"green\":true");
		assertThat(send(this.amara, "/rules/cases", "node", node, "at", "2001-01-01T00:00:00Z")).hasStatus(404);
		assertThat(send(signIn("sven"), "/rules/cases/evidence", "cpuinfo", pasted)).hasStatus(403);
	}

	/** The case that a click led to. */
	private String entry(MvcTestResult answer) {
		String place = String.valueOf(answer.getResponse().getRedirectedUrl());
		String file = place.replaceFirst(".*/files/([^#]*)#.*", "$1");
		return raw(get("amara", "/api/v1/rulebase/drafts/" + this.draft + "/files/" + file)).lines()
			.skip(Long.parseLong(place.replaceFirst(".*#L", "")) - 1)
			.collect(Collectors.joining("\n"));
	}

	@Test
	void explainsTheWordsOfTheLanguage() {
		String words = raw(see(this.amara, "/rules/language.json"));

		assertThat(JsonPath.<List<String>>read(words, "$.facts[?(@.name=='CpuInfo')].fields[?(@.name=='vmx')].means"))
			.containsExactly("the Intel flag of hardware virtualization");
		assertThat(JsonPath.<List<String>>read(words,
				"$.facts[?(@.name=='HostState')].fields[?(@.name=='memoryMib')].unit"))
			.containsExactly("MiB; 0 is unknown");
		assertThat(JsonPath.<List<String>>read(words, "$.enums[?(@.name=='Known')].words[*].name"))
			.containsExactly("YES", "NO", "UNKNOWN");
		assertThat(JsonPath.<List<String>>read(words, "$.calls[*].name")).contains("advise.finding", "conclude.that");
		assertThat(raw(see(this.amara, "/rules/language"))).contains("id=\"CpuInfo.vmx\"", "id=\"advise.finding\"",
				"id=\"Known\"");
	}

	private String[] rule(String tag, String id, String title, String field, String value) {
		return new String[] { "path", FILE, "etag", tag, "id", id, "title", title, "document", "nova", "passage",
				"conf/libvirt", "severity", "INFO", "field", field, "field", "", "field", "", "field", "", "operator",
				"==", "operator", "==", "operator", "==", "operator", "==", "value", value, "value", "", "value", "",
				"value", "", "adviceKind", "finding", "adviceTitle", "it can", "adviceWhy", "So it can, or not.",
				"adviceLines", "- be glad\r\n" };
	}

	private String text() {
		return raw(get("amara", "/api/v1/rulebase/drafts/" + this.draft + "/files/" + FILE));
	}

	private String tag() {
		@Nullable String tag = get("amara", "/api/v1/rulebase/drafts/" + this.draft + "/files/" + FILE).getResponse()
			.getHeader("ETag");
		return String.valueOf(tag).replace("\"", "");
	}

	private MvcTestResult see(MockHttpSession session, String path) {
		int query = path.indexOf("?q=");
		MockMvcRequestBuilder request = (query < 0) ? this.mvc.get().uri(path)
				: this.mvc.get().uri(path.substring(0, query)).param("q", path.substring(query + 3));
		return request.session(session).exchange();
	}

	private MvcTestResult piece(String path, String... fields) {
		return exchange(this.amara, path, true, fields);
	}

	private MvcTestResult send(MockHttpSession session, String path, String... fields) {
		return exchange(session, path, false, fields);
	}

	private MvcTestResult exchange(MockHttpSession session, String path, boolean piece, String... fields) {
		MockMvcRequestBuilder request = this.mvc.post().uri(path).session(session).with(csrf());
		if (piece) {
			request.header("HX-Request", "true");
		}
		for (int at = 0; at < fields.length; at += 2) {
			request.param(fields[at], fields[at + 1]);
		}
		return request.exchange();
	}

}
