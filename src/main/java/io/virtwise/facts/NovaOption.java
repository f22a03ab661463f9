package io.virtwise.facts;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * An option that the files of nova set and that rules may ask for. One that no file sets
 * is not there.
 *
 * @param option its section and name, as {@code libvirt/images_type}
 * @param value the value that counts; several of a repeated option, one a line
 */
public record NovaOption(String option, String value) {

	private static final Set<String> TRUE = Set.of("true", "1", "on", "yes", "t");

	private static final Set<String> FALSE = Set.of("false", "0", "off", "no", "f");

	/** As oslo.config reads a boolean; UNKNOWN where it is none. */
	public Known on() {
		String lower = this.value.strip().toLowerCase(Locale.ROOT);
		return TRUE.contains(lower) ? Known.YES : (FALSE.contains(lower) ? Known.NO : Known.UNKNOWN);
	}

	/** The value as a whole number, {@code null} where it is none. */
	public @Nullable Integer number() {
		String digits = this.value.strip();
		return digits.matches("-?\\d{1,9}") ? Integer.valueOf(digits) : null;
	}

	/** Whether nothing stands behind the sign. */
	public boolean blank() {
		return this.value.isBlank();
	}

}
