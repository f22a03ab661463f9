package io.virtwise.recommendation.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import io.virtwise.facts.EvidenceParts;
import io.virtwise.recommendation.EvidenceAssessor;
import io.virtwise.shared.Refused;
import io.virtwise.ui.ProblemBodies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Assessing many nodes in one request: a line of JSON each, a line of answer each, in the
 * same order. Nothing is stored, and no more than one line is held in memory.
 */
@RestController
class AssessmentBatchApi {

	/** A line of JSON each. */
	static final String LINES = "application/x-ndjson";

	private static final String PATH = "/api/v1/assessments:batch";

	private static final long MOST_BYTES = 1024L * 1024 * 1024;

	private final EvidenceAssessor assessor;

	private final ProblemBodies problems;

	private final JsonMapper json;

	AssessmentBatchApi(EvidenceAssessor assessor, ProblemBodies problems, JsonMapper json) {
		this.assessor = assessor;
		this.problems = problems;
		this.json = json;
	}

	/**
	 * Assesses each line. One that cannot be taken gives a problem object with its number
	 * in its place; empty lines are passed over.
	 */
	@PostMapping(path = PATH, consumes = { LINES, "application/jsonl", MediaType.APPLICATION_JSON_VALUE,
			MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE })
	void assess(HttpServletRequest request, HttpServletResponse response) throws IOException {
		try (SpooledLines lines = SpooledLines.of(request.getInputStream(), MOST_BYTES, EvidenceParts.MAX_BYTES)) {
			response.setContentType(LINES);
			OutputStream out = response.getOutputStream();
			int number = 0;
			for (SpooledLines.Line line = lines.next(); line != null; line = lines.next()) {
				number++;
				if (!line.text().isBlank()) {
					out.write(this.json.writeValueAsBytes(answer((number == 1) ? line.withoutMark() : line, number)));
					out.write('\n');
				}
			}
			out.flush();
		}
	}

	private Object answer(SpooledLines.Line line, int number) {
		try {
			if (line.cut()) {
				throw Refused.tooLarge("The line is larger than " + EvidenceParts.MAX_BYTES / 1024 / 1024
						+ " MiB. Send an excerpt of its longest text.");
			}
			return this.assessor.assess(EvidenceParts.ofJson(parse(line.text()))).view();
		}
		catch (RuntimeException ex) {
			// whatever is wrong with one line, the others have a right to their answers
			ProblemDetail problem = this.problems.of(ex, PATH);
			problem.setProperty("line", number);
			return problem;
		}
	}

	private JsonNode parse(String line) {
		try {
			return this.json.readTree(line);
		}
		catch (JacksonException ex) {
			String place = (ex.getLocation() != null) ? "; look at column " + ex.getLocation().getColumnNr() : "";
			throw new Refused(Refused.Kind.INVALID, "invalid", "The line is not JSON that can be read" + place + ".",
					List.of());
		}
	}

}
