package io.virtwise.change;

import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * What a person looked at before doing something. What travels along is compared; what
 * was left out is not.
 *
 * @param version the version of the change
 * @param content the hash of its content
 */
public record Seen(@Nullable Long version, @Nullable ContentHash content) {

	/** Nobody said what they looked at. */
	public static final Seen NOTHING = new Seen(null, null);

	/** This change as it is now. */
	public static Seen of(ChangeRequest change) {
		return new Seen(change.version(), change.content());
	}

	/** This content, of whatever version. */
	public static Seen of(ContentHash content) {
		return new Seen(null, content);
	}

}
