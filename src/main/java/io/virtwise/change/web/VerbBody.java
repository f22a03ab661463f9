package io.virtwise.change.web;

import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.virtwise.change.Seen;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What goes along with a verb.
 *
 * @param version version of the change that the person looked at
 * @param contentHash hash of the content that the person looked at
 * @param comment in that person's words, which verbs after the start call a reason
 * @param emergencyReason why it cannot wait for what the policy asks for
 */
record VerbBody(@Nullable Long version, @Nullable String contentHash, @JsonAlias("reason") @Nullable String comment,
		@Nullable String emergencyReason) {

	private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

	private static final VerbBody EMPTY = new VerbBody(null, null, null, null);

	/** The body, or an empty one where none was sent. */
	static VerbBody of(@Nullable VerbBody body) {
		return (body != null) ? body : EMPTY;
	}

	/** What the person looked at, as far as it was told. */
	Seen seen() {
		return seen(this.version, this.contentHash);
	}

	/** The same where the hash has to be told. */
	Seen seenContent() {
		return new Seen(this.version, hash((this.contentHash != null) ? this.contentHash : ""));
	}

	static Seen seen(@Nullable Long version, @Nullable String contentHash) {
		return new Seen(version, (contentHash != null) ? hash(contentHash) : null);
	}

	private static ContentHash hash(String text) {
		if (!SHA256.matcher(text).matches()) {
			throw Refused.invalid("contentHash",
					"must be the content hash of the change that you looked at, 64 hexadecimal digits in lower case");
		}
		return new ContentHash(text);
	}

}
