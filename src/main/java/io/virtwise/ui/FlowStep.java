package io.virtwise.ui;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * One station on the way of a change, for {@code ui/flow :: flow}.
 *
 * @param title what the station is called
 * @param note when and by whom, or what is missing; {@code null} for nothing
 * @param when whether it is behind, reached or ahead
 * @param tone the tone's name without its prefix: green, amber, blue, red, violet, grey
 * @param icon the icon's class, for example {@code ti-pencil}
 */
public record FlowStep(String title, @Nullable String note, When when, String tone, String icon) {

	/**
	 * Where a station lies, seen from now.
	 */
	public enum When {

		/** Done. */
		PAST,
		/** Here it stands. */
		NOW,
		/** Still to come. */
		AHEAD;

		/** The class that the style sheet knows it by. */
		public String getCss() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
