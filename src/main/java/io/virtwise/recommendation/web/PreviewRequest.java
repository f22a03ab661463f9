package io.virtwise.recommendation.web;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.nova.NovaRelease;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Which releases a preview is about.
 *
 * @param from the release that runs today
 * @param to the later ones to compare it with, oldest first
 */
record PreviewRequest(NovaRelease from, List<NovaRelease> to) {

	/**
	 * Reads what was asked for.
	 * @param field the name under which the first release was asked for
	 * @param from the present release as given, {@code null} if it was not
	 * @param known the present release as the facts have it
	 * @param to later releases as given; every later one where there are none
	 * @throws Refused naming what cannot be taken
	 */
	static PreviewRequest of(String field, @Nullable String from, @Nullable NovaRelease known, List<String> to) {
		NovaRelease first = (from != null && !from.isBlank()) ? release(field, from) : known;
		if (first == null) {
			throw Refused.invalid(field, "is missing, and nobody said yet which nova release runs on this node; "
					+ "give a series (mitaka, 2024.1) or a major version (13)");
		}
		List<NovaRelease> later = new ArrayList<>();
		for (String text : to) {
			for (String name : text.split(",", -1)) {
				if (!name.isBlank()) {
					later.add(later(first, release("to", name)));
				}
			}
		}
		if (later.isEmpty()) {
			NovaRelease.all().stream().filter((each) -> each.major() > first.major()).forEach(later::add);
		}
		return new PreviewRequest(first,
				later.stream().distinct().sorted(java.util.Comparator.comparing(NovaRelease::major)).toList());
	}

	private static NovaRelease later(NovaRelease first, NovaRelease release) {
		if (release.major() < first.major()) {
			throw Refused.invalid("to", "is " + release.displayName() + ", which is older than " + first.displayName()
					+ "; a preview looks at later releases");
		}
		return release;
	}

	private static NovaRelease release(String field, String text) {
		return NovaRelease.parse(text)
			.orElseThrow(() -> Refused.invalid(field,
					"names no nova release that is known; give a series (mitaka, 2024.1) or a major version, "
							+ NovaRelease.all().get(0).major() + " to "
							+ NovaRelease.all().get(NovaRelease.all().size() - 1).major()));
	}

}
