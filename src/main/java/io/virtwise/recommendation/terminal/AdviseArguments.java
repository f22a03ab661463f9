package io.virtwise.recommendation.terminal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.virtwise.nova.NovaRelease;

/**
 * What was asked for on the command line.
 *
 * @param json whether to print what the HTTP API answers, instead of text for people
 * @param colours whether the terminal shows colours
 * @param parts release and intent by their names in the HTTP contract
 */
record AdviseArguments(boolean json, boolean colours, Map<String, String> parts) {

	AdviseArguments {
		parts = Map.copyOf(parts);
	}

	/**
	 * Reads the arguments.
	 * @throws IllegalArgumentException with a message for the person who gave them
	 */
	static AdviseArguments parse(List<String> arguments) {
		boolean json = false;
		boolean colours = false;
		Map<String, String> parts = new LinkedHashMap<>();
		Iterator<String> all = arguments.iterator();
		while (all.hasNext()) {
			String argument = all.next();
			switch (argument) {
				case "--json" -> json = true;
				case "--colours" -> colours = true;
				case "--release" -> once(parts, "release", release(value(argument, all)));
				case "--intent" -> intent(parts, value(argument, all));
				default -> throw new IllegalArgumentException("unknown argument '" + argument + "'");
			}
		}
		return new AdviseArguments(json, colours, parts);
	}

	private static String value(String argument, Iterator<String> all) {
		if (!all.hasNext()) {
			throw new IllegalArgumentException(argument + " needs a value");
		}
		return all.next();
	}

	private static String release(String text) {
		if (NovaRelease.parse(text).isEmpty()) {
			throw new IllegalArgumentException("--release '" + text + "' is no nova release that we know; "
					+ "give a series (mitaka, 2024.1), nova's major version (13) or a package version (13.1.4)");
		}
		return text;
	}

	private static void intent(Map<String, String> parts, String text) {
		int sign = text.indexOf('=');
		if (sign < 1 || sign == text.length() - 1) {
			throw new IllegalArgumentException(
					"--intent '" + text + "' is not NAME=VALUE; for example --intent environment=production");
		}
		once(parts, "intent." + text.substring(0, sign), text.substring(sign + 1));
	}

	private static void once(Map<String, String> parts, String name, String value) {
		if (parts.putIfAbsent(name, value) != null) {
			throw new IllegalArgumentException(name + " is given twice");
		}
	}

}
