package io.virtwise.change;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

/**
 * Changes and what people may do with them. Every verb is one transaction, is refused
 * with {@link io.virtwise.shared.Refused} where state, content or person stand against
 * it, and is written to the audit log.
 */
public interface Changes {

	/**
	 * Plans a change from what was last read of each node; nothing is written anywhere.
	 */
	ChangeRequest plan(PlanCommand command);

	/** The change with this id, or with this number. */
	ChangeRequest get(String idOrNumber);

	/** Changes, newest first unless asked otherwise. */
	Slice<ChangeSummary> list(ChangeFilter filter, SliceRequest request);

	/** How many changes there are of each status; every status is there. */
	Map<ChangeStatus, Long> countsByStatus();

	/** What happened to this change, oldest first. */
	List<ChangeLogEntry> log(String id);

	/** Asks for approval. */
	ChangeRequest submit(String id);

	/** Says yes to the content with this hash. */
	ChangeRequest approve(String id, ContentHash seen, @Nullable String comment);

	/** Says no, with the reason. */
	ChangeRequest deny(String id, @Nullable String comment);

	/** Takes the change back before it was started. */
	ChangeRequest withdraw(String id);

	/** Finds a change without asking for a right; for the rooms that carry it out. */
	Optional<ChangeRequest> find(String id);

}
