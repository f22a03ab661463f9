package io.virtwise.audit.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notes what webhooks are to tell, in the transaction of what happened: it is told if,
 * and only if, it did.
 */
@Component
class WebhookOutbox {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final WebhookTable table;

	private final CurrentUser currentUser;

	private final TransactionTemplate transaction;

	private final Clock clock;

	WebhookOutbox(WebhookTable table, CurrentUser currentUser, TransactionTemplate transaction, Clock clock) {
		this.table = table;
		this.currentUser = currentUser;
		this.transaction = transaction;
		this.clock = clock;
	}

	@EventListener
	void note(AuditableEvent event) {
		WebhookKind.of(event)
			.ifPresent((kind) -> this.transaction.executeWithoutResult(
					(status) -> this.table.subscribers(kind).forEach((webhook) -> enqueue(webhook, kind, event))));
	}

	/** Notes something for one webhook. */
	void enqueue(String webhookId, WebhookKind kind, AuditableEvent event) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		String id = Ids.next();
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("id", id);
		body.put("kind", kind.key());
		body.put("at", now.toString());
		body.put("action", event.action());
		body.put("subject", Map.of("type", event.subjectType(), "id", event.subjectId(), "name", event.subjectName()));
		body.put("person", this.currentUser.find().map(Person::username).orElse("portal"));
		body.put("text", event.subjectName() + " " + kind.word() + ".");
		this.table.enqueue(webhookId, id, kind, JSON.writeValueAsString(body), now);
	}

}
