package io.virtwise.audit.internal;

import java.util.Locale;
import java.util.Optional;

import io.virtwise.shared.AuditableEvent;

/**
 * What webhooks tell of.
 */
public enum WebhookKind {

	/** Something was asked for and waits for a person. */
	WAITING_FOR_APPROVAL("waits for approval"),
	/** Something that was started did not come to a good end. */
	FAILED("failed"),
	/** What is on a node is no longer what was approved. */
	DRIFT("drifted"),
	/** Somebody tried the webhook. */
	TEST("is only a test");

	private final String word;

	WebhookKind(String word) {
		this.word = word;
	}

	/** The name in the HTTP contract. */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** How a sentence about it ends. */
	public String word() {
		return this.word;
	}

	/** The kind of this name, if there is one. */
	public static Optional<WebhookKind> ofKey(String key) {
		for (WebhookKind kind : values()) {
			if (kind.key().equals(key)) {
				return Optional.of(kind);
			}
		}
		return Optional.empty();
	}

	/** What an event is told as, if it is told at all. */
	static Optional<WebhookKind> of(AuditableEvent event) {
		String verb = event.action().substring(event.action().indexOf('.') + 1);
		return switch (verb) {
			case "submitted" -> Optional.of(WAITING_FOR_APPROVAL);
			// an impostor in a node's place and a certificate about to end stop pushes as
			// well
			case "failed", "node-failed", "stopped-by-budget", "host-key-changed", "expires-soon" ->
				Optional.of(FAILED);
			case "drift", "drifted", "drift-found" -> Optional.of(DRIFT);
			default ->
				event.action().startsWith("drift.") && verb.equals("found") ? Optional.of(DRIFT) : Optional.empty();
		};
	}

}
