package io.virtwise.change;

import org.jspecify.annotations.Nullable;

/**
 * Which changes to list.
 *
 * @param status only of this status, {@code null} for all
 * @param nodeId only those that concern this node, {@code null} for all
 */
public record ChangeFilter(@Nullable ChangeStatus status, @Nullable String nodeId) {

	/** All changes. */
	public static final ChangeFilter ALL = new ChangeFilter(null, null);

}
