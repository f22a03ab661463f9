package io.virtwise.audit;

import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;

/**
 * The log of what was done, by whom, to what.
 */
public interface AuditTrail {

	/** Entries that fit the filter, the newest first. */
	Slice<AuditEntry> find(AuditFilter filter, SliceRequest page);

	/** Computes every hash again, from the first entry to the last. */
	AuditVerification verify();

}
