package io.virtwise.rules.internal.network;

import java.util.Objects;
import java.util.Set;

import org.drools.model.functions.Predicate1;
import org.jspecify.annotations.Nullable;

/**
 * A look at the situation of a step, in the form in which it is fastest: one class for
 * all, so that nothing is looked up to call it, and each field of a fact is read once a
 * run. In a network of many hundred looks that is most of what matching costs.
 */
final class Look implements Predicate1<Step> {

	private static final long serialVersionUID = 1L;

	private static final Object[] NONE = new Object[0];

	private final transient Closed closed;

	private final Form form;

	private final int place;

	private final int number;

	private final transient @Nullable Object value;

	private final boolean negated;

	Look(Closed closed) {
		this.closed = closed;
		Closed inner = (closed instanceof Closed.Not not) ? not.inner() : closed;
		boolean other = inner != closed;
		if (inner instanceof Closed.Said said) {
			this.form = Form.SAID;
			this.place = said.topic();
			this.number = said.answers();
			this.value = null;
			this.negated = other;
		}
		else if (inner instanceof Closed.Single single && single.test() instanceof Test.Same same) {
			this.form = (same.value() instanceof Enum<?> || same.value() == null) ? Form.IDENTICAL : Form.EQUAL;
			this.place = new Field(single.kind(), same.field()).place();
			this.number = 0;
			this.value = same.value();
			this.negated = same.negated() != other;
		}
		else if (inner instanceof Closed.Single single && single.test() instanceof Test.OneOf some) {
			this.form = Form.ONE_OF;
			this.place = new Field(single.kind(), some.field()).place();
			this.number = 0;
			this.value = some.values();
			this.negated = some.negated() != other;
		}
		else {
			this.form = Form.ANY_OTHER;
			this.place = 0;
			this.number = 0;
			this.value = null;
			this.negated = false;
		}
	}

	@Override
	public boolean test(Step step) {
		Situation situation = step.situation();
		return switch (this.form) {
			case SAID -> ((situation.answers(this.place) & this.number) != 0) != this.negated;
			case IDENTICAL -> (situation.field(this.place) == this.value) != this.negated;
			case EQUAL -> Objects.equals(situation.field(this.place), this.value) != this.negated;
			case ONE_OF -> isIn(situation.field(this.place)) != this.negated;
			case ANY_OTHER -> this.closed.holds(situation, NONE);
		};
	}

	private boolean isIn(@Nullable Object field) {
		return field != null && this.value instanceof Set<?> values && values.contains(field);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Look look && look.closed.equals(this.closed);
	}

	@Override
	public int hashCode() {
		return this.closed.hashCode();
	}

	@Override
	public String toString() {
		return this.closed.toString();
	}

	private enum Form {

		SAID, IDENTICAL, EQUAL, ONE_OF, ANY_OTHER

	}

}
