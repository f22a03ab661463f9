package io.virtwise.rules.internal.syntax;

/**
 * What a constraint compares: a field of the fact, or a variable bound before.
 *
 * @param name of the field, or of the variable with its dollar sign
 */
public record Subject(Place place, String name) {

	/** Whether it is a variable. */
	public boolean isVariable() {
		return this.name.startsWith("$");
	}

}
