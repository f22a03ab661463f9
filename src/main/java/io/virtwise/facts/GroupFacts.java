package io.virtwise.facts;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What is known of other nodes where a node is judged together with them. Never part of
 * what is stored of a node: the other nodes' facts change without it.
 *
 * @param group all of them together, {@code null} where only a move is asked about
 * @param models the CPU models that they offer
 * @param move a guest that is to come here, {@code null} where none is asked about
 */
public record GroupFacts(@Nullable NodeGroup group, List<GroupModel> models, @Nullable Move move) {

	/** The node is judged by itself. */
	public static final GroupFacts NONE = new GroupFacts(null, List.of(), null);

	public GroupFacts {
		models = List.copyOf(Objects.requireNonNullElse(models, List.of()));
	}

	/** The group as rules match it: at most one. */
	public List<NodeGroup> groups() {
		return (this.group != null) ? List.of(this.group) : List.of();
	}

	/** The move as rules match it: at most one. */
	public List<Move> moves() {
		return (this.move != null) ? List.of(this.move) : List.of();
	}

}
