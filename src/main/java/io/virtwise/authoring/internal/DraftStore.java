package io.virtwise.authoring.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import io.virtwise.authoring.Draft;
import io.virtwise.authoring.DraftStatus;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Writes a step of a draft's life: the row and the audit event, together or not at all.
 */
@Component
class DraftStore {

	private final DraftTable table;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	DraftStore(DraftTable table, ApplicationEventPublisher events, Clock clock) {
		this.table = table;
		this.events = events;
		this.clock = clock;
	}

	Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	Draft get(String idOrNumber) {
		Optional<Draft> found = idOrNumber.matches("[0-9]{1,9}") ? this.table.findByNumber(Long.parseLong(idOrNumber))
				: this.table.find(idOrNumber);
		return found.orElseThrow(() -> Refused.notFound("draft", idOrNumber));
	}

	/** The draft with its row locked until the transaction ends, so that it stays so. */
	Draft locked(String idOrNumber) {
		this.table.lock(get(idOrNumber).id());
		return get(idOrNumber);
	}

	/** The same, for somebody who wants to edit it. */
	Draft editable(String idOrNumber) {
		Draft draft = locked(idOrNumber);
		if (draft.activates() != null) {
			throw Refused.conflict("not-editable",
					draft.name() + " brings revision " + draft.activates() + " back as it was; nobody edits it.");
		}
		if (!draft.status().editable()) {
			throw Refused.conflict("not-editable",
					(draft.status() == DraftStatus.WAITING_FOR_APPROVAL)
							? draft.name() + " waits for approval. Withdraw it first, then edit it and submit it again."
							: draft.name() + " is " + draft.status().key() + " and stays as it is. Begin a new draft.");
		}
		return draft;
	}

	/** Begins a draft. */
	Draft add(Draft draft, Tree files) {
		this.table.insert(draft, files);
		Draft stored = get(draft.id());
		tell(stored, (draft.activates() != null) ? "activation-begun" : "begun", null,
				"from revision " + draft.from() + "\n" + draft.message());
		return stored;
	}

	/** An edit happened: a draft that was denied is a draft again. */
	Draft touched(Draft draft, String what, @Nullable String before, @Nullable String after) {
		Draft next = (draft.status() == DraftStatus.DRAFT) ? draft : with(draft, DraftStatus.DRAFT, null);
		write(next);
		Draft stored = get(draft.id());
		tell(stored, what, before, after);
		return stored;
	}

	/** The draft comes to stand elsewhere. */
	Draft moved(Draft draft, DraftStatus status, @Nullable String note, String what) {
		write(with(draft, status, note));
		Draft stored = get(draft.id());
		tell(stored, what, draft.status().key(),
				status.key() + ", content " + stored.content() + ((note != null) ? ": " + note : ""));
		return stored;
	}

	/** The draft as changed, with an audit entry. */
	Draft changed(Draft next, String what, @Nullable String before, @Nullable String after) {
		write(next);
		Draft stored = get(next.id());
		tell(stored, what, before, after);
		return stored;
	}

	void tell(Draft draft, String what, @Nullable String before, @Nullable String after) {
		this.events.publishEvent(
				new AuditableEvent("rules." + what, Draft.SUBJECT_TYPE, draft.id(), draft.name(), before, after));
	}

	Draft with(Draft draft, DraftStatus status, @Nullable String note) {
		return new Draft(draft.id(), draft.number(), draft.from(), draft.restsOn(), draft.activates(),
				draft.distribution(), draft.message(), status, now(), note, draft.author(), draft.createdAt(),
				draft.submittedBy(), draft.publishedAs(), draft.version(), draft.files(), draft.conflicts(),
				draft.content());
	}

	private void write(Draft draft) {
		if (!this.table.update(draft)) {
			throw Refused.conflict("changed-meanwhile",
					draft.name() + " was changed by somebody else in this moment. Read it again.");
		}
	}

}
