package io.virtwise.overview.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment.Document;
import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.CaseRun;
import io.virtwise.rules.CaseRun.CaseResult;
import io.virtwise.rules.Knowledge;
import io.virtwise.rules.KnowledgeIndex;
import io.virtwise.rules.KnowledgeIndex.Claim;
import io.virtwise.rules.KnowledgeIndex.Erratum;
import io.virtwise.rules.KnowledgeIndex.Part;
import io.virtwise.rules.KnowledgeIndex.Passage;
import io.virtwise.rules.KnowledgeIndex.Row;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.Severity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/**
 * The knowledge, as a page and over HTTP.
 */
@WebMvcTest({ KnowledgePages.class, KnowledgeApi.class })
@Import(KnowledgeShelf.class)
@WithMockUser
class KnowledgePagesTests {

	private static final RulebaseRevision REVISION = new RulebaseRevision(3, "ab".repeat(32));

	private static final String HOSTILE = "<img src=x onerror=alert(1)>${7*7}";

	private static final CaseResult GREEN = new CaseResult("a.cases.yaml", "S19", "Intel without the module",
			List.of("S19"), List.of("S20"), List.of());

	private static final CaseResult RED = new CaseResult("a.cases.yaml", "S20", "AMD " + HOSTILE, List.of("S20"),
			List.of(), List.of("S20 did not fire", "verdict is ready instead of blocked"));

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private Knowledge knowledge;

	@MockitoBean
	private Advisor advisor;

	@BeforeEach
	void somethingIsKnown() {
		Passage x86 = new Passage("3.11.2.1.1", "For x86 based systems",
				List.of(new Row("S19", "Intel needs kvm-intel.", "hypervisors-3.11 3.11.2.1.1", List.of("S19", "V206"),
						null),
						new Row("S20", "AMD needs kvm-amd.", "hypervisors-3.11 3.11.2.1.1", List.of("S20"), null)));
		Passage enable = new Passage("3.11.2.1", "Enable KVM", List.of(new Row("S13", "Steps are done as root.",
				"hypervisors-3.11 3.11.2.1", List.of(), "A property of each step.")));
		Passage host = new Passage("a2", "The device",
				List.of(new Row("P14", "Without vhost-net it is slower.", "libvirt " + HOSTILE, List.of("P14"), null)));
		given(this.knowledge.index()).willReturn(new KnowledgeIndex(
				List.of(new Part("chapter", "The chapter", "Founding.", List.of(enable, x86)),
						new Part("host", "Others", "Peers.", List.of(host))),
				List.of(new Erratum("E01", "Swapped modules", List.of("3.11.2.1.1"),
						List.of(new Claim("the chapter", "kvm-amd on Intel"), new Claim("nova", "the right one")),
						"The maker's module.", "The other refuses to load.", List.of("S19", "S99")))));
		given(this.knowledge.rules())
			.willReturn(List.of(rule("S19", Severity.BLOCK, "kvm_intel is not loaded " + "long".repeat(40)),
					rule("S20", Severity.BLOCK, "kvm_amd is not loaded"), rule("V206", Severity.INFO, "missing")));
		given(this.advisor.rulebase()).willReturn(REVISION);
		ran(GREEN, RED);
	}

	@Test
	void showsEachPassageWithItsRulesAndTheirCases() {
		String page = page("/knowledge");

		assertThat(page)
			.contains("3.11.2.1.1", "For x86 based systems", "Intel needs kvm-intel.", "/knowledge/rules/S19", "Blocks",
					"1 of 1", "1 of 2<", "A property of each step.")
			.contains("4, 3 with rules, 1 with a reason", "3<", "1 still to come", "1 of 2 as expected", "revision 3");
		assertThat(page("/knowledge?source=host")).contains("P14</span> ", "is not written yet");
	}

	@Test
	void saysWhatDiffersInARedCaseAndTrustsNoText() {
		String page = page("/knowledge");

		assertThat(page)
			.contains("One case came out otherwise than expected.",
					"S20 did not fire; verdict is ready instead of blocked")
			.contains("&lt;img src=x onerror=alert(1)&gt;${7*7}")
			.doesNotContain("<img");
	}

	@Test
	void saysWhereSourcesErrBesideThePassageAndOnAPageOfTheirs() {
		assertThat(page("/knowledge")).contains("/knowledge?source=errata#E01", "Followed here");
		assertThat(page("/knowledge?source=errata")).contains("id=\"E01\"", "kvm-amd on Intel",
				"The maker&#39;s module.", "The other refuses to load.");
	}

