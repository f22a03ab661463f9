package io.virtwise.audit.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.audit.internal.WebhookTable.Delivery;
import io.virtwise.shared.AuditableEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells what the outbox holds: one thing at a time, claimed so that of several portals
 * one does it, tried again with growing pauses, given up after a bounded number.
 */
@Component
class WebhookSender {

	/** Longer than a try can take. */
	private static final Duration LEASE = Duration.ofMinutes(1);

	private static final Duration KEPT = Duration.ofDays(30);

	private static final int MOST_AT_ONCE = 100;

	private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);

	private final SignedPost post = new SignedPost();

	private final WebhookTable table;

	private final WebhookKeys keys;

	private final WebhookProperties properties;

	private final Destination destination;

	private final TransactionTemplate transaction;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	@Autowired
	WebhookSender(WebhookTable table, WebhookKeys keys, WebhookProperties properties, TransactionTemplate transaction,
			ApplicationEventPublisher events, Clock clock) {
		this(table, keys, properties, new Destination(properties.networks()), transaction, events, clock);
	}

	WebhookSender(WebhookTable table, WebhookKeys keys, WebhookProperties properties, Destination destination,
			TransactionTemplate transaction, ApplicationEventPublisher events, Clock clock) {
		this.table = table;
		this.keys = keys;
		this.properties = properties;
		this.destination = destination;
		this.transaction = transaction;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Tells what is due.
	 * @return how many tries were made
	 */
	int sendDue() {
		int tries = 0;
		while (tries < MOST_AT_ONCE) {
			Optional<Delivery> due = claim();
			if (due.isEmpty()) {
				break;
			}
			settle(due.get(), attempt(due.get()));
			tries++;
		}
		this.transaction.executeWithoutResult((status) -> this.table.forget(this.clock.instant().minus(KEPT)));
		return tries;
	}

	private Optional<Delivery> claim() {
		Optional<Delivery> due = this.transaction.execute((status) -> this.table.claim(this.clock.instant(), LEASE));
		return (due != null) ? due : Optional.empty();
	}

	/** The outcome in a few words that tell nothing of what the receiver said. */
	private Outcome attempt(Delivery delivery) {
		try {
			URI to = URI.create(delivery.url());
			List<InetAddress> at = this.destination.admitted(to);
			if (at.isEmpty()) {
				return new Outcome(false, "not sent: the address is not one that may be spoken to");
			}
			int status = this.post.send(to, at, this.keys.box().open(delivery.sealedSecret()), "application/json",
					delivery.body(), Map.of("Virtwise-Event", delivery.kind(), "Virtwise-Delivery", delivery.id()),
					this.clock.instant());
			return new Outcome(status >= 200 && status < 300, "answered " + status);
		}
		catch (IOException ex) {
			log.debug("Webhook delivery {} failed", delivery.id(), ex);
			return new Outcome(false, "no answer");
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			log.warn("Webhook delivery {} cannot be sent: {}", delivery.id(), ex.getMessage());
			return new Outcome(false, "not sent: see the portal's log");
		}
	}

	private void settle(Delivery delivery, Outcome outcome) {
		Instant now = this.clock.instant();
		this.transaction.executeWithoutResult((status) -> {
			if (outcome.good()) {
				this.table.finish(delivery.id(), "delivered", outcome.text(), now);
			}
			else if (delivery.attempt() < this.properties.attempts()) {
				this.table.again(delivery.id(), outcome.text(),
						now.plus(this.properties.pauseAfter(delivery.attempt())));
			}
			else {
				this.table.finish(delivery.id(), "given-up", outcome.text(), now);
				this.events.publishEvent(new AuditableEvent("webhook.given-up", "webhook", delivery.id(),
						delivery.kind(), null, outcome.text() + ", " + delivery.attempt() + " times"));
			}
		});
	}

	private record Outcome(boolean good, String text) {
	}

}
