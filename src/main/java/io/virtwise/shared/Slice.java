package io.virtwise.shared;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list, as the HTTP contract shows it.
 *
 * @param items the page's rows
 * @param page its number, from 0
 * @param size how many rows a page has at the most
 * @param total how many rows there are on all pages
 */
public record Slice<T>(List<T> items, int page, int size, long total) {

	public Slice {
		items = List.copyOf(items);
	}

	/** The same page with each row turned into something else. */
	public <R> Slice<R> map(Function<T, R> mapper) {
		return new Slice<>(this.items.stream().map(mapper).toList(), this.page, this.size, this.total);
	}

	/** How many pages there are, at least one. */
	public int pages() {
		return (int) Math.max(1, (this.total + this.size - 1) / this.size);
	}

}
