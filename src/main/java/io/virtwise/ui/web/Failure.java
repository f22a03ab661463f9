package io.virtwise.ui.web;

import java.util.List;

import io.virtwise.access.Right;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told when a request fails, before it becomes a page or a problem body.
 *
 * @param status the HTTP status
 * @param key the end of {@code urn:virtwise:problem:<key>}
 * @param detail what was not done, why, and what to do
 * @param faults the fields at fault
 * @param missing the right that is missing, where that is the reason
 * @param incident the number to quote, where only the log knows more
 */
public record Failure(int status, String key, String detail, List<FieldFault> faults, @Nullable Right missing,
		@Nullable String incident) {

	static Failure of(int status, String key, String detail) {
		return new Failure(status, key, detail, List.of(), null, null);
	}

	static Failure of(int status, String key, String detail, List<FieldFault> faults) {
		return new Failure(status, key, detail, faults, null, null);
	}

	static Failure missing(Right right) {
		return new Failure(403, "missing-right",
				"This needs the right " + right.authority() + " (to " + right.meaning()
						+ "), which none of your roles has. An administrator can give you a role with it.",
				List.of(), right, null);
	}

	static Failure missingScope(Right right) {
		return new Failure(403, "missing-scope",
				"This needs the right " + right.authority() + " (to " + right.meaning()
						+ "). You have it, but this token was not given the scope " + right.authority()
						+ ". Make a token with that scope, or sign in with your password.",
				List.of(), right, null);
	}

	static Failure unknown(String incident) {
		return new Failure(500, "internal-error", "Something went wrong on the portal's side, and it is in its log as "
				+ incident + ". Try again; if it stays, tell your administrator this number.", List.of(), null,
				incident);
	}

	/** A few words on what sort of failure it is, the same for every one of a status. */
	public String title() {
		return switch (this.status) {
			case 400 -> "The request cannot be taken as it is";
			case 401 -> "Not signed in";
			case 403 -> "Not allowed";
			case 404 -> "Not found";
			case 405 -> "Not done this way";
			case 406 -> "Not to be had in this form";
			case 409 -> "Not possible in this state";
			case 412 -> "Not in the state that was meant";
			case 413 -> "Too large";
			case 415 -> "Not sent in a form that is read here";
			case 422 -> "Not done here";
			case 428 -> "Say which state is meant";
			case 503 -> "Not to be had at present";
			default -> (this.status < 500) ? "The request cannot be taken as it is" : "Something went wrong";
		};
	}

}
