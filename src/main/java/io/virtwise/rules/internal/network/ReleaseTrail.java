package io.virtwise.rules.internal.network;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.virtwise.facts.NodeFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a run asked of the nova release. Another release that would have given the same
 * answers would have gone through the same run, so it need not be run.
 */
public final class ReleaseTrail {

	/** Facts that are made with a look at the release. */
	private static final Set<Kind> MADE_OF_IT = EnumSet.of(Kind.GUEST_FLAGS, Kind.GUEST_FLAG, Kind.GUEST_MODEL,
			Kind.IMAGE_FORMAT);

	private final List<Question> questions = new ArrayList<>();

	private final Set<Accessor> read = new HashSet<>();

	private final Set<Kind> made = EnumSet.noneOf(Kind.class);

	private @Nullable Situation situation;

	void begin(Situation situation) {
		this.situation = situation;
	}

	void asked(Test test, Object[] joined, boolean answer) {
		this.questions.add(new Question(test, joined, answer));
	}

	void read(Accessor field) {
		this.read.add(field);
	}

	void made(Kind kind) {
		if (MADE_OF_IT.contains(kind)) {
			this.made.add(kind);
		}
	}

	/**
	 * Whether the run goes the same way for this node, which differs from that of the run
	 * in its release and nothing else.
	 */
	public boolean leadsAlike(NodeFacts other) {
		Situation before = Objects.requireNonNull(this.situation, "nothing has run yet");
		Object release = Kind.RELEASE.of(other);
		return this.questions.stream().allMatch((one) -> one.test.on(release, before, one.joined) == one.answer)
				&& this.read.stream()
					.allMatch((field) -> Objects.equals(field.value(before.single(Kind.RELEASE)), field.value(release)))
				&& this.made.stream().allMatch((kind) -> before.single(kind).equals(kind.of(other)));
	}

	private record Question(Test test, Object[] joined, boolean answer) {
	}

}