	@Test
	void opensAtTheFoundingDocumentAndLeadsToTheOtherSources() {
		assertThat(page("/knowledge"))
			.contains("id=\"S19\"", "href=\"/knowledge?source=host\"", "href=\"/knowledge?source=errata\"")
			.doesNotContain("id=\"P14\"", "Clear filters");
		assertThat(page("/knowledge?source=all")).contains("id=\"S19\"", "id=\"P14\"", "id=\"E01\"", "href=\"#host\"");
		assertThat(page("/knowledge?q=p14")).contains("id=\"P14\"").doesNotContain("href=\"/knowledge?source=chapter");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			q=intel             | S19 | S20
			q=kvm_amd           | S20 | S13
			q=v206              | S19 | S20
			severity=info       | S19 | S20
			source=host         | P14 | S19
			source=chapter&q=as | S13 | P14
			severity=BLOCK      | S20 | S13
			q=root&severity=    | S13 | S19
			""")
	void filtersByWordsSeverityAndSource(String query, String left, String gone) {
		String page = page("/knowledge?" + query);

		assertThat(page).contains("id=\"" + left + "\"", "Clear filters").doesNotContain("id=\"" + gone + "\"");
	}

	@Test
	void aRuleThatMatchesByItselfShowsWithoutTheOthersOfItsRow() {
		assertThat(page("/knowledge?q=v206")).contains("/knowledge/rules/V206").doesNotContain("/knowledge/rules/S19");
		assertThat(page("/knowledge?q=S19")).contains("/knowledge/rules/V206", "/knowledge/rules/S19");
	}

	@Test
	void saysWhereNothingMatches() {
		assertThat(page("/knowledge?q=nosuchthing")).contains("Nothing matches", "value=\"nosuchthing\"",
				"0 of 4 rows");
		assertThat(page("/knowledge?source=errata")).contains("id=\"E01\"").doesNotContain("Nothing matches");
	}

	@ParameterizedTest
	@CsvSource({ "severity=bad, severity", "source=nowhere, source" })
	void refusesAFilterThatItDoesNotKnow(String query, String field) {
		assertThat(this.mvc.get().uri("/api/v1/knowledge?" + query)).hasStatus(400)
			.bodyJson()
			.hasPathSatisfying("$.errors[0].field", (name) -> assertThat(name).isEqualTo(field))
			.hasPathSatisfying("$.errors[0].message",
					(message) -> assertThat(message).asString().contains("is not one of"));
		assertThat(this.mvc.get().uri("/knowledge?" + query)).hasStatus(400);
	}

	@Test
	void wordsMayStandInAnyOrder() {
		assertThat(this.mvc.get().uri("/knowledge").param("q", " amd  KVM ")).bodyText()
			.contains("id=\"S20\"")
			.doesNotContain("id=\"S13\"");
	}

	@Test
	void refusesEndlessWords() {
		assertThat(this.mvc.get().uri("/api/v1/knowledge").param("q", "a".repeat(201))).hasStatus(400);
	}

	@Test
	void doesNotWaitForCasesThatAreStillRunning() {
		given(this.knowledge.cases(any())).willReturn(Optional.empty());

		assertThat(page("/knowledge?q=intel")).contains("running for the first time", "/knowledge?q=intel",
				"kvm_intel is not loaded");
		assertThat(page("/knowledge/rules/S19")).contains("running for the first time");
	}

	@Test
	void showsARuleAsItIsWrittenWithItsCases() {
		assertThat(page("/knowledge/rules/S20")).contains("rule &quot;S20 kvm_amd is not loaded&quot;", "a.drl, line 7",
				"differs", "S20 did not fire", "stay silent", "AMD needs kvm-amd.", "since 20");
		assertThat(this.mvc.get().uri("/knowledge/rules/s20")).hasStatusOk();
		assertThat(this.mvc.get().uri("/knowledge/rules/S98")).hasStatus(404);
	}

	@Test
	void answersTheSameOverHttp() {
		assertThat(this.mvc.get().uri("/api/v1/knowledge?source=chapter")).hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("$.rulebase.revision", (number) -> assertThat(number).isEqualTo(3))
			.hasPathSatisfying("$.coverage.run.passed", (number) -> assertThat(number).isEqualTo(1))
			.hasPathSatisfying("$.coverage.run.ranAt", (time) -> assertThat(time).isEqualTo("2026-11-22T10:02:00Z"))
			.hasPathSatisfying("$.parts.length()", (number) -> assertThat(number).isEqualTo(1))
			.hasPathSatisfying("$.parts[0].passages[1].rows[1].rules[0].failures[0].faults[0]",
					(fault) -> assertThat(fault).isEqualTo("S20 did not fire"))
			.hasPathSatisfying("$.parts[0].passages[0].rows[0].reason",
					(reason) -> assertThat(reason).isEqualTo("A property of each step."));
	}

	private void ran(CaseResult... results) {
		given(this.knowledge.cases(any())).willReturn(
				Optional.of(new CaseRun(REVISION, Instant.parse("2026-11-22T10:02:00Z"), 120, List.of(results))));
	}

	private String page(String address) {
		MvcTestResult result = this.mvc.get().uri(address).exchange();
		assertThat(result).hasStatusOk();
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private static RuleText rule(String id, Severity severity, String title) {
		return new RuleText(id, title, "advise", severity, new Document("hypervisors-3.11", "3.11.2.1.1"),
				id.equals("S20") ? 20 : null, null, "a.drl", 7, "rule \"%s %s\"\nwhen\nthen\nend".formatted(id, title));
	}

}
