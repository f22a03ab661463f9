package io.virtwise.node.internal;

import java.time.Clock;
import java.time.Instant;

import io.virtwise.shared.AuditableEvent;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells once of each certificate that it ends soon: in the audit log, and to who listens
 * there.
 */
@Component
class ExpiryWatch {

	private final CredentialStore store;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ExpiryWatch(CredentialStore store, ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.events = events;
		this.clock = clock;
	}

	/** Looks once an hour; a minute after the start for the first time. */
	@Scheduled(initialDelay = 60_000, fixedDelay = 3_600_000)
	@Transactional
	void look() {
		Instant now = this.clock.instant();
		for (Credential credential : this.store.endingUntold(now.plus(Credential.SOON))) {
			if (this.store.claimTelling(credential.id(), now)) {
				this.events.publishEvent(new AuditableEvent("credential.expires-soon", "credential", credential.id(),
						credential.name(), null, credential.name() + " " + credential.warning(now)));
			}
		}
	}

}
