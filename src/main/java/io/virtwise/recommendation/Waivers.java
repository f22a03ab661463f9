package io.virtwise.recommendation;

import java.time.LocalDate;
import java.util.List;

import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

/**
 * Findings that somebody lives with. A waived finding is still shown, and does not count;
 * it is open again when its last day is over, or when the facts under it change.
 */
public interface Waivers {

	/**
	 * Waives a finding of a node's latest assessment.
	 * @throws io.virtwise.shared.Refused naming the field that cannot be taken, or if
	 * there is no such finding, or it is waived already
	 */
	Waiver waive(Wish wish);

	/** Ends it before its day. */
	Waiver takeBack(String id);

	/**
	 * One of them.
	 * @throws io.virtwise.shared.Refused if there is none of this id
	 */
	Waiver get(String id);

	/** Waivers, newest first. */
	Slice<Waiver> list(Which which, @Nullable String nodeId, SliceRequest request);

	/** Those of this node that count now. */
	List<Waiver> active(String nodeId);

	/** Ends those whose last day is over. */
	void endOverdue();

	/**
	 * Which waivers to list.
	 */
	enum Which {

		/** Those that count. */
		ACTIVE,
		/** Those that ended. */
		ENDED,
		/** All of them. */
		ALL

	}

	/**
	 * What somebody wants waived.
	 *
	 * @param nodeId the node
	 * @param rule the rule that found it
	 * @param title the finding's line, {@code null} where the rule found one thing only
	 * @param reason why one can live with it
	 * @param owner who answers for it
	 * @param until the last day on which it counts
	 */
	record Wish(String nodeId, String rule, @Nullable String title, String reason, String owner,
			@Nullable LocalDate until) {
	}

}
