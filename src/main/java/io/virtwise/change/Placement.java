package io.virtwise.change;

import io.virtwise.node.Node;
import io.virtwise.node.WriteMode;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * Which file of a node a change writes, and why that one.
 *
 * @param mode in place or drop-in, never auto
 * @param reason why, for people
 * @param novaConf the node's nova.conf
 * @param olderPath an earlier drop-in of ours that the new one takes the place of, and
 * that is removed, {@code null} for none
 * @param around hash over the other files that nova reads, {@code null} in place: a
 * drop-in has its effect only beside these
 */
public record Placement(WriteMode mode, String reason, String novaConf, @Nullable String olderPath,
		@Nullable ContentHash around) {

	/** In nova.conf itself. */
	public static Placement inPlace(String novaConf, String reason) {
		return new Placement(WriteMode.IN_PLACE, reason, novaConf, null, null);
	}

	/** Whether the file that nova reads is a new one beside nova.conf. */
	public boolean dropIn() {
		return this.mode == WriteMode.DROP_IN;
	}

	/** Whether the node still has its nova.conf where this was planned for. */
	public boolean fits(Node node) {
		return node.novaConfPath().equals(this.novaConf);
	}

}
