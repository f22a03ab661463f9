package io.virtwise.approval;

import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to have approved.
 *
 * @param subject what it is
 * @param content the hash of exactly what is to be approved
 * @param requestedBy id of the person who asks
 * @param lastEditedBy id of the person who edited the content last
 * @param grounds what it rests on
 * @param emergency why it cannot wait for what the policy asks for, {@code null} where it
 * can
 */
public record Ask(Subject subject, ContentHash content, String requestedBy, String lastEditedBy, Grounds grounds,
		@Nullable String emergency) {
}
