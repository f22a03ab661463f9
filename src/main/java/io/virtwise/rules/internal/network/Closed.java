package io.virtwise.rules.internal.network;

import java.util.List;

import io.virtwise.rules.language.Conclusion;

/**
 * Something that is so or is not so in a situation. Equal ones are equal values, so that
 * rules share them.
 */
sealed interface Closed {

	/**
	 * Whether it is so.
	 * @param joined the facts of which there may be several, in the order of the rule
	 */
	boolean holds(Situation situation, Object[] joined);

	/** The last of the joined facts that it needs, -1 for none. */
	int lastJoined();

	/**
	 * The fact that there is once is so.
	 */
	record Single(Kind kind, Test test) implements Closed {

		@Override
		public boolean holds(Situation situation, Object[] joined) {
			return situation.asked(this.kind, this.test, joined,
					this.test.on(situation.single(this.kind), situation, joined));
		}

		@Override
		public int lastJoined() {
			return this.test.lastJoined();
		}

	}

	/**
	 * One of the joined facts is so.
	 */
	record OfJoined(int place, Test test) implements Closed {

		@Override
		public boolean holds(Situation situation, Object[] joined) {
			return this.test.on(joined[this.place], situation, joined);
		}

		@Override
		public int lastJoined() {
			return Math.max(this.place, this.test.lastJoined());
		}

	}

	/**
	 * At least one of several facts is so.
	 */
	record Exists(Kind kind, Test test) implements Closed {

		@Override
		public boolean holds(Situation situation, Object[] joined) {
			for (Object fact : situation.several(this.kind)) {
				situation.look();
				if (this.test.on(fact, situation, joined)) {
					return true;
				}
			}
			return false;
		}

		@Override
		public int lastJoined() {
			return this.test.lastJoined();
		}

	}

	/**
	 * A question has one of these answers.
	 *
	 * @param answers a bit for each
	 */
	record Said(int topic, int answers) implements Closed {

		@Override
		public boolean holds(Situation situation, Object[] joined) {
			return (situation.answers(this.topic) & this.answers) != 0;
		}

		@Override
		public int lastJoined() {
			return -1;
		}

	}

	/**
	 * There is a conclusion of which this is so. Where the constraint rests on bound
	 * variables, so that the answers are not known beforehand.
	 */
	record Concluded(Test test) implements Closed {

		@Override
		public boolean holds(Situation situation, Object[] joined) {
			for (int topic = 0; topic < Situation.topics(); topic++) {
				for (Conclusion one : Situation.conclusions(topic, situation.answers(topic))) {
					situation.look();
					if (this.test.on(one, situation, joined)) {
						return true;
					}
				}
			}
			return false;
		}

		@Override
		public int lastJoined() {
			return this.test.lastJoined();
		}

	}

	/**
	 * It is not so.
	 */
	record Not(Closed inner) implements Closed {

		@Override
		public boolean holds(Situation situation, Object[] joined) {
			return !this.inner.holds(situation, joined);
		}

		@Override
		public int lastJoined() {
			return this.inner.lastJoined();
		}

	}

	/**
	 * All of these are so.
	 */
	record All(List<Closed> parts) implements Closed {

		@Override
		public boolean holds(Situation situation, Object[] joined) {
			for (Closed part : this.parts) {
				if (!part.holds(situation, joined)) {
					return false;
				}
			}
			return true;
		}

		@Override
		public int lastJoined() {
			return this.parts.stream().mapToInt(Closed::lastJoined).max().orElse(-1);
		}

	}

	/**
	 * At least one of these is so.
	 */
	record Any(List<Closed> parts) implements Closed {

		@Override
		public boolean holds(Situation situation, Object[] joined) {
			for (Closed part : this.parts) {
				if (part.holds(situation, joined)) {
					return true;
				}
			}
			return false;
		}

		@Override
		public int lastJoined() {
			return this.parts.stream().mapToInt(Closed::lastJoined).max().orElse(-1);
		}

	}

}
