package io.virtwise.rules.internal.network;

import java.util.List;
import java.util.Set;

import io.virtwise.rules.language.Conclusion;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rules that fire.
 */
public interface Firing {

	/**
	 * A rule fires.
	 * @param rule its number
	 * @param match what it matched
	 */
	void fires(int rule, Matched match);

	/**
	 * What a firing rule matched.
	 */
	interface Matched {

		/** Makes a conclusion a fact for other rules. */
		void conclude(Conclusion conclusion);

		/** The conclusions among it. */
		Set<Conclusion> conclusions();

		/** The facts among it of which there may be several. */
		List<Object> several();

		/** Whether the rule binds such a variable. */
		boolean binds(String variable);

		/** The value of a variable that the rule binds. */
		@Nullable Object value(String variable);

	}

}
