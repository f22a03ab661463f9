package io.virtwise.rules.internal.syntax;

/**
 * What the head of a rule says of it, as {@code @severity(WARN)}.
 *
 * @param name without the sign
 * @param value as written, with quotes where it has them
 */
public record Annotation(Place place, String name, String value) {

	/** The value without quotes. */
	public String plain() {
		return this.value.startsWith("\"") ? this.value.substring(1, this.value.length() - 1) : this.value;
	}

}
