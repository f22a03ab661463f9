package io.virtwise.shared;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for: number from 0, size from 1 to 500, and an optional
 * sort of the form {@code name,asc}.
 */
public record SliceRequest(int page, int size, @Nullable String sortBy, boolean descending) {

	/** The page size where none is asked for. */
	public static final int DEFAULT_SIZE = 50;

	/** The largest page size. */
	public static final int MAX_SIZE = 500;

	/**
	 * Reads the three query parameters of the HTTP contract.
	 * @param sortable the property names that may be sorted by
	 * @throws Refused if one is out of range, naming it
	 */
	public static SliceRequest of(@Nullable Integer page, @Nullable Integer size, @Nullable String sort,
			Set<String> sortable) {
		int number = (page != null) ? page : 0;
		int length = (size != null) ? size : DEFAULT_SIZE;
		if (number < 0) {
			throw Refused.invalid("page", "is " + number + "; pages are counted from 0");
		}
		if (length < 1 || length > MAX_SIZE) {
			throw Refused.invalid("size", "is " + length + "; ask for 1 to " + MAX_SIZE);
		}
		if (sort == null || sort.isBlank()) {
			return new SliceRequest(number, length, null, false);
		}
		String[] parts = sort.split(",", 2);
		String direction = (parts.length == 2) ? parts[1] : "asc";
		if (!sortable.contains(parts[0]) || !(direction.equals("asc") || direction.equals("desc"))) {
			throw Refused.invalid("sort", "is not understood; write NAME,asc or NAME,desc with NAME one of "
					+ String.join(", ", sortable.stream().sorted().toList()));
		}
		return new SliceRequest(number, length, parts[0], direction.equals("desc"));
	}

	/**
	 * The order in SQL: by what was asked for, and where that is the same by what is
	 * otherwise the order.
	 * @param columns the column or expression of each property that may be sorted by
	 * @param otherwise the order where nothing is asked for; it tells any two rows apart
	 */
	public String order(Map<String, String> columns, String otherwise) {
		String column = (this.sortBy != null) ? columns.get(this.sortBy) : null;
		return " order by "
				+ ((column != null) ? column + (this.descending ? " desc, " : " asc, ") + otherwise : otherwise);
	}

	/** The number of rows before this page. */
	public long offset() {
		return (long) this.page * this.size;
	}

}
