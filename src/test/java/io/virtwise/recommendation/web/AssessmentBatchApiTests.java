package io.virtwise.recommendation.web;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

import io.virtwise.access.CurrentUser;
import io.virtwise.facts.Evidence;
import io.virtwise.recommendation.Assessed;
import io.virtwise.recommendation.EvidenceAssessor;
import io.virtwise.recommendation.Samples;
import io.virtwise.ui.ProblemBodies;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.DelegatingServletOutputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;
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

	@Autowired
	private ProblemBodies problems;

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

	/** A portal that is killed in the middle of it leaves nothing behind either. */
	@Test
	void keepsLinesInAFileThatHasNoName() throws Exception {
		long before = spooled();

		try (SpooledLines lines = SpooledLines.of(new ByteArrayInputStream("one\ntwo\n".getBytes(UTF_8)), 100, 100)) {
			assertThat(spooled()).isEqualTo(before);
			assertThat(lines.next()).extracting(SpooledLines.Line::text).isEqualTo("one");
			assertThat(lines.next()).extracting(SpooledLines.Line::text).isEqualTo("two");
			assertThat(lines.next()).isNull();
		}
	}

	/**
	 * Ten thousand nodes are some 200 MB; as many as {@code batch.lines} says are sent.
	 */
	@Test
	void holdsNoMoreThanALineInMemory() throws Exception {
		// one that does not remember what it was asked
		EvidenceAssessor forgetful = mock(EvidenceAssessor.class, withSettings().stubOnly());
		given(forgetful.assess(any(Evidence.class)))
			.willReturn(new Assessed(Samples.intelWithoutModule(), Samples.blocked(), List.of()));
		int lines = Integer.getInteger("batch.lines", 3_000);
		byte[] line = ("{\"cpuinfo\": \"" + "flags : vmx sse2 ".repeat(1_300) + "\"}\n").getBytes(UTF_8);
		MockHttpServletRequest request = new MockHttpServletRequest() {

			@Override
			public ServletInputStream getInputStream() {
				return new DelegatingServletInputStream(new SequenceInputStream(Collections
					.enumeration(Collections.nCopies(lines, line).stream().map(ByteArrayInputStream::new).toList())));
			}

		};
		AtomicInteger answers = new AtomicInteger();
		AtomicLong most = new AtomicLong();
		long before = usedHeap();

		new AssessmentBatchApi(forgetful, this.problems, this.json).assess(request, answering((answer) -> {
			if (answers.incrementAndGet() % (lines / 4) == 0) {
				most.set(Math.max(most.get(), usedHeap() - before));
			}
		}));

		assertThat(answers).hasValue(lines);
		assertThat(most.get()).as("heap in use while " + (long) lines * line.length / 1_000_000 + " MB go through")
			.isLessThan(24L * 1024 * 1024);
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

	/** Tells of each answer, and keeps none. */
	private static MockHttpServletResponse answering(IntConsumer told) {
		return new MockHttpServletResponse() {

			@Override
			public ServletOutputStream getOutputStream() {
				return new DelegatingServletOutputStream(new OutputStream() {

					@Override
					public void write(int letter) {
						if (letter == '\n') {
							told.accept(1);
						}
					}

				});
			}

		};
	}

	private static long usedHeap() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static long spooled() throws Exception {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> file.getFileName().toString().startsWith("virtwise-batch-")).count();
		}
	}

}
