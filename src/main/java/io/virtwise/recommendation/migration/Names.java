package io.virtwise.recommendation.migration;

import java.util.Collection;
import java.util.List;

/**
 * Several names as people say them, the first few of many.
 */
final class Names {

	private static final int MOST = 5;

	private Names() {
	}

	static String of(Collection<String> names) {
		List<String> shown = names.stream().limit(MOST).toList();
		String all = String.join(", ", shown);
		return (names.size() > MOST) ? all + " and " + (names.size() - MOST) + " more" : all;
	}

}
