package io.virtwise.rules.internal.syntax;

import java.util.List;
import java.util.Map;

/**
 * Attributes of DRL's rules, none of which this language has, and what to do instead.
 */
final class Attributes {

	private static final String ORDER = "the order in which rules fire never matters; say in the conditions what must hold";

	private static final String ONCE = "a rule fires once for each match, and a conclusion counts once";

	private static final String TIME = "rules do not know the time; the same facts always give the same advice";

	private static final String GROUP = "stages follow from the sink that a rule calls";

	private static final Map<String, String> REMEDIES = Map.ofEntries(Map.entry("salience", ORDER),
			Map.entry("no-loop", ONCE), Map.entry("lock-on-active", ONCE), Map.entry("activation-group", ONCE),
			Map.entry("agenda-group", GROUP), Map.entry("ruleflow-group", GROUP), Map.entry("auto-focus", GROUP),
			Map.entry("timer", TIME), Map.entry("duration", TIME), Map.entry("calendars", TIME),
			Map.entry("date-effective", TIME), Map.entry("date-expires", TIME),
			Map.entry("enabled", "take a rule out of the file, or make it a comment"),
			Map.entry("dialect", "there is one language of rules"),
			Map.entry("extends", "say the condition in each rule, or let one rule conclude what the others need"));

	private Attributes() {
	}

	/** What to do instead of an attribute of this name. */
	static String remedy(String name) {
		return REMEDIES.getOrDefault(name, ORDER);
	}

	static boolean isOne(String name) {
		return REMEDIES.containsKey(name);
	}

	/** Whether a hyphen in a name is one of an attribute, which is then said. */
	static boolean refuse(SourceText source, List<Token> before, int at, Problems problems) {
		if (source.text().charAt(at) != '-' || before.isEmpty()) {
			return false;
		}
		Token first = before.get(before.size() - 1);
		if (first.end() != at) {
			return false;
		}
		for (Map.Entry<String, String> attribute : REMEDIES.entrySet()) {
			if (attribute.getKey().indexOf('-') > 0 && source.text().startsWith(attribute.getKey(), first.start())) {
				problems.error(source.place(first),
						attribute.getKey() + " is not part of the language of rules: " + attribute.getValue());
				return true;
			}
		}
		return false;
	}

}
