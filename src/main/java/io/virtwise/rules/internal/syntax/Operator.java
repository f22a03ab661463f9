package io.virtwise.rules.internal.syntax;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a field is compared with a value.
 */
public enum Operator {

	/** Equal. */
	EQUAL("=="),
	/** Not equal. */
	UNEQUAL("!="),
	/** Less. */
	LESS("<"),
	/** Less or equal. */
	AT_MOST("<="),
	/** Greater. */
	MORE(">"),
	/** Greater or equal. */
	AT_LEAST(">=");

	private final String sign;

	Operator(String sign) {
		this.sign = sign;
	}

	/** As it is written. */
	public String sign() {
		return this.sign;
	}

	/** Whether it asks which of two comes first. */
	public boolean orders() {
		return this != EQUAL && this != UNEQUAL;
	}

	static Optional<Operator> of(Token token) {
		return Arrays.stream(values()).filter((one) -> token.is(one.sign)).findFirst();
	}

}
