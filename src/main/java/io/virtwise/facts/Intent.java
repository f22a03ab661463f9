package io.virtwise.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;

/**
 * What the people behind a node want from it. Never assumed: what nobody answered is
 * unknown.
 *
 * @param environment production or lab
 * @param liveMigration whether a running guest must be able to move to another node
 * @param nested whether guests start guests of their own
 * @param acceptEmulation whether slow emulation is acceptable if KVM cannot be had
 * @param imageFormats the image formats in use, lower case; empty where nobody said
 * @param guestAgent whether images carry the guest agent
 */
public record Intent(Environment environment, Known liveMigration, Known nested, Known acceptEmulation,
		Set<String> imageFormats, Known guestAgent) {

	/** Nobody said anything. */
	public static final Intent UNKNOWN = new Intent(Environment.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN,
			Set.of(), Known.UNKNOWN);

	/**
	 * Reads answers by their names in the HTTP contract, as {@code intent.environment};
	 * an answer that is absent or blank is one that nobody gave, other names are passed
	 * over.
	 * @throws Refused naming each answer that cannot be read
	 */
	public static Intent ofAnswers(Map<String, String> answers) {
		List<FieldFault> faults = new ArrayList<>();
		Intent intent = IntentAnswers.read(answers, faults);
		if (!faults.isEmpty()) {
			throw Refused.invalid(faults);
		}
		return intent;
	}

	/** The names of the answers that are there and blank: asked, and left open. */
	public static Set<String> leftOpen(Map<String, String> answers) {
		return IntentAnswers.NAMES.stream()
			.filter((name) -> answers.containsKey(name) && answers.getOrDefault(name, "").isBlank())
			.collect(Collectors.toUnmodifiableSet());
	}

	/** The same without the answers of these names. */
	public Intent without(Set<String> names) {
		Map<String, String> kept = new HashMap<>();
		IntentAnswers.NAMES.stream()
			.filter((name) -> !names.contains(name))
			.forEach((name) -> kept.put(name, answer(name)));
		return ofAnswers(kept);
	}

	/**
	 * The answer by its name, as the HTTP contract writes it; empty where nobody gave
	 * one.
	 */
	public String answer(String name) {
		return switch (name) {
			case IntentAnswers.ENVIRONMENT ->
				(this.environment == Environment.UNKNOWN) ? "" : this.environment.name().toLowerCase(Locale.ROOT);
			case IntentAnswers.LIVE_MIGRATION -> word(this.liveMigration);
			case IntentAnswers.NESTED -> word(this.nested);
			case IntentAnswers.ACCEPT_EMULATION -> word(this.acceptEmulation);
			case IntentAnswers.GUEST_AGENT -> word(this.guestAgent);
			case IntentAnswers.IMAGE_FORMATS -> String.join(",", this.imageFormats);
			default -> throw new IllegalArgumentException("there is no answer " + name);
		};
	}

	private static String word(Known known) {
		return (known == Known.UNKNOWN) ? "" : String.valueOf(known == Known.YES);
	}

	public Intent {
		imageFormats = java.util.Collections.unmodifiableSet(new TreeSet<>(imageFormats));
	}

	/**
	 * What the node is used for.
	 */
	public enum Environment {

		/** People depend on the guests. */
		PRODUCTION,
		/** Development or test. */
		LAB,
		/** Nobody said. */
		UNKNOWN

	}

}
