package io.virtwise.recommendation.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.virtwise.access.CurrentUser;
import io.virtwise.facts.Evidence;
import io.virtwise.recommendation.Assessed;
import io.virtwise.recommendation.EvidenceAssessor;
import io.virtwise.recommendation.Samples;
import io.virtwise.ui.ProblemBodies;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests for {@link AssessmentBatchApi}.
 */
@WebMvcTest(AssessmentBatchApi.class)
@WithMockUser
@MockitoBean(types = CurrentUser.class)
@ComponentScan(basePackages = "io.virtwise.ui.web", useDefaultFilters = false,
		includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = ProblemBodies.class))
class AssessmentBatchApiTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private JsonMapper json;

	@MockitoBean
	private EvidenceAssessor assessor;

	@Test
	void answersEachLineInItsPlaceAndGoesOnAfterABadOne() throws Exception {
		given(this.assessor.assess(any(Evidence.class)))
			.willReturn(new Assessed(Samples.intelWithoutModule(), Samples.blocked(), List.of()))
			.willThrow(new IllegalStateException("canary of the inside"))
			.willReturn(new Assessed(Samples.intelWithoutModule(), Samples.blocked(), List.of()));

		List<JsonNode> answers = answers("""
				{"cpuinfo": "flags : vmx"}
				{"cpuinfo":

				{"cpuinfo": "", "colour": "blue"}
				[]
				{"modules": ""}
				{"modules": "", "release": "13"}
				""".replace("\n{\"modules\": \"\"}", "\r\n{\"modules\": \"\"}"));

		assertThat(answers).hasSize(6);
		assertThat(answers.get(0).path("verdict").asString()).isEqualTo("blocked");
		assertThat(answers.get(1).path("type").asString()).isEqualTo("urn:virtwise:problem:invalid");
		assertThat(answers.get(1).path("line").asInt()).isEqualTo(2);
		assertThat(answers.get(1).path("detail").asString()).contains("not JSON", "column");
		assertThat(answers.get(2).path("errors").path(0).path("field").asString()).isEqualTo("colour");
		assertThat(answers.get(2).path("line").asInt()).isEqualTo(4);
		assertThat(answers.get(3).path("status").asInt()).isEqualTo(400);
		assertThat(answers.get(4).path("status").asInt()).isEqualTo(500);
		assertThat(answers.get(4).toString()).doesNotContain("canary");
		assertThat(answers.get(5).path("verdict").asString()).isEqualTo("blocked");
	}

	@Test
	void answersNothingToNothing() throws Exception {
		assertThat(answers("")).isEmpty();
		assertThat(answers("\n\n")).isEmpty();
	}

	@Test
	void leavesNoFileBehind() throws Exception {
		long before = spooled();

		answers("{}\n");

		assertThat(spooled()).isEqualTo(before);
	}

	@Test
	void saysWhichFormItReads() {
		assertThat(this.mvc.post().uri("/api/v1/assessments:batch").with(csrf()).contentType("text/csv").content("a;b"))
			.hasStatus(415);
	}

	private List<JsonNode> answers(String lines) throws Exception {
		MvcTestResult result = this.mvc.post()
			.uri("/api/v1/assessments:batch")
			.with(csrf())
			.contentType("application/x-ndjson")
			.content(lines)
			.exchange();

		assertThat(result).hasStatusOk().hasContentType("application/x-ndjson");
		return result.getResponse().getContentAsString().lines().map(this.json::readTree).toList();
	}

	private static long spooled() throws Exception {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> file.getFileName().toString().startsWith("virtwise-batch-")).count();
		}
	}

}
