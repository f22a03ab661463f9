package io.virtwise.facts.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.virtwise.facts.Signature;
import org.jspecify.annotations.Nullable;

/**
 * What a program wrote at one moment, over one line or many: a message, the traceback
 * below it, the XML that it prints. What is told several times in it happened once.
 */
final class LogRecord {

	private final LogPrefix prefix;

	private final LogLines.Piece begin;

	private final boolean kernelLog;

	private final Map<Signature, Sight> sights = new LinkedHashMap<>();

	private LogLines.Piece telling;

	private int tellingMessage;

	/**
	 * @param kernelLog whether it stands in a log of the kernel, whose own records have
	 * one line; a journal may hold those of other programs too
	 */
	LogRecord(LogPrefix prefix, LogLines.Piece begin, boolean kernelLog) {
		this.prefix = prefix;
		this.begin = begin;
		this.kernelLog = kernelLog;
		this.telling = begin;
		this.tellingMessage = afterInstance(begin.text(), prefix.message());
	}

	/**
	 * Whether this line belongs to the record. The lines of a traceback repeat the time
	 * and the logger of the message above them, but not the request that it names.
	 */
	boolean takes(LogPrefix next, LogLines.Piece line) {
		if (!line.begins()) {
			return true;
		}
		if (isKernels() || !this.prefix.begins()) {
			return false;
		}
		if (!next.begins()) {
			return true;
		}
		boolean qemu = next.level() == LogPrefix.Level.NONE && !next.kernel()
				&& line.text().startsWith("qemu", next.message());
		boolean traceback = next.level() == LogPrefix.Level.BAD && !next.fresh() && !next.kernel()
				&& !next.logger().isEmpty() && next.logger().equals(this.prefix.logger())
				&& Objects.equals(next.time(), time()) && !line.text().equals(this.begin.text());
		return isBad() && (qemu || traceback);
	}

	/** Notes what one of its lines tells. */
	void add(LogPrefix linePrefix, LogLines.Piece line, SignaturePhrases.Found found) {
		found.signatures().forEach((signature, words) -> this.sights.putIfAbsent(signature, new Sight(line, words)));
		int message = afterInstance(line.text(), linePrefix.message());
		if (line.number() != this.begin.number() && line.begins() && LogError.isException(line.text(), message)) {
			this.telling = line;
			this.tellingMessage = message;
		}
	}

	private static int afterInstance(String line, int message) {
		if (!line.startsWith("[instance: ", message)) {
			return message;
		}
		int end = line.indexOf(']', message);
		return (end < 0) ? message : Math.min(end + 2, line.length());
	}

	/** The documented faults in it, and where. */
	Map<Signature, Sight> sights() {
		SignaturePhrases.withoutCovered(this.sights);
		return this.sights;
	}

	boolean isBad() {
		return this.prefix.level() == LogPrefix.Level.BAD;
	}

	/** Whether it is a single line without anything that tells who wrote it. */
	boolean isLoose() {
		return !this.prefix.begins();
	}

	boolean isKernels() {
		return this.prefix.kernel() || (this.kernelLog && this.prefix.level() == LogPrefix.Level.NONE);
	}

	@Nullable String time() {
		return this.prefix.time();
	}

	String logger() {
		return this.prefix.logger();
	}

	/**
	 * The line that tells most: the exception at a traceback's end, or else the first.
	 */
	LogLines.Piece telling() {
		return this.telling;
	}

	/** Where the message begins in that line. */
	int tellingMessage() {
		return Math.min(this.tellingMessage, this.telling.text().length());
	}

	/** The message in that line. */
	String message() {
		return this.telling.text().substring(tellingMessage()).strip();
	}

	/**
	 * Where a fault is told.
	 *
	 * @param line the line
	 * @param words the words in it that mark the fault, lower case
	 */
	record Sight(LogLines.Piece line, String words) {
	}

}
