package io.virtwise.nova;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;

/**
 * Refuses settings that a nova.conf cannot carry unchanged, before one byte is written:
 * what would start a line or a section of its own, what a reader would strip, names that
 * nova does not use.
 */
final class SettingCheck {

	private static final Pattern SECTION = Pattern.compile("DEFAULT|[a-z][a-z0-9_.-]{0,63}");

	private static final Pattern OPTION = Pattern.compile("[a-z][a-z0-9_]{0,79}");

	private static final int MAX_VALUE = 4096;

	private SettingCheck() {
	}

	/**
	 * The same settings, each option once.
	 * @throws Refused if a name or value cannot be taken, or one option is to have two
	 * values
	 */
	static List<Setting> checked(List<Setting> settings) {
		List<FieldFault> faults = new ArrayList<>();
		Map<String, Setting> byName = new LinkedHashMap<>();
		for (Setting setting : settings) {
			String name = setting.section() + "/" + setting.option();
			checkNames(setting, faults);
			checkValue(name, setting, faults);
			Setting other = byName.putIfAbsent(name, setting);
			if (other != null && !other.equals(setting)) {
				faults.add(new FieldFault(shown(name), "is to have two different values; keep one"));
			}
		}
		if (!faults.isEmpty()) {
			throw new Refused(Refused.Kind.INVALID, "setting-not-writable", sentence(faults), faults);
		}
		return List.copyOf(byName.values());
	}

	private static void checkNames(Setting setting, List<FieldFault> faults) {
		if (setting.section().equals("default") || !SECTION.matcher(setting.section()).matches()) {
			faults.add(new FieldFault("section", "is '" + shown(setting.section())
					+ "'; nova's sections are DEFAULT or lower-case letters, digits, dots, dashes and underscores"));
		}
		if (!OPTION.matcher(setting.option()).matches()) {
			faults.add(new FieldFault("option", "is '" + shown(setting.option())
					+ "'; nova's options are lower-case letters, digits and underscores"));
		}
	}

	private static void checkValue(String name, Setting setting, List<FieldFault> faults) {
		String value = setting.value();
		if (value == null) {
			return;
		}
		String fault = null;
		if (value.length() > MAX_VALUE) {
			fault = "has a value of " + value.length() + " characters; " + MAX_VALUE + " is the most";
		}
		else if (value.chars().anyMatch(SettingCheck::breaksALine)) {
			fault = "has a value with a line break or control character; take it out";
		}
		else if (!PythonText.strip(value).equals(value)) {
			fault = "has a value that begins or ends with a blank, which nova would strip; take it off";
		}
		else if (!NovaConfReader.unquoted(value).equals(value)) {
			fault = "has a value in quotes, which nova would strip; take them off";
		}
		else if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
			fault = "has a value that is not valid text; take out the broken characters";
		}
		if (fault != null) {
			faults.add(new FieldFault(shown(name), fault));
		}
	}

	private static boolean breaksALine(int c) {
		return Character.isISOControl(c) || Character.getType(c) == Character.LINE_SEPARATOR
				|| Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
	}

	private static String sentence(List<FieldFault> faults) {
		FieldFault first = faults.get(0);
		String more = (faults.size() > 1) ? " (and " + (faults.size() - 1) + " more)" : "";
		return "This cannot be written to a nova.conf: " + first.field() + " " + first.message() + more + ".";
	}

	/** A name for a message: short, on one line. */
	private static String shown(String text) {
		String oneLine = text.replaceAll("\\p{Cntrl}", "?");
		return (oneLine.length() > 80) ? oneLine.substring(0, 80) + "…" : oneLine;
	}

}
