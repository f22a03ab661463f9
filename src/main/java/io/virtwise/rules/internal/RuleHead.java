package io.virtwise.rules.internal;

import java.util.List;

import io.virtwise.rules.Assessment.Document;
import io.virtwise.rules.Severity;

/**
 * What is known of a rule besides its condition.
 *
 * @param id its row in the decision table
 * @param name its id and the sentence that an operator reads
 * @param stage the stage that it belongs to
 * @param severity how bad it is when it fires
 * @param document where the decision is documented
 * @param since first nova release that it is about, 0 for all
 * @param until last nova release that it is about, {@link Integer#MAX_VALUE} for all
 * @param mentions the facts that its condition looks at, as {@code CpuInfo.vmx}, in
 * reading order
 */
record RuleHead(String id, String name, Stage stage, Severity severity, Document document, int since, int until,
		List<Mention> mentions) {

	RuleHead {
		mentions = List.copyOf(mentions);
	}

	/** Its name without the id. */
	String title() {
		return this.name.substring(this.name.indexOf(' ') + 1);
	}

	/** How many releases it is about; fewer is more specific. */
	long breadth() {
		return (long) this.until - this.since;
	}

}
