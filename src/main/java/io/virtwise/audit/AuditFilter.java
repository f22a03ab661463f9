package io.virtwise.audit;

import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for. What is {@code null} or blank is not looked at.
 *
 * @param subject the id of an object, or a part of its name
 * @param action a whole action such as {@code user.created}, or its first word
 * @param person the username of who did it
 */
public record AuditFilter(@Nullable String subject, @Nullable String action, @Nullable String person) {

	/** Everything. */
	public static final AuditFilter NONE = new AuditFilter(null, null, null);

	public AuditFilter {
		subject = blankToNull(subject);
		action = blankToNull(action);
		person = blankToNull(person);
	}

	/** Whether anything is left out. */
	public boolean narrows() {
		return this.subject != null || this.action != null || this.person != null;
	}

	private static @Nullable String blankToNull(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

}
