package io.virtwise.ui.web;

import java.util.List;

import io.virtwise.shared.Refused;

/**
 * Refuses a request for characters that no database keeps.
 */
class UnstorableText extends Refused {

	private static final long serialVersionUID = 1L;

	private UnstorableText(String message, List<FieldFault> faults) {
		super(Kind.INVALID, "invalid", message, faults);
	}

	/** Throws where there is a fault. */
	static void check(List<FieldFault> faults) {
		if (!faults.isEmpty()) {
			Refused refused = (faults.size() == 1) ? invalid(faults.get(0).field(), faults.get(0).message())
					: invalid(faults);
			throw new UnstorableText(String.valueOf(refused.getMessage()), faults);
		}
	}

}
