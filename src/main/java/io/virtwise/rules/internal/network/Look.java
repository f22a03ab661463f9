package io.virtwise.rules.internal.network;

import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Objects;
import java.util.Set;

import org.drools.base.base.ValueResolver;
import org.drools.base.base.field.ObjectFieldImpl;
import org.drools.base.rule.Declaration;
import org.drools.base.rule.IndexableConstraint;
import org.drools.base.rule.accessor.FieldValue;
import org.drools.base.rule.accessor.ReadAccessor;
import org.drools.base.rule.accessor.TupleValueExtractor;
import org.drools.base.rule.constraint.AlphaNodeFieldConstraint;
import org.drools.base.util.IndexedValueReader;
import org.drools.base.util.index.ConstraintTypeOperator;
import org.drools.modelcompiler.constraints.LambdaReadAccessor;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.runtime.rule.FactHandle;

/**
 * A look at a step, in the form in which it is fastest: one class for all, so that
 * nothing is looked up to call it, and each field of a fact that there is once is read
 * once a run. In a network of many hundred looks that is most of what matching costs.
 */
final class Look implements AlphaNodeFieldConstraint, IndexableConstraint {

	/** Places of situations come first in the index, then fields of joined facts. */
	private static final int OF_JOINED = 100_000;

	private final Closed closed;

	private final Form form;

	private final int place;

	private final int number;

	private final @Nullable Object value;

	private final boolean negated;

	/** How the index reads the field, where the look is for one value of a field. */
	private final @Nullable ReadAccessor indexed;

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
		else if (inner instanceof Closed.Single single && single.kind() == Kind.RELEASE) {
			// what it comes to is noted, not the field: see ReleaseTrail
			this.form = Form.ANY_OTHER;
			this.place = 0;
			this.number = 0;
			this.value = null;
			this.negated = false;
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
		this.indexed = indexed();
	}

	/** An enum is found by its name: Drools hashes no other objects. */
	private @Nullable ReadAccessor indexed() {
		if ((this.form == Form.IDENTICAL || this.form == Form.EQUAL) && !this.negated && this.value != null) {
			return new LambdaReadAccessor(this.place, type(this.value),
					(step) -> key(((Step) step).situation().field(this.place)));
		}
		if (this.closed instanceof Closed.OfJoined one && one.test() instanceof Test.Same same && !same.negated()
				&& same.value() != null) {
			Accessor field = same.field();
			return new LambdaReadAccessor(OF_JOINED + field.slot(), type(same.value()),
					(step) -> key(field.value(((Step) step).joined()[one.place()])));
		}
		return null;
	}

	private static @Nullable Object key(@Nullable Object value) {
		return (value instanceof Enum<?> word) ? word.name() : value;
	}

	private static Class<?> type(Object value) {
		return (value instanceof Enum<?>) ? String.class : value.getClass();
	}

	@Override
	public boolean isAllowed(FactHandle handle, @Nullable ValueResolver nothing) {
		Step step = (Step) handle.getObject();
		Situation situation = step.situation();
		return switch (this.form) {
			case SAID -> ((situation.answers(this.place) & this.number) != 0) != this.negated;
			case IDENTICAL -> (situation.field(this.place) == this.value) != this.negated;
			case EQUAL -> Objects.equals(situation.field(this.place), this.value) != this.negated;
			case ONE_OF -> isIn(situation.field(this.place)) != this.negated;
			case ANY_OTHER -> this.closed.holds(situation, step.joined());
		};
	}

	private boolean isIn(@Nullable Object field) {
		return field != null && this.value instanceof Set<?> values && values.contains(field);
	}

	@Override
	public ConstraintTypeOperator getConstraintType() {
		return (this.indexed != null) ? ConstraintTypeOperator.EQUAL : ConstraintTypeOperator.UNKNOWN;
	}

	@Override
	public @Nullable ReadAccessor getFieldExtractor() {
		return this.indexed;
	}

	@Override
	public @Nullable FieldValue getField() {
		if (this.indexed == null) {
			return null;
		}
		Object written = (this.closed instanceof Closed.OfJoined one && one.test() instanceof Test.Same same)
				? same.value() : this.value;
		return new ObjectFieldImpl(key(written));
	}

	@Override
	public boolean isIndexable(int nodeType, KieBaseConfiguration configuration) {
		return this.indexed != null;
	}

	@Override
	public boolean isUnification() {
		return false;
	}

	@Override
	public @Nullable IndexedValueReader getFieldIndex() {
		return null;
	}

	@Override
	public @Nullable TupleValueExtractor getRightIndexExtractor() {
		return null;
	}

	@Override
	public @Nullable TupleValueExtractor getLeftIndexExtractor() {
		return null;
	}

	@Override
	public Declaration[] getRequiredDeclarations() {
		return new Declaration[0];
	}

	@Override
	public void replaceDeclaration(Declaration before, Declaration now) {
		// it needs none
	}

	@Override
	public ConstraintType getType() {
		return ConstraintType.ALPHA;
	}

	@Override
	public boolean isTemporal() {
		return false;
	}

	@Override
	public Look cloneIfInUse() {
		return this;
	}

	@Override
	public Look clone() {
		return this;
	}

	@Override
	public void writeExternal(ObjectOutput out) {
		throw new UnsupportedOperationException("a network is made anew from its rules");
	}

	@Override
	public void readExternal(ObjectInput in) {
		throw new UnsupportedOperationException("a network is made anew from its rules");
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
