package io.virtwise.facts.internal;

import java.util.List;
import java.util.Locale;

/**
 * Tells errors that nothing documented explains from what is no error, and one kind of
 * them from another. It does not guess what they mean.
 */
final class LogError {

	/** The beginning of a message tells its kind. */
	private static final int SHAPE = 200;

	private static final int LONGEST_NAME = 120;

	/** Of these the kernel speaks in lines that name KVM and complain. */
	private static final List<String> COMPLAINTS = List.of("fail", "error", "denied", "cannot", "could not", "unable",
			"refused", "not supported", "unsupported", "disabled", "invalid", "no such", "warning", "bug");

	/**
	 * Lines of a guest's own kernel, of one guest's doings, and of features beside KVM.
	 */
	private static final List<String> HARMLESS = List.of("kvm-guest", "kvm-clock", "kvm [", "kvm_guest", "sev", "apicv",
			"lbrv", "avic", "tsc scaling", "spinlock");

	private LogError() {
	}

	/** Whether this record is an error. */
	static boolean is(LogRecord record) {
		String message = record.message();
		if (message.isEmpty()) {
			return false;
		}
		if (record.isKernels()) {
			return complainsOfKvm(message);
		}
		if (record.isLoose()) {
			return message.regionMatches(true, 0, "error:", 0, 6)
					|| (isException(message, 0) && nameOf(message).contains("Error"));
		}
		return record.isBad();
	}

	private static boolean complainsOfKvm(String message) {
		String lower = head(message).toLowerCase(Locale.ROOT);
		return lower.contains("kvm") && COMPLAINTS.stream().anyMatch(lower::contains)
				&& HARMLESS.stream().noneMatch(lower::contains);
	}

	/**
	 * Whether a line of a traceback names the exception: {@code libvirtError: message}.
	 */
	static boolean isException(String line, int from) {
		int at = from;
		boolean capital = false;
		while (at < line.length() && at - from < LONGEST_NAME
				&& (Character.isLetterOrDigit(line.charAt(at)) || line.charAt(at) == '.' || line.charAt(at) == '_')) {
			capital |= Character.isUpperCase(line.charAt(at));
			at++;
		}
		return capital && at > from + 3 && line.startsWith(": ", at);
	}

	private static String nameOf(String message) {
		return message.substring(0, message.indexOf(':'));
	}

	/** The same for all messages that differ only in names with digits in them. */
	static String shape(LogRecord record) {
		String message = head(record.message());
		StringBuilder shape = new StringBuilder(record.logger()).append(' ');
		int at = 0;
		while (at < message.length()) {
			int end = at;
			boolean digit = false;
			while (end < message.length() && isOfWord(message.charAt(end))) {
				digit |= Character.isDigit(message.charAt(end));
				end++;
			}
			if (end == at) {
				shape.append(message.charAt(at));
				at++;
			}
			else {
				shape.append(digit ? "#" : message.substring(at, end));
				at = end;
			}
		}
		return shape.toString();
	}

	private static boolean isOfWord(char c) {
		return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
	}

	private static String head(String message) {
		return (message.length() > SHAPE) ? message.substring(0, SHAPE) : message;
	}

}
