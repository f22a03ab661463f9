package io.virtwise.rules.internal.syntax;

import org.jspecify.annotations.Nullable;

/**
 * A part of a rule is none that the language of rules has.
 */
public final class NotAllowed extends Exception {

	private static final long serialVersionUID = 1L;

	private final transient Place place;

	private final @Nullable String suggestion;

	public NotAllowed(Place place, String message) {
		this(place, message, null);
	}

	public NotAllowed(Place place, String message, @Nullable String suggestion) {
		super(message);
		this.place = place;
		this.suggestion = suggestion;
	}

	/** Where it stands. */
	public Place place() {
		return this.place;
	}

	/** What is wrong. */
	public String says() {
		return String.valueOf(getMessage());
	}

	/** What to write instead. */
	public @Nullable String suggestion() {
		return this.suggestion;
	}

}
