package io.virtwise.change.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import io.virtwise.access.People;
import io.virtwise.change.ChangeLogEntry;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.Seen;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.ContentHash;
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

	private final People people;

	private final Clock clock;

	ChangeStore(ChangeTable table, ApplicationEventPublisher events, People people, Clock clock) {
		this.people = people;
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

	/**
	 * Lets pass what a person looked at as it is now.
	 * @throws Refused with what moved meanwhile
	 */
	void check(ChangeRequest change, Seen seen) {
		Long version = seen.version();
		ContentHash content = seen.content();
		if (version != null && version != change.version()) {
			List<String> moved = this.table.logSince(change.id(), version).stream().map(this::told).toList();
			String what = moved.isEmpty() ? "it was changed" : String.join(", then ", moved);
			throw Refused.conflict("changed-meanwhile", "You looked at " + change.name() + " in version " + version
					+ ", and it is in version " + change.version() + " by now: " + what + ". Read it again.");
		}
		if (content != null && !content.equals(change.content())) {
			throw Refused.conflict("content-changed", "You looked at other content than what " + change.name()
					+ " holds: " + content + " instead of " + change.content() + ". Read it again.");
		}
	}

	private String told(ChangeLogEntry entry) {
		String by = entry.personId();
		String who = (by != null) ? " by " + this.people.nameOf(by) : "";
		return entry.verb().replace('-', ' ') + who + " at " + entry.at().truncatedTo(ChronoUnit.SECONDS);
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
