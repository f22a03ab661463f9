package io.virtwise.facts.internal.sosreport;

import java.io.IOException;

/**
 * Reading ends here because the archive asks for more than anybody gets. The message says
 * so in a sentence for people.
 */
final class ReportStopped extends IOException {

	private static final long serialVersionUID = 1L;

	ReportStopped(String sentence) {
		super(sentence);
	}

}
