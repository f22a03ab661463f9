package io.virtwise.facts.internal;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What stands in a line of a log before its message. Every program has its own order, and
 * people paste lines with file names and numbers in front; whatever is not recognized
 * belongs to the message.
 *
 * @param time when, {@code null} where the line does not tell
 * @param level how bad the program calls it
 * @param logger who wrote it: nova's logger or the tag of syslog, may be empty
 * @param kernel whether the kernel wrote it
 * @param fresh whether a request is named, as only the first line of a record does
 * @param message where the message begins
 */
record LogPrefix(@Nullable String time, Level level, String logger, boolean kernel, boolean fresh, int message) {

	private static final Set<String> BAD = Set.of("ERROR", "CRITICAL", "TRACE", "FATAL", "error");

	private static final Set<String> OTHER = Set.of("DEBUG", "INFO", "AUDIT", "WARNING", "WARN", "NOTICE", "debug",
			"info", "warning");

	/** File names and numbers in front are shorter. */
	private static final int LONGEST_FRONT = 256;

	private static final int LONGEST_WORD = 128;

	/** The prefix of this line. */
	static LogPrefix of(String line) {
		return new Scan(line).prefix();
	}

	/** Whether the line has anything by which a record begins. */
	boolean begins() {
		return this.time != null || this.level != Level.NONE || this.kernel;
	}

	/**
	 * How bad a program calls a record.
	 */
	enum Level {

		/** It does not say. */
		NONE,
		/** Up to a warning. */
		FINE,
		/** An error. */
		BAD

	}

	/**
	 * One pass over the beginning of a line.
	 */
	private static final class Scan {

		private final String line;

		private int at;

		private @Nullable String time;

		private Level level = Level.NONE;

		private String logger = "";

		private boolean kernel;

		private Scan(String line) {
			this.line = line;
		}

		private LogPrefix prefix() {
			LogTime found = time();
			if (found != null) {
				takeTime(found);
				libvirt();
				machineAndTag(found);
			}
			else if (this.line.startsWith("kernel: ", this.at)) {
				this.kernel = true;
				this.at += 8;
			}
			brackets();
			processAndLevel();
			skipBlanks();
			boolean fresh = this.line.startsWith("[req-", this.at) || this.line.startsWith("[None req-", this.at)
					|| this.line.startsWith("[-]", this.at);
			return new LogPrefix(this.time, this.level, this.logger, this.kernel, fresh, this.at);
		}

		/** The first time, with whatever people or grep put in front of it. */
		private @Nullable LogTime time() {
			skipBlanks();
			facility();
			LogTime direct = LogTime.at(this.line, this.at);
			if (direct != null) {
				return direct;
			}
			int end = Math.min(this.line.length(), this.at + LONGEST_FRONT);
			int begin = this.at;
			for (int i = this.at; i < end; i++) {
				char c = this.line.charAt(i);
				boolean number = c == ' ' && isNumber(begin, i);
				if (c == ' ' && !number) {
					return null;
				}
				if (number || c == ':' || c == '-') {
					int next = i + 1;
					while (number && next < end && this.line.charAt(next) == ' ') {
						next++;
					}
					LogTime found = LogTime.at(this.line, next);
					if (found != null) {
						return found;
					}
					if (number) {
						return null;
					}
				}
			}
			return null;
		}

		/** {@code kern  :err   : }, as dmesg -x prints in front. */
		private void facility() {
			if (this.line.startsWith("kern", this.at)) {
				int first = this.line.indexOf(':', this.at);
				int second = (first < 0) ? -1 : this.line.indexOf(':', first + 1);
				if (second > 0 && second - this.at < 20) {
					this.at = second + 1;
					skipBlanks();
				}
			}
		}

		private void takeTime(LogTime found) {
			// inside a line of syslog the program's own time tells more
			if (this.time == null || found.kind() == LogTime.Kind.DATE) {
				this.time = found.shown();
			}
			this.kernel |= found.kind() == LogTime.Kind.KERNEL;
			this.at = found.end();
			skipBlanks();
		}

