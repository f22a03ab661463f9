package io.virtwise.recommendation.workorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.core.io.ClassPathResource;

/**
 * The shell functions that work orders are put together from. Each part begins with a
 * line {@code #: name, parts that it needs}; a script gets only those that it uses.
 */
final class ShellParts {

	private static final Pattern MARK = Pattern.compile("(?m)^#: ");

	private static final Map<String, Part> PARTS = read();

	private ShellParts() {
	}

	/** The functions of these parts and of those that they need, each once. */
	static String of(Collection<String> names) {
		Set<String> wanted = new LinkedHashSet<>();
		names.forEach((name) -> collect(name, wanted));
		StringBuilder text = new StringBuilder();
		PARTS.forEach((name, part) -> {
			if (wanted.contains(name)) {
				text.append(part.text);
			}
		});
		return text.toString();
	}

	private static void collect(String name, Set<String> wanted) {
		Part part = PARTS.get(name);
		if (part == null) {
			throw new IllegalArgumentException("no part of the script is called " + name);
		}
		part.needs.forEach((need) -> collect(need, wanted));
		wanted.add(name);
	}

	private static Map<String, Part> read() {
		String all;
		try {
			all = new ClassPathResource("work-order/parts.sh").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the parts of the work order's script are missing", ex);
		}
		Map<String, Part> parts = new LinkedHashMap<>();
		for (String text : MARK.split(all, -1)) {
			int end = text.indexOf('\n');
			List<String> names = new ArrayList<>(List.of(text.substring(0, Math.max(0, end)).split("[ ,]+", -1)));
			String name = names.remove(0);
			if (!name.isEmpty() && !name.startsWith("#")) {
				parts.put(name, new Part(List.copyOf(names), text.substring(end + 1)));
			}
		}
		return parts;
	}

	private record Part(List<String> needs, String text) {
	}

}
