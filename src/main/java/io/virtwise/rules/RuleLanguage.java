package io.virtwise.rules;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The words that rules may use, with what they mean, for whoever writes one.
 *
 * @param facts what conditions look at, by name
 * @param enums the words that fields are compared with, by name
 * @param calls what consequences may say
 */
public record RuleLanguage(List<Fact> facts, List<Words> enums, List<Call> calls) {

	public RuleLanguage {
		facts = List.copyOf(facts);
		enums = List.copyOf(enums);
		calls = List.copyOf(calls);
	}

	/**
	 * A type of fact.
	 *
	 * @param name how patterns call it
	 * @param means what it is
	 * @param several whether a node may have several of them
	 * @param fields what can be compared
	 */
	public record Fact(String name, String means, boolean several, List<Field> fields) {

		public Fact {
			fields = List.copyOf(fields);
		}

	}

	/**
	 * A field of a fact.
	 *
	 * @param name how constraints call it
	 * @param type what it is compared with: {@code text}, {@code number},
	 * {@code true or false}, or the name of an enum
	 * @param nullable whether it may be {@code null} where nobody knows
	 * @param means what it says
	 * @param unit how its number counts, {@code null} where it is none
	 * @param example a pattern out of the rulebase in force, {@code null} where no rule
	 * asks for it
	 */
	public record Field(String name, String type, boolean nullable, String means, @Nullable String unit,
			@Nullable String example) {
	}

	/**
	 * An enum.
	 *
	 * @param name what stands before the point
	 * @param means what it is about
	 * @param words what may stand behind it
	 */
	public record Words(String name, String means, List<Word> words) {

		public Words {
			words = List.copyOf(words);
		}

	}

	/**
	 * A word of an enum.
	 *
	 * @param name the word
	 * @param means what it says
	 */
	public record Word(String name, String means) {
	}

	/**
	 * A call that a consequence may be.
	 *
	 * @param name sink and method, as {@code advise.finding}
	 * @param signature with its arguments
	 * @param means what it does
	 */
	public record Call(String name, String signature, String means) {
	}

}
