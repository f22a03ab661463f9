package io.virtwise.recommendation.web;

import java.time.Instant;
import java.time.LocalDate;

import io.virtwise.access.People;
import io.virtwise.recommendation.Waiver;
import org.jspecify.annotations.Nullable;

/**
 * A waiver as the HTTP contract and the pages show it.
 *
 * @param id opaque
 * @param node the node
 * @param rule the rule that found it
 * @param title the finding's line
 * @param reason why one can live with it
 * @param owner who answers for it
 * @param until the last day on which it counts
 * @param status active or ended
 * @param createdBy who waived it
 * @param createdAt when
 * @param endedBy who took it back
 * @param endedAt since when it does not count any more
 * @param ending ran-out, facts-changed or taken-back
 * @param endingSentence the same for people
 */
record WaiverView(String id, Ref node, String rule, String title, String reason, String owner, LocalDate until,
		String status, Ref createdBy, Instant createdAt, @Nullable Ref endedBy, @Nullable Instant endedAt,
		@Nullable String ending, @Nullable String endingSentence) {

	static WaiverView of(Waiver waiver, People people, LocalDate today) {
		boolean active = waiver.countsOn(today);
		Waiver.Ending ending = (waiver.ending() != null) ? waiver.ending() : active ? null : Waiver.Ending.RAN_OUT;
		String endedBy = waiver.endedBy();
		return new WaiverView(waiver.id(), new Ref(waiver.nodeId(), waiver.nodeName()), waiver.rule(), waiver.title(),
				waiver.reason(), waiver.owner(), waiver.until(), active ? "active" : "ended",
				new Ref(waiver.createdBy(), people.nameOf(waiver.createdBy())), waiver.createdAt(),
				(endedBy != null) ? new Ref(endedBy, people.nameOf(endedBy)) : null, waiver.endedAt(),
				(ending != null) ? ending.key() : null, (ending != null) ? ending.words() : null);
	}

	/**
	 * A node or a person.
	 *
	 * @param id opaque
	 * @param name as people read it
	 */
	record Ref(String id, String name) {
	}

}