		/** {@code : 12380: error : virFunction:99 : message}. */
		private void libvirt() {
			if (!this.line.startsWith(": ", this.at)) {
				return;
			}
			int colon = this.line.indexOf(':', this.at + 2);
			if (colon < 0 || !isNumber(this.at + 2, colon)) {
				return;
			}
			int begin = colon + 1;
			int end = this.line.indexOf(':', begin);
			if (end > 0 && end - begin < 12) {
				this.level = level(this.line.substring(begin, end).strip());
				this.logger = "libvirt";
				this.at = end + 1;
			}
		}

		/** {@code machine program[123]: }, and what the program wrote behind it. */
		private void machineAndTag(LogTime found) {
			if (this.level != Level.NONE) {
				return;
			}
			int machine = endOfWord(this.at);
			int tag = endOfWord(machine + 1);
			boolean two = machine < this.line.length() && tag > machine + 2 && this.line.charAt(tag - 1) == ':';
			if (!two || this.line.charAt(machine - 1) == ':' || level(word(this.at)) != Level.NONE) {
				return;
			}
			String name = this.line.substring(machine + 1, tag - 1);
			int process = name.indexOf('[');
			this.logger = (process > 0) ? name.substring(0, process) : name;
			this.kernel = this.logger.equals("kernel");
			this.at = tag;
			skipBlanks();
			LogTime inner = LogTime.at(this.line, this.at);
			if (inner != null) {
				String outer = found.shown();
				takeTime(inner);
				this.time = (inner.kind() == LogTime.Kind.DATE) ? inner.shown() : outer;
			}
		}

		/** {@code [002757][EUCAERROR ]}. */
		private void brackets() {
			while (this.at < this.line.length() && this.line.charAt(this.at) == '[') {
				int end = this.line.indexOf(']', this.at);
				if (end < 0 || end - this.at > 16) {
					return;
				}
				String inside = this.line.substring(this.at + 1, end).strip();
				boolean capitals = !inside.isEmpty() && inside.chars().allMatch((c) -> c >= 'A' && c <= 'Z');
				if (!capitals && !inside.chars()
					.allMatch((c) -> (c >= '0' && c <= '9') || c == 'T' || c == 'C' || c == ' ')) {
					return;
				}
				if (capitals) {
					this.level = (inside.endsWith("ERROR") || inside.endsWith("FATAL")) ? Level.BAD : Level.FINE;
					this.kernel = false;
				}
				this.at = end + 1;
			}
			skipBlanks();
		}

		/** {@code 1455 ERROR nova.compute.manager}, the number left out by DevStack. */
		private void processAndLevel() {
			int begin = this.at;
			String word = word(begin);
			if (this.time != null && !word.isEmpty() && isNumber(begin, begin + word.length())) {
				begin += word.length() + 1;
				word = word(begin);
			}
			Level found = level(word);
			int name = begin + word.length() + 1;
			String named = word(name);
			boolean libvirtMessage = word.equals(word.toLowerCase(Locale.ROOT));
			if (found == Level.NONE || libvirtMessage || !isName(named)) {
				return;
			}
			this.level = found;
			this.logger = named;
			this.kernel = false;
			this.at = name + named.length();
		}

		private static Level level(String word) {
			return BAD.contains(word) ? Level.BAD : OTHER.contains(word) ? Level.FINE : Level.NONE;
		}

		private static boolean isName(String word) {
			return word.indexOf('.') != 0 && !word.isEmpty()
					&& word.chars().allMatch((c) -> Character.isLetterOrDigit(c) || c == '.' || c == '_');
		}

		private boolean isNumber(int begin, int end) {
			if (end <= begin || end - begin > 9 || end > this.line.length()) {
				return false;
			}
			return this.line.substring(begin, end).chars().allMatch((c) -> c >= '0' && c <= '9');
		}

		private String word(int from) {
			return (from < this.line.length()) ? this.line.substring(from, Math.max(from, endOfWord(from))) : "";
		}

		private int endOfWord(int from) {
			int end = from;
			while (end < this.line.length() && end - from < LONGEST_WORD && this.line.charAt(end) != ' ') {
				end++;
			}
			return end;
		}

		private void skipBlanks() {
			while (this.at < this.line.length() && this.line.charAt(this.at) == ' ') {
				this.at++;
			}
		}

	}

}
