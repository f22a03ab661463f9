package io.virtwise.change.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import io.virtwise.change.ChangeLogEntry;
import io.virtwise.change.ChangeRequest;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Writes a step of a change's life: the row, its history and the audit event, together or
 * not at all.
 */
@Component
class ChangeStore {

	private final ChangeTable table;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ChangeStore(ChangeTable table, ApplicationEventPublisher events, Clock clock) {
		this.table = table;
		this.events = events;
		this.clock = clock;
	}

	Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	long nextNumber() {
		return this.table.nextNumber();
	}

	ChangeRequest get(String idOrNumber) {
		Optional<ChangeRequest> found = idOrNumber.matches("[0-9]{1,9}")
				? this.table.findByNumber(Long.parseLong(idOrNumber)) : this.table.find(idOrNumber);
		return found.orElseThrow(() -> Refused.notFound("change", idOrNumber));
	}

	void add(ChangeRequest change) {
		this.table.insert(change);
		record(change, "planned", change.plannedBy(), null, null);
	}

	/**
	 * Writes where the change stands now.
	 * @param what the verb in its past form, for history and audit
	 * @throws Refused if somebody else was quicker
	 */
	ChangeRequest save(ChangeRequest before, ChangeRequest after, String what, @Nullable String personId,
			@Nullable String note) {
		if (!this.table.update(after)) {
			throw Refused.conflict("changed-meanwhile",
					before.name() + " was changed by somebody else in this moment. Read it again.");
		}
		record(after, what, personId, note, before.status().word());
		return this.table.find(after.id()).orElseThrow();
	}

	/** Writes something to the history that leaves the change where it stands. */
	void record(ChangeRequest change, String what, @Nullable String personId, @Nullable String note,
			@Nullable String before) {
		this.table.insertLog(change.id(), new ChangeLogEntry(now(), personId, what, change.status(), note));
		String after = change.status().word() + ", content " + change.content() + ((note != null) ? ": " + note : "");
		this.events.publishEvent(new AuditableEvent("change." + what, ChangeRequest.SUBJECT_TYPE, change.id(),
				change.name(), before, after));
	}

}
