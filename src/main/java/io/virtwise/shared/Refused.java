package io.virtwise.shared;

import java.util.List;

/**
 * Thrown where something asked for is not done, for a reason that the person who asked
 * can understand and act on. Becomes a problem answer for the API and a page or a field
 * message for people; never a stack trace.
 */
public class Refused extends RuntimeException implements Explained {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private final String key;

	private final transient List<FieldFault> faults;

	/**
	 * A refusal.
	 * @param kind what sort of refusal, which decides the HTTP status
	 * @param key stable and kebab-case, the end of {@code urn:virtwise:problem:<key>}
	 * @param message what was refused, why, and what to do instead
	 * @param faults the fields at fault, may be empty
	 */
	public Refused(Kind kind, String key, String message, List<FieldFault> faults) {
		super(message);
		this.kind = kind;
		this.key = key;
		this.faults = List.copyOf(faults);
	}

	/** One field is at fault. */
	public static Refused invalid(String field, String message) {
		return new Refused(Kind.INVALID, "invalid", "The field " + field + " " + message + ".",
				List.of(new FieldFault(field, message)));
	}

	/** Several fields are at fault. */
	public static Refused invalid(List<FieldFault> faults) {
		return new Refused(Kind.INVALID, "invalid", "Some fields cannot be taken as they are.", faults);
	}

	/** The caller lacks the right; the message names it. */
	public static Refused forbidden(String key, String message) {
		return new Refused(Kind.FORBIDDEN, key, message, List.of());
	}

	/** There is no such object, or the caller may not know that there is. */
	public static Refused notFound(String what, String id) {
		return new Refused(Kind.NOT_FOUND, "not-found", "There is no " + what + " with the id " + id + ".", List.of());
	}

	/** The present state of things forbids it. */
	public static Refused conflict(String key, String message) {
		return new Refused(Kind.CONFLICT, key, message, List.of());
	}

	/** The caller's If-Match or If-None-Match does not hold. */
	public static Refused outdated(String key, String message) {
		return new Refused(Kind.OUTDATED, key, message, List.of());
	}

	/** The caller must send If-Match. */
	public static Refused stateNeeded(String message) {
		return new Refused(Kind.STATE_NEEDED, "precondition-required", message, List.of());
	}

	/** Understood, but not something that this portal does. */
	public static Refused notSupported(String key, String message) {
		return new Refused(Kind.NOT_SUPPORTED, key, message, List.of());
	}

	/** More was sent than is read. */
	public static Refused tooLarge(String message) {
		return new Refused(Kind.TOO_LARGE, "too-large", message, List.of());
	}

	/** Something outside the portal that is needed does not answer. */
	public static Refused unavailable(String key, String message) {
		return new Refused(Kind.UNAVAILABLE, key, message, List.of());
	}

	public Kind kind() {
		return this.kind;
	}

	@Override
	public int status() {
		return this.kind.status();
	}

	@Override
	public String key() {
		return this.key;
	}

	@Override
	public List<FieldFault> faults() {
		return this.faults;
	}

	/**
	 * What sort of refusal.
	 */
	public enum Kind {

		/** The request is not of the form that the contract asks for. */
		INVALID(400),
		/** The caller may not do this. */
		FORBIDDEN(403),
		/** No such object. */
		NOT_FOUND(404),
		/** The state of the object forbids it. */
		CONFLICT(409),
		/** What the caller takes for the present state is not the present state. */
		OUTDATED(412),
		/** Larger than what is read. */
		TOO_LARGE(413),
		/** Well-formed, but not something that is done. */
		NOT_SUPPORTED(422),
		/** The caller must say which state it takes for the present one. */
		STATE_NEEDED(428),
		/** Something outside is not to be had. */
		UNAVAILABLE(503);

		private final int status;

		Kind(int status) {
			this.status = status;
		}

		/** The HTTP status that goes with it. */
		public int status() {
			return this.status;
		}

	}

	/**
	 * A field and what is wrong with its value.
	 *
	 * @param field the field's name as the contract spells it
	 * @param message the fault and the remedy, without the field's name
	 */
	public record FieldFault(String field, String message) implements java.io.Serializable {
	}

}
