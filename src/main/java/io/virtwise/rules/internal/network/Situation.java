package io.virtwise.rules.internal.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.language.Answer;
import io.virtwise.rules.language.Conclusion;
import io.virtwise.rules.language.Topic;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the node in one run: its facts and what was concluded so far.
 */
@SuppressWarnings("EnumOrdinal") // places in arrays that live as long as the process
final class Situation {

	/** Far above what any node needs. */
	private static final int MAX_LOOKS = 1_000_000;

	private static final Object NOTHING = new Object();

	private static final Topic[] TOPICS = Topic.values();

	private static final Answer[] ANSWERS = Answer.values();

	private static final Conclusion[] CONCLUSIONS = conclusionsThereAre();

	/** Where nothing is known, for constraints that look at one fact only. */
	static final Situation NONE = new Situation(null, (rule, match) -> {
	});

	private final @Nullable NodeFacts facts;

	private final Firing firing;

	private final @Nullable Object[] known = new @Nullable Object[Kind.values().length];

	/** Fields that were read, by place; {@code null} where none was. */
	private @Nullable Object[] fields = new @Nullable Object[Field.count()];

	/** For each topic a bit for each answer. */
	private final int[] answers = new int[TOPICS.length];

	private @Nullable Joining joining;

	private final @Nullable ReleaseTrail trail;

	private int looks;

	Situation(@Nullable NodeFacts facts, Firing firing) {
		this(facts, firing, null);
	}

	/**
	 * @param trail notes what is asked of the release, if anybody wants to know
	 */
	Situation(@Nullable NodeFacts facts, Firing firing, @Nullable ReleaseTrail trail) {
		this.facts = facts;
		this.firing = firing;
		this.trail = trail;
		if (trail != null) {
			trail.begin(this);
		}
	}

	/** The fact of this kind. */
	Object single(Kind kind) {
		Object known = this.known[kind.ordinal()];
		if (known == null) {
			if (this.facts == null) {
				throw new IllegalStateException("nothing is known here");
			}
			known = kind.of(this.facts);
			this.known[kind.ordinal()] = known;
			if (this.trail != null) {
				this.trail.made(kind);
			}
		}
		return known;
	}

	/** The value of the field that has this place, {@code null} where it has none. */
	@Nullable Object field(int place) {
		if (place >= this.fields.length) {
			this.fields = Arrays.copyOf(this.fields, Field.count());
		}
		Object value = this.fields[place];
		if (value == null) {
			Field field = Field.at(place);
			read(field.kind(), field.accessor());
			value = field.accessor().value(single(field.kind()));
			this.fields[place] = (value != null) ? value : NOTHING;
		}
		return (value != NOTHING) ? value : null;
	}

	/** Notes that the value of a field counts. */
	void read(Kind kind, Accessor field) {
		if (this.trail != null && kind == Kind.RELEASE) {
			this.trail.read(field);
		}
	}

	/** Notes what a constraint on a fact came to. */
	boolean asked(Kind kind, Test test, Object[] joined, boolean answer) {
		if (this.trail != null && kind == Kind.RELEASE) {
			this.trail.asked(test, joined, answer);
		}
		return answer;
	}

	/** All facts of this kind. */
	List<?> several(Kind kind) {
		return (List<?>) single(kind);
	}

	/**
	 * Counts a look at a fact of which there may be several; they must come to an end.
	 */
	void look() {
		if (++this.looks > MAX_LOOKS) {
			throw new IllegalStateException("the rules look at more than " + MAX_LOOKS + " combinations of facts");
		}
	}

	/** Who joins facts. */
	void joining(Joining joining) {
		this.joining = joining;
	}

	/** This rule has everything but its joins. */
	void start(int rule) {
		if (this.joining == null) {
			throw new IllegalStateException("nobody joins facts here");
		}
		this.joining.start(rule);
	}

	/** Takes down a conclusion that is new. */
	void conclude(Conclusion conclusion) {
		this.answers[conclusion.topic().ordinal()] |= 1 << conclusion.answer().ordinal();
		if (this.joining != null) {
			this.joining.concluded(conclusion);
		}
	}

	/** A bit for each answer to this question. */
	int answers(int topic) {
		return this.answers[topic];
	}

	Firing firing() {
		return this.firing;
	}

	static int topics() {
		return TOPICS.length;
	}

	/** The conclusions that these bits stand for. */
	static List<Conclusion> conclusions(int topic, int bits) {
		List<Conclusion> some = new ArrayList<>(1);
		for (int left = bits; left != 0; left &= left - 1) {
			some.add(CONCLUSIONS[topic * Integer.SIZE + Integer.numberOfTrailingZeros(left)]);
		}
		return some;
	}

	private static Conclusion[] conclusionsThereAre() {
		Conclusion[] all = new Conclusion[TOPICS.length * Integer.SIZE];
		for (Topic topic : TOPICS) {
			for (Answer answer : ANSWERS) {
				all[topic.ordinal() * Integer.SIZE + answer.ordinal()] = new Conclusion(topic, answer);
			}
		}
		return all;
	}

}
