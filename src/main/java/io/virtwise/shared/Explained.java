package io.virtwise.shared;

import java.util.List;

import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;

/**
 * A failure whose message is meant for the person or program that asked, and tells them
 * what to do. Implemented by exceptions; whatever else is thrown stays in the log.
 */
public interface Explained {

	/** The HTTP status that goes with it. */
	int status();

	/** Stable and kebab-case, the end of {@code urn:virtwise:problem:<key>}. */
	String key();

	/** What was not done, why, and what to do instead. */
	@Nullable String getMessage();

	/** The fields at fault, may be empty. */
	default List<FieldFault> faults() {
		return List.of();
	}

}
