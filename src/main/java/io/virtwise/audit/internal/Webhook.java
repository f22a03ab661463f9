package io.virtwise.audit.internal;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Somebody outside who is told of some things. The secret is not part of it.
 *
 * @param id opaque
 * @param name what people call it
 * @param url where to
 * @param kinds of what
 * @param createdAt since when
 * @param waiting how much is still to be told
 * @param lastOutcome what came of the last try, {@code null} before the first
 * @param lastAt when that was
 */
public record Webhook(String id, String name, String url, Set<WebhookKind> kinds, Instant createdAt, long waiting,
		@Nullable String lastOutcome, @Nullable Instant lastAt) {

	public Webhook {
		kinds = Set.copyOf(kinds);
	}

}
