package io.virtwise.authoring.web;

import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What a person decides.
 *
 * @param contentHash hash of the content that the person looked at
 * @param comment in that person's words
 */
record VerdictBody(@Nullable String contentHash, @JsonAlias("reason") @Nullable String comment) {

	private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

	ContentHash hash() {
		return hash(this.contentHash);
	}

	static ContentHash hash(@Nullable String text) {
		if (text == null || !SHA256.matcher(text).matches()) {
			throw Refused.invalid("contentHash",
					"must be the content hash of the draft that you looked at, 64 hexadecimal digits in lower case");
		}
		return new ContentHash(text);
	}

}
