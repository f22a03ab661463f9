package io.virtwise.facts;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers about what a node is for, by their names in the HTTP contract. An
 * answer left empty is one that nobody gave.
 */
final class IntentAnswers {

	static final String ENVIRONMENT = "intent.environment";

	static final String LIVE_MIGRATION = "intent.live-migration";

	static final String NESTED = "intent.nested";

	static final String ACCEPT_EMULATION = "intent.accept-emulation";

	static final String IMAGE_FORMATS = "intent.image-formats";

	static final String GUEST_AGENT = "intent.guest-agent";

	/** The names of all answers. */
	static final Set<String> NAMES = Set.of(ENVIRONMENT, LIVE_MIGRATION, NESTED, ACCEPT_EMULATION, IMAGE_FORMATS,
			GUEST_AGENT);

	private static final Pattern FORMAT = Pattern.compile("[a-z0-9]{1,16}");

	private static final int MOST_FORMATS = 30;

	private final Map<String, String> answers;

	private final List<FieldFault> faults;

	private IntentAnswers(Map<String, String> answers, List<FieldFault> faults) {
		this.answers = answers;
		this.faults = faults;
	}

	/**
	 * Reads the answers.
	 * @param answers by name
	 * @param faults takes what cannot be read
	 */
	static Intent read(Map<String, String> answers, List<FieldFault> faults) {
		IntentAnswers reader = new IntentAnswers(answers, faults);
		return new Intent(reader.environment(), reader.yesOrNo(LIVE_MIGRATION), reader.yesOrNo(NESTED),
				reader.yesOrNo(ACCEPT_EMULATION), reader.formats(), reader.yesOrNo(GUEST_AGENT));
	}

	private Intent.Environment environment() {
		String answer = answer(ENVIRONMENT);
		if (answer == null) {
			return Intent.Environment.UNKNOWN;
		}
		return switch (answer) {
			case "production" -> Intent.Environment.PRODUCTION;
			case "lab" -> Intent.Environment.LAB;
			default -> {
				fault(ENVIRONMENT, answer, "production or lab");
				yield Intent.Environment.UNKNOWN;
			}
		};
	}

	private Known yesOrNo(String name) {
		String answer = answer(name);
		if (answer == null) {
			return Known.UNKNOWN;
		}
		return switch (answer) {
			case "true" -> Known.YES;
			case "false" -> Known.NO;
			default -> {
				fault(name, answer, "true or false");
				yield Known.UNKNOWN;
			}
		};
	}

	private Set<String> formats() {
		String answer = answer(IMAGE_FORMATS);
		Set<String> formats = new TreeSet<>();
		if (answer == null) {
			return formats;
		}
		for (String word : answer.split(",", -1)) {
			String format = word.strip().toLowerCase(Locale.ROOT);
			if (!FORMAT.matcher(format).matches() || formats.size() >= MOST_FORMATS) {
				fault(IMAGE_FORMATS, answer, "names of formats with commas between them, for example raw,qcow2");
				return Set.of();
			}
			formats.add(format);
		}
		return formats;
	}

	private @Nullable String answer(String name) {
		String answer = this.answers.get(name);
		return (answer == null || answer.isBlank()) ? null : answer.strip();
	}

	private void fault(String name, String answer, String wanted) {
		String shown = answer.replaceAll("\\p{Cntrl}", "?");
		shown = (shown.length() > 60) ? shown.substring(0, 60) + "…" : shown;
		this.faults.add(new FieldFault(name, "is '" + shown + "'; write " + wanted + ", or leave it out"));
	}

}
