package io.virtwise.facts;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An option that the files of nova set and that rules may ask for. One that no file sets
 * is not there.
 *
 * @param option its section and name, as {@code libvirt/images_type}
 * @param value the value that counts; several of a repeated option, one a line
 */
public record NovaOption(String option, String value) {

	private static final Set<String> TRUE = Set.of("true", "1", "on", "yes");

	private static final Set<String> FALSE = Set.of("false", "0", "off", "no");

	/** A processor, a range of them, or either taken out again by a caret. */
	private static final Pattern PROCESSORS = Pattern.compile("\\^?\\s*(\\d{1,6})(?:\\s*-\\s*(\\d{1,6}))?");

	/** The option without its section. */
	public String name() {
		return this.option.substring(this.option.indexOf('/') + 1);
	}

	/** As oslo.config reads a boolean; UNKNOWN where it is none. */
	public Known on() {
		String lower = this.value.strip().toLowerCase(Locale.ROOT);
		return TRUE.contains(lower) ? Known.YES : (FALSE.contains(lower) ? Known.NO : Known.UNKNOWN);
	}

	/** The value as a whole number, {@code null} where it is none. */
	public @Nullable Integer number() {
		String digits = this.value.strip();
		return digits.matches("[-+]?\\d{1,9}") ? Integer.valueOf(digits) : null;
	}

	/**
	 * What nova says where it cannot read the value as a set of the host's processors,
	 * such as {@code 4-12,^8,15}; {@code null} where it can. Nothing at all is a set that
	 * is not there, which it takes.
	 */
	public @Nullable String processorsFault() {
		BitSet in = new BitSet();
		BitSet out = new BitSet();
		for (String part : this.value.split(",", -1)) {
			String rule = part.strip();
			if (rule.isEmpty()) {
				continue;
			}
			Matcher read = PROCESSORS.matcher(rule);
			int from = read.matches() ? Integer.parseInt(read.group(1)) : 1;
			int to = !read.matches() ? 0 : ((read.group(2) != null) ? Integer.parseInt(read.group(2)) : from);
			if (from > to) {
				String kind = (rule.indexOf('-') >= 0) ? "range" : (rule.startsWith("^") ? "exclusion" : "inclusion");
				return "Invalid " + kind + " expression '" + rule + "'";
			}
			(rule.startsWith("^") ? out : in).set(from, to + 1);
		}
		in.andNot(out);
		return (!this.value.isEmpty() && in.isEmpty())
				? "No CPUs available after parsing '" + shownName() + "' config, '" + this.value + "'" : null;
	}

	private String shownName() {
		return this.option.startsWith("DEFAULT/") ? name() : "[" + this.option.replace("/", "] ");
	}

	/** Whether each line of the value is a name, a sign and something behind it. */
	public Known pairs() {
		return Known.of(this.value.lines().allMatch((line) -> line.indexOf('=') >= 0) && !this.value.isEmpty());
	}

	/** Whether nothing stands behind the sign. */
	public boolean blank() {
		return this.value.isBlank();
	}

}
