package io.virtwise.recommendation.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.access.CurrentUser;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.Intent;
import io.virtwise.facts.IntakePage;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaOption;
import io.virtwise.facts.NodeFactsReader.NodeReading;
import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.NovaRelease;
import io.virtwise.recommendation.Samples;
import io.virtwise.recommendation.internal.AssessmentFixtures;
import io.virtwise.recommendation.internal.FakeReleases;
import io.virtwise.recommendation.internal.NodeDossier;
import io.virtwise.recommendation.internal.ReleaseRuns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.mock.web.MockPart;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests for {@link ReleasePreviewPages} and {@link ReleasePreviewApi}.
 */
@WebMvcTest({ ReleasePreviewPages.class, ReleasePreviewApi.class })
@WithMockUser
@MockitoBean(types = { CurrentUser.class, IntakePage.class })
class ReleasePreviewPagesTests {

	private static final Instant AT = Instant.parse("2026-11-22T14:02:00Z");

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private NodeDossier dossier;

	@MockitoBean
	private FactReader reader;

	@BeforeEach
	void mitakaNode() {
		facts("mitaka");
	}

	@Test
	void laysTwoReleasesSideBySideAndSaysWhatBreaksAndWhatIsRenamed() {
		String page = get("/nodes/n1/releases?from=13&to=29");

		assertThat(page)
			.contains("cmp-1 on another nova release", "What breaks",
					"nova refuses nova.conf at start: The cpu_models option is not required",
					"A CPU model is named &lt;b&gt;&amp;amp;&lt;/b&gt;", "What must be renamed",
					"<code>[libvirt] cpu_model</code> becomes <code>[libvirt] cpu_models</code>",
					"Mitaka (nova 13)</th>", "2024.1 (nova 29)</th>", "Mitaka (nova 13) to Stein (nova 19)",
					"Train (nova 20) to 2026.1 (nova 33)", "/nodes/n1/releases?from=13&amp;to=20",
					"<option value=\"29\" selected=\"selected\">2024.1 (nova 29)</option>")
			.doesNotContain("Nothing differs");
		assertThat(page.split("<h1", -1)).hasSize(2);
	}

	@Test
	void namesWhatALaterReleaseIgnores() {
		facts("mitaka", new NovaOption("compute/cpu_shared_set", "0-3"));

		assertThat(get("/nodes/n1/releases?from=13&to=17")).contains("What is ignored",
				"<code>[compute] cpu_shared_set</code>", ">0-3</code>",
				"Queens (nova 17) does not read it, and neither does today&#39;s");
		assertThat(get("/nodes/n1/releases?from=13&to=18")).doesNotContain("What is ignored");
		assertThat(this.mvc.get().uri("/api/v1/nodes/n1/release-preview?to=17")).bodyJson().isLenientlyEqualTo("""
				{"releases": [{"ignored": [
				  {"name": "[compute] cpu_shared_set", "value": "0-3", "readToday": false}]}]}""");
	}

	@Test
	void saysThatNothingDiffers() {
		assertThat(get("/nodes/n1/releases?from=21&to=29")).contains("Nothing differs").doesNotContain("What breaks");
	}

	@Test
	void takesTheNodesReleaseAndTheNewestByDefault() {
		assertThat(get("/nodes/n1/releases")).contains(
				"<option value=\"13\" selected=\"selected\">Mitaka (nova 13)</option>",
				"<option value=\"33\" selected=\"selected\">2026.1 (nova 33)</option>", "Side by side");
	}

	@Test
	void asksForTheReleaseWhereNobodySaidIt() {
		facts(null);

		assertThat(get("/nodes/n1/releases")).contains("Nobody said which nova release runs today")
			.doesNotContain("Side by side");
		assertThat(get("/nodes/n1/releases?from=13&to=20")).contains("Side by side");
	}

	@Test
	void saysWhatIsWrongWithTheReleasesAskedFor() {
		MvcTestResult older = this.mvc.get().uri("/nodes/n1/releases?from=29&to=13").exchange();
		assertThat(older).hasStatus(422).bodyText().contains("older than 2024.1 (nova 29)");

		assertThat(this.mvc.get().uri("/nodes/n1/releases?from=x<y&to=13")).hasStatus(422)
			.bodyText()
			.contains("names no nova release that is known")
			.doesNotContain("x<y");
	}

	@Test
	void aNodeWithoutFactsIsSaidSo() {
		given(this.dossier.latest("n1")).willReturn(Optional.empty());

		assertThat(get("/nodes/n1/releases")).contains("Nothing is known about this node yet");
	}

	@Test
	void handsEvidenceOnFromFormToForm() {
		MvcTestResult result = this.mvc.post()
			.uri("/assess/releases")
			.with(csrf())
			.param("modules", "kvm 1 0\n<b>")
			.param("release", "mitaka")
			.param("from", "13")
			.param("to", "29")
			.exchange();

		assertThat(result).hasStatusOk()
			.bodyText()
			.contains("Side by side", "<input type=\"hidden\" name=\"modules\" value=\"kvm 1 0\n&lt;b&gt;\">",
					"action=\"/assess/releases\"")
			.doesNotContain("name=\"from\" value");
		ArgumentCaptor<Evidence> evidence = ArgumentCaptor.forClass(Evidence.class);
		then(this.reader).should().read(evidence.capture());
		assertThat(evidence.getValue().of(EvidenceKind.MODULES)).hasSize(1);
	}

