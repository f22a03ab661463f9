package io.virtwise.audit.internal;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.audit.AuditEntry;
import io.virtwise.audit.AuditFilter;
import io.virtwise.audit.AuditTrail;
import io.virtwise.audit.AuditVerification;
import io.virtwise.audit.internal.AuditRepository.Head;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Writes entries in the transaction of what they tell, so that neither is ever there
 * without the other, and one after the other, so that the chain has one order. Whoever
 * publishes events should do so at the end of a short transaction: the next one waits.
 */
@Service
class ChainedAuditTrail implements AuditTrail {

	private static final int BATCH = 1000;

	private static final int LONGEST_NAME = 256;

	private final AuditRepository repository;

	private final CurrentUser currentUser;

	private final TransactionTemplate transaction;

	private final Clock clock;

	ChainedAuditTrail(AuditRepository repository, CurrentUser currentUser, TransactionTemplate transaction,
			Clock clock) {
		this.repository = repository;
		this.currentUser = currentUser;
		this.transaction = transaction;
		this.clock = clock;
	}

	@EventListener
	void write(AuditableEvent event) {
		Optional<Person> person = this.currentUser.find();
		String address = remoteAddress();
		String nobody = (address != null) ? "anonymous" : "portal";
		this.transaction.executeWithoutResult((status) -> {
			Head head = this.repository.lockHead();
			AuditEntry entry = new AuditEntry(head.seq() + 1, Ids.next(),
					this.clock.instant().truncatedTo(ChronoUnit.MICROS), person.map(Person::id).orElse(null),
					person.map(Person::username).orElse(nobody), address, this.currentUser.via().orElse(null),
					event.action(), event.subjectType(), event.subjectId(), cut(event.subjectName()), event.before(),
					event.after(), "", "");
			this.repository.append(Chain.sealed(entry, head.hash()));
		});
	}

	@Override
	@PreAuthorize("hasAuthority('audit:read')")
	public Slice<AuditEntry> find(AuditFilter filter, SliceRequest page) {
		return this.repository.find(filter, page);
	}

	@Override
	@PreAuthorize("hasAuthority('audit:read')")
	public AuditVerification verify() {
		Head end = this.repository.head();
		long read = 0;
		String previous = Chain.START;
		while (read < end.seq()) {
			List<AuditEntry> batch = this.repository.after(read, BATCH);
			for (AuditEntry entry : batch) {
				if (read == end.seq()) {
					break; // written after the walk began
				}
				String fault = Chain.faultOf(entry, read + 1, previous);
				if (fault != null) {
					return new AuditVerification(false, read, previous, read + 1, fault);
				}
				previous = entry.hash();
				read++;
			}
			if (batch.isEmpty()) {
				return new AuditVerification(false, read, previous, read + 1,
						"The entries from here to " + end.seq() + " are missing.");
			}
		}
		if (!previous.equals(end.hash())) {
			return new AuditVerification(false, read, previous, read, "The end of the chain was exchanged.");
		}
		return new AuditVerification(true, read, previous, null, null);
	}

	private static String cut(String name) {
		return name.substring(0, Math.min(name.length(), LONGEST_NAME));
	}

	private static @Nullable String remoteAddress() {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
				? attributes.getRequest().getRemoteAddr() : null;
	}

}
