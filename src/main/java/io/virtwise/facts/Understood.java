package io.virtwise.facts;

/**
 * One line that says what was understood of a text.
 *
 * @param state whether it was read, printed nothing, is unknown, or was not understood
 * @param text the same in words
 */
public record Understood(State state, String text) {

	/**
	 * What became of a text.
	 */
	public enum State {

		/** It was read. */
		READ("green", "circle-check", "Read"),
		/** It is known that there is nothing. */
		NOTHING("grey", "minus", "Printed nothing"),
		/** Nobody looked, or it could not be read. */
		UNKNOWN("violet", "help-hexagon", "Unknown"),
		/** It could not be understood. */
		PUZZLING("amber", "alert-circle", "Not understood");

		private final String tone;

		private final String icon;

		private final String word;

		State(String tone, String icon, String word) {
			this.tone = tone;
			this.icon = icon;
			this.word = word;
		}

		/** Its colour's name. */
		public String tone() {
			return this.tone;
		}

		/** Its icon's name. */
		public String icon() {
			return this.icon;
		}

		/** Its word. */
		public String word() {
			return this.word;
		}

	}

	/**
	 * The same with the part that it is about.
	 *
	 * @param part as people call it
	 * @param understood what was understood of it
	 */
	public record Row(String part, Understood understood) {
	}

}
