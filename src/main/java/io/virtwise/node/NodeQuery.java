package io.virtwise.node;

import org.jspecify.annotations.Nullable;

/**
 * Which nodes a list shows; {@code null} leaves a property open.
 *
 * @param text part of name or host, in any case
 * @param group the whole name of the group
 * @param transport how the node is reached
 */
public record NodeQuery(@Nullable String text, @Nullable String group, @Nullable Transport transport) {

	/** Every node. */
	public static final NodeQuery ALL = new NodeQuery(null, null, null);

}
