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

		private boolean structured;

		private Scan(String line) {
			this.line = line;
		}

		private LogPrefix prefix() {
			LogTime found = time();
			if (found != null) {
				takeTime(found);
				container();
				libvirt();
				if (this.structured) {
					structured(found);
				}
				else {
					machineAndTag(found);
				}
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
			priority();
			LogTime direct = LogTime.at(this.line, this.at);
			if (direct != null) {
				return direct;
			}
			int end = Math.min(this.line.length(), this.at + LONGEST_FRONT);
			int begin = this.at;
			for (int i = this.at; i < end; i++) {
				char c = this.line.charAt(i);
				boolean front = c == ' ' && (isNumber(begin, i) || endsFront(i));
				if (c == ' ' && !front && !this.line.startsWith("| ", afterBlanks(i))) {
					return null;
				}
				if (front || c == ':' || c == '-') {
					LogTime found = LogTime.at(this.line, front ? afterBlanks(i) : i + 1);
					if (found != null) {
						return found;
					}
					if (front) {
						return null;
					}
				}
			}
			return null;
		}

		/** {@code [pod/nova-compute] } and {@code nova-compute  | }, of containers. */
		private boolean endsFront(int blank) {
			char before = (blank > this.at) ? this.line.charAt(blank - 1) : ' ';
			return before == ']' || before == '|';
		}

		/** {@code <131>1 }, as syslog sends it, and {@code <3>} of the kernel. */
		private void priority() {
			int end = this.line.startsWith("<", this.at) ? this.line.indexOf('>', this.at) : -1;
			if (end - this.at <= 4 && isNumber(this.at + 1, end)) {
				this.at = end + 1;
				this.structured = this.line.startsWith("1 ", this.at);
				this.at += this.structured ? 2 : 0;
			}
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
			inner(found);
		}

		/** What a program wrote as its own time. */
		private void inner(LogTime outer) {
			LogTime inner = LogTime.at(this.line, this.at);
			if (inner != null) {
				takeTime(inner);
				this.time = (inner.kind() == LogTime.Kind.DATE) ? inner.shown() : outer.shown();
			}
		}

		/** {@code stderr F }, and the container's own time behind it. */
		private void container() {
			String stream = word(this.at);
			if (stream.equals("stderr") || stream.equals("stdout")) {
				int flag = this.at + stream.length() + 1;
				if (word(flag).equals("F") || word(flag).equals("P")) {
					this.at = flag + 2;
				}
			}
			LogTime inner = LogTime.at(this.line, this.at);
			if (inner != null && inner.kind() == LogTime.Kind.DATE) {
				takeTime(inner);
			}
		}

		/** {@code machine program 123 - - message}, as RFC 5424 has it. */
		private void structured(LogTime found) {
			int program = endOfWord(this.at) + 1;
			int data = program;
			for (int word = 0; word < 3; word++) {
				data = endOfWord(data) + 1;
			}
			int end = this.line.startsWith("[", data) ? this.line.indexOf("] ", data) + 1 : endOfWord(data);
			if (end <= data || end >= this.line.length()) {
				return;
			}
			this.logger = word(program);
			this.kernel = this.logger.equals("kernel");
			this.at = this.line.startsWith(LogLines.MARK, end + 1) ? end + 2 : end + 1;
			inner(found);
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
			this.at = afterBlanks(this.at);
		}

		private int afterBlanks(int from) {
			int end = from;
			while (end < this.line.length() && this.line.charAt(end) == ' ') {
				end++;
			}
			return end;
		}

	}

}