	@Test
	void answersProgramsForANode() {
		assertThat(this.mvc.get().uri("/api/v1/nodes/n1/release-preview?from=13&to=20&to=2024.1")).hasStatusOk()
			.bodyJson()
			.isLenientlyEqualTo(
					"""
							{"rulebase": {"revision": 3}, "from": {"release": {"major": 13, "series": "mitaka"}, "verdict": "ready",
							  "nova": {"accepted": true}},
							 "releases": [{"release": {"major": 20, "series": "train"},
							   "judged": {"verdict": "blocked", "nova": {"accepted": false, "when": "start"}},
							   "breaks": [{"topic": "nova", "kind": "changes"},
							     {"topic": "finding", "kind": "appears", "name": "N22", "severity": "BLOCK", "before": null}],
							   "renames": [{"from": "[libvirt] cpu_model", "to": "[libvirt] cpu_models", "value": "Nehalem"}]},
							  {"release": {"major": 29, "series": "2024.1"}}],
							 "timeline": [{"from": {"major": 13}, "to": {"major": 19}, "changes": []},
							   {"from": {"major": 20}, "to": {"major": 33}, "verdict": "blocked"}]}""");
	}

	@Test
	void answersProgramsForEvidenceWithEveryLaterReleaseByDefault() {
		facts("2025.1");
		assertThat(this.mvc.post()
			.uri("/api/v1/assessments/release-preview")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"modules\": \"\", \"release\": \"2025.1\"}")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.releases[*].release.series")
			.asArray()
			.containsExactly("2025.2", "2026.1");
	}

	@Test
	void takesSeveralReleasesInJsonAndInAForm() {
		assertThat(this.mvc.post()
			.uri("/api/v1/assessments/release-preview")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"modules\": \"\", \"release\": \"13\", \"to\": [\"29\", \"train\"]}")).bodyJson()
			.extractingPath("$.releases[*].release.major")
			.asArray()
			.containsExactly(20, 29);
		MockPart to = new MockPart("to", "29,train".getBytes(StandardCharsets.UTF_8));
		assertThat(this.mvc.post()
			.uri("/api/v1/assessments/release-preview")
			.multipart()
			.file(new MockMultipartFile("modules", "kvm 1 0".getBytes(StandardCharsets.UTF_8)))
			.part(to)
			.with(csrf())).bodyJson().extractingPath("$.releases[*].release.major").asArray().containsExactly(20, 29);
	}

	@Test
	void namesTheFieldThatIsWrong() {
		facts(null);

		assertThat(this.mvc.get().uri("/api/v1/nodes/n1/release-preview")).hasStatus(400)
			.bodyJson()
			.extractingPath("$.errors[0].field")
			.isEqualTo("from");
		assertThat(this.mvc.get().uri("/api/v1/nodes/n1/release-preview?from=13&to=kilo")).hasStatus(400)
			.bodyJson()
			.extractingPath("$.errors[0].field")
			.isEqualTo("to");
		assertThat(post("{\"modules\": \"\"}")).hasStatus(400)
			.bodyJson()
			.extractingPath("$.errors[0].field")
			.isEqualTo("release");
		assertThat(post("{\"release\": \"13\", \"to\": {\"a\": 1}}")).hasStatus(400)
			.bodyJson()
			.extractingPath("$.errors[0].field")
			.isEqualTo("to");
		assertThat(post("[]")).hasStatus(400);
	}

	private MvcTestResult post(String body) {
		return this.mvc.post()
			.uri("/api/v1/assessments/release-preview")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	private String get(String address) {
		MvcTestResult result = this.mvc.get().uri(address).exchange();
		assertThat(result).hasStatusOk();
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private void facts(@Nullable String release, NovaOption... options) {
		NodeFacts sample = Samples.intelWithoutModule();
		NodeFacts facts = new NodeFacts(sample.platform(), sample.cpuinfo(), sample.modules(), sample.devKvm(),
				sample.capabilities(), sample.domainCapabilities(), sample.novaConf(),
				(release != null) ? NovaRelease.parse(release).orElseThrow() : null, sample.intent(), sample.seen(),
				sample.problems(), sample.host(), List.of(options), sample.logs());
		given(this.reader.read(any())).willReturn(facts);
		given(this.dossier.node("n1")).willReturn(new Node("n1", "cmp-1", "10.0.0.1", 22, Transport.SSH, null, null,
				null, null, Map.of(), "/etc/nova/nova.conf", WriteMode.AUTO, 0, AT));
		given(this.dossier.latest("n1")).willReturn(
				Optional.of(
						AssessmentFixtures.stored(
								"n1", AT, new NodeReading(new Evidence(List.of(), null, Intent.UNKNOWN), "9.0.0",
										"7.2.0", "cmp-1", 1024, 32, List.of(), null, List.of()),
								facts, Samples.blocked())));
	}

	/**
	 * Rules that change with Train, and the time of these tests.
	 */
	@TestConfiguration
	static class Beans {

		@Bean
		ReleaseRuns runs() {
			return FakeReleases.runs();
		}

		@Bean
		Clock clock() {
			return Clock.fixed(AT, ZoneOffset.UTC);
		}

	}

}
