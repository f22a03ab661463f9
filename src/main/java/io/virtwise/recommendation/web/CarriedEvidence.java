package io.virtwise.recommendation.web;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.IntakeForm;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.util.MultiValueMap;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.util.WebUtils;

/**
 * What was handed in with a form, to be handed in again with the next one, because
 * nothing of it is stored.
 *
 * @param possible whether it is small enough and text only
 * @param fields its fields, hidden in the next form
 */
record CarriedEvidence(boolean possible, List<Field> fields) {

	/** A page with more than that in it is slower than assessing again. */
	private static final int MOST = 2 * 1024 * 1024;

	private static final List<String> OWN = List.of("_csrf", "from", "to");

	static CarriedEvidence of(HttpServletRequest request, IntakeForm form) {
		List<Field> fields = new ArrayList<>();
		request.getParameterMap().forEach((name, values) -> {
			if (!OWN.contains(name) && !name.equals("collector")) {
				for (String value : values) {
					fields.add(new Field(name, value));
				}
			}
		});
		fields.add(new Field("collector", form.collector()));
		long size = fields.stream().mapToLong((field) -> field.value().length()).sum();
		boolean possible = size <= MOST && onlyText(request);
		return new CarriedEvidence(possible, possible ? fields : List.of());
	}

	/** The collector's output is text, also where it came as a file. */
	private static boolean onlyText(HttpServletRequest request) {
		MultipartHttpServletRequest multipart = WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
		MultiValueMap<String, MultipartFile> files = (multipart != null) ? multipart.getMultiFileMap() : null;
		return files == null || files.entrySet()
			.stream()
			.allMatch((each) -> each.getKey().equals("collector-file")
					|| each.getValue().stream().allMatch(MultipartFile::isEmpty));
	}

	/** One hidden field. */
	record Field(String name, String value) {
	}

}
