package io.virtwise.access.internal;

import java.time.Instant;
import java.util.Set;

import io.virtwise.access.Right;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is kept, without what it opens with.
 *
 * @param id opaque, never reused
 * @param personId whose it is
 * @param name what that person calls it
 * @param prefix its first characters, to know it again by
 * @param scopes the only rights it carries, as far as the person has them
 * @param createdAt when it was made
 * @param expiresAt when it ends by itself
 * @param lastUsedAt when it last let somebody in, to the minute; {@code null} for never
 * @param lastUsedFrom from which address
 * @param revokedAt when somebody ended it, {@code null} if nobody did
 */
public record ApiToken(String id, String personId, String name, String prefix, Set<Right> scopes, Instant createdAt,
		Instant expiresAt, @Nullable Instant lastUsedAt, @Nullable String lastUsedFrom, @Nullable Instant revokedAt) {

	public ApiToken {
		scopes = Set.copyOf(scopes);
	}

	/** Whether it ended by itself. */
	public boolean isExpired(Instant now) {
		return !now.isBefore(this.expiresAt);
	}

	ApiToken withScopes(Set<Right> given) {
		return new ApiToken(this.id, this.personId, this.name, this.prefix, given, this.createdAt, this.expiresAt,
				this.lastUsedAt, this.lastUsedFrom, this.revokedAt);
	}

}
