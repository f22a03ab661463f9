package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.virtwise.rules.Assessment.Step;

/**
 * Reads the steps that rules write. Rules say the same few to many nodes, so those read
 * last are kept.
 */
final class Remedies {

	private static final int MOST = 5_000;

	private final Map<List<String>, Remedy> known = new ConcurrentHashMap<>();

	/** What these texts of a rule ask for. */
	Remedy of(RuleHead rule, List<String> texts) {
		Remedy known = this.known.get(texts);
		if (known == null) {
			known = read(rule, texts);
			if (this.known.size() >= MOST) {
				this.known.clear();
			}
			this.known.put(texts, known);
		}
		return known;
	}

	private static Remedy read(RuleHead rule, List<String> texts) {
		List<Step> steps = new ArrayList<>();
		Set<String> requires = new LinkedHashSet<>();
		for (String text : texts) {
			String body = text.substring(1).strip();
			switch (text.charAt(0)) {
				case '#' -> steps.add(command(body, true));
				case '$' -> steps.add(command(body, false));
				case '-' -> steps.add(new Step(null, false, body));
				case '!' -> requires.add(body);
				default -> throw new IllegalArgumentException(rule.id() + ": a step starts with #, $, - or !: " + text);
			}
		}
		return new Remedy(steps, List.copyOf(requires));
	}

	private static Step command(String body, boolean asRoot) {
		int note = body.indexOf(" -- ");
		return (note < 0) ? new Step(body, asRoot, null)
				: new Step(body.substring(0, note).strip(), asRoot, body.substring(note + 4).strip());
	}

	/**
	 * Steps to take.
	 *
	 * @param requires what they need afterwards
	 */
	record Remedy(List<Step> steps, List<String> requires) {

		Remedy {
			steps = List.copyOf(steps);
		}

	}

}
