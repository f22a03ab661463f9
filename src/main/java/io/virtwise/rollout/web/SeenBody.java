package io.virtwise.rollout.web;

import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.virtwise.change.Seen;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What a person looked at before pressing a button.
 *
 * @param version version of the change
 * @param contentHash hash of its content
 * @param reason why, in the person's words, which verbs before the start call a comment
 */
record SeenBody(@Nullable Long version, @Nullable String contentHash, @JsonAlias("comment") @Nullable String reason) {

	private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

	static @Nullable String why(@Nullable SeenBody body) {
		return (body != null) ? body.reason() : null;
	}

	static Seen of(@Nullable SeenBody body) {
		if (body == null) {
			return Seen.NOTHING;
		}
		String hash = body.contentHash();
		if (hash == null || hash.isBlank()) {
			return new Seen(body.version(), null);
		}
		if (!SHA256.matcher(hash).matches()) {
			throw Refused.invalid("contentHash",
					"must be the content hash of the change that you looked at, 64 hexadecimal digits in lower case");
		}
		return new Seen(body.version(), new ContentHash(hash));
	}

}
