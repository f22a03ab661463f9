package io.virtwise.rules;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A list that is made when somebody first looks at it, once, and never changes. Most of
 * what an assessment says of its reasons is read by nobody.
 *
 * @param <E> what is in it
 */
public final class OnDemand<E> extends AbstractList<E> implements RandomAccess {

	private final Object guard;

	private @Nullable Supplier<List<E>> maker;

	private volatile @Nullable List<E> made;

	/**
	 * @param guard held while the list is made; lists that are made of the same things
	 * share it
	 * @param maker makes the list
	 */
	public OnDemand(Object guard, Supplier<List<E>> maker) {
		this.guard = guard;
		this.maker = maker;
	}

	@Override
	public E get(int index) {
		return made().get(index);
	}

	@Override
	public int size() {
		return made().size();
	}

	private List<E> made() {
		List<E> list = this.made;
		if (list == null) {
			synchronized (this.guard) {
				list = this.made;
				if (list == null) {
					list = List.copyOf(Objects.requireNonNull(this.maker, "made twice").get());
					this.made = list;
					this.maker = null;
				}
			}
		}
		return list;
	}

}
