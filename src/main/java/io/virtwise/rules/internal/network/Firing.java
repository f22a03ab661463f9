package io.virtwise.rules.internal.network;

import java.util.List;

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
	 * What a firing rule rests on. It stays what it was, whatever fires later.
	 */
	interface Rests {

		/** The conclusions among it, each once, by topic. */
		List<Conclusion> conclusions();

		/** The facts among it of which there may be several. */
		List<Object> several();

	}

	/**
	 * What a firing rule matched, for as long as it fires.
	 */
	interface Matched {

		/** Makes a conclusion a fact for other rules. */
		void conclude(Conclusion conclusion);

		/** What the rule rests on. */
		Rests rests();

		/** Whether the rule binds such a variable. */
		boolean binds(String variable);

		/** The value of a variable that the rule binds. */
		@Nullable Object value(String variable);

	}

}
