package io.virtwise.facts.internal;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of a log that is an object of JSON, as oslo.log, Docker and the journal can
 * write theirs, told as the plain line that it stands for. Whatever it does not know
 * stays as it is.
 */
final class JsonLogLine {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** What syslog and others put in front is shorter. */
	private static final int LONGEST_FRONT = 256;

	/** Docker's object may hold oslo.log's, and no more. */
	private static final int DEEPEST = 2;

	private JsonLogLine() {
	}

	static String plain(String line) {
		return plain(line, DEEPEST);
	}

	private static String plain(String line, int depth) {
		String whole = line.stripTrailing();
		int begin = whole.indexOf("{\"");
		if (depth == 0 || begin < 0 || begin > LONGEST_FRONT || !whole.endsWith("}")) {
			return line;
		}
		JsonNode object;
		try {
			object = JSON.readTree(whole.substring(begin));
		}
		catch (JacksonException ex) {
			return line; // a line like any other that has braces
		}
		String told = told(object, depth);
		return told.isEmpty() ? line : whole.substring(0, begin) + TextLines.plain(told);
	}

	private static String told(JsonNode object, int depth) {
		if (object.has("MESSAGE")) {
			return ofJournal(object);
		}
		if (object.has("log") && object.has("stream")) {
			String log = plain(oneLine(object.path("log")), depth - 1);
			return (text(object, "time") + " " + log).strip();
		}
		if (!object.has("message")) {
			return "";
		}
		String level = text(object, "levelname", "level").toUpperCase(Locale.ROOT);
		return words(text(object, "asctime", "time", "timestamp", "@timestamp"), text(object, "process"), level,
				text(object, "name", "logger"), "[-]", oneLine(object.path("message")),
				oneLine(object.path("traceback")), text(object, "error_summary"));
	}

	private static String ofJournal(JsonNode entry) {
		String tag = text(entry, "SYSLOG_IDENTIFIER", "_COMM");
		String machine = text(entry, "_HOSTNAME");
		return words(journalTime(text(entry, "_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP")),
				machine.isEmpty() ? "-" : machine, (tag.isEmpty() ? "-" : tag) + ":", oneLine(entry.path("MESSAGE")));
	}

	private static String journalTime(String microseconds) {
		try {
			return Instant.EPOCH.plus(Long.parseLong(microseconds), ChronoUnit.MICROS).toString();
		}
		catch (NumberFormatException | DateTimeException | ArithmeticException ex) {
			return "";
		}
	}

	private static String words(String... words) {
		List<String> some = new ArrayList<>(List.of(words));
		some.removeIf(String::isEmpty);
		return String.join(" ", some);
	}

	/** The first of these members that is a text or a number. */
	private static String text(JsonNode object, String... names) {
		for (String name : names) {
			JsonNode value = object.path(name);
			if (value.isValueNode() && !value.isNull()) {
				return oneLine(value);
			}
		}
		return "";
	}

	/** A text, a list of them, or the bytes of one, as the journal writes colours. */
	private static String oneLine(JsonNode value) {
		StringBuilder text = new StringBuilder();
		if (value.isArray() && !value.isEmpty() && value.get(0).isNumber()) {
			byte[] bytes = new byte[value.size()];
			for (int i = 0; i < bytes.length; i++) {
				bytes[i] = (byte) value.get(i).asInt(0);
			}
			text.append(new String(bytes, StandardCharsets.UTF_8));
		}
		else if (value.isArray()) {
			value.forEach((each) -> text.append(each.asString("")).append('\n'));
		}
		else if (value.isValueNode() && !value.isNull()) {
			text.append(value.asString(""));
		}
		return text.toString().strip().replace("\r\n", " ").replace('\n', ' ').replace('\r', ' ');
	}

}
