package io.virtwise.nova;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Text as Python sees it, where Java sees it otherwise: what a blank is, where a line
 * ends, how a literal is printed, and bytes that are not UTF-8, which are kept as lone
 * surrogates (PEP 383) so that nothing is lost on the way back.
 */
final class PythonText {

	private static final int ESCAPE_BASE = 0xDC00;

	private PythonText() {
	}

	static String decode(byte[] bytes) {
		try {
			return strict().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return decodeWithEscapes(bytes);
		}
	}

	private static String decodeWithEscapes(byte[] bytes) {
		CharsetDecoder decoder = strict();
		ByteBuffer in = ByteBuffer.wrap(bytes);
		CharBuffer out = CharBuffer.allocate(bytes.length + 1);
		while (true) {
			CoderResult result = decoder.decode(in, out, true);
			if (result.isUnderflow()) {
				return out.flip().toString();
			}
			for (int i = 0; i < result.length(); i++) {
				out.put((char) (ESCAPE_BASE + (in.get() & 0xFF)));
			}
			decoder.reset();
		}
	}

	private static CharsetDecoder strict() {
		return StandardCharsets.UTF_8.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.onUnmappableCharacter(CodingErrorAction.REPORT);
	}

	/** The bytes that {@link #decode} made this text from. */
	static byte[] encode(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
		int from = 0;
		for (int i = 0; i < text.length(); i++) {
			if (isEscapedByte(text, i)) {
				bytes.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
				bytes.write(text.charAt(i) - ESCAPE_BASE);
				from = i + 1;
			}
		}
		bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
		return bytes.toByteArray();
	}

	/** Whether the character there stands for a byte that is not UTF-8. */
	static boolean isEscapedByte(String text, int index) {
		char c = text.charAt(index);
		return c >= ESCAPE_BASE + 0x80 && c <= ESCAPE_BASE + 0xFF
				&& !(index > 0 && Character.isHighSurrogate(text.charAt(index - 1)));
	}

	/** Lines with their ends, as a text file opened in Python gives them. */
	static List<Line> lines(String text) {
		List<Line> lines = new ArrayList<>();
		int from = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\n' || c == '\r') {
				int end = (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') ? i + 2 : i + 1;
				lines.add(new Line(text.substring(from, i), text.substring(i, end)));
				from = end;
				i = end - 1;
			}
		}
		if (from < text.length()) {
			lines.add(new Line(text.substring(from), ""));
		}
		return lines;
	}

	/**
	 * What {@code str.isspace} calls a blank: more than Java does, the no-break space
	 * among it.
	 */
	static boolean isSpace(char c) {
		return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680
				|| (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F
				|| c == 0x3000;
	}

	static String lstrip(String text) {
		int from = 0;
		while (from < text.length() && isSpace(text.charAt(from))) {
			from++;
		}
		return text.substring(from);
	}

	static String rstrip(String text) {
		int to = text.length();
		while (to > 0 && isSpace(text.charAt(to - 1))) {
			to--;
		}
		return text.substring(0, to);
	}

	static String strip(String text) {
		return lstrip(rstrip(text));
	}

	/** The text as Python's {@code repr} prints it. */
	static String repr(String text) {
		char quote = (text.indexOf('\'') >= 0 && text.indexOf('"') < 0) ? '"' : '\'';
		StringBuilder out = new StringBuilder().append(quote);
		text.codePoints().forEach((c) -> {
			switch (c) {
				case '\t' -> out.append("\\t");
				case '\n' -> out.append("\\n");
				case '\r' -> out.append("\\r");
				case '\\' -> out.append("\\\\");
				default -> {
					if (c == quote) {
						out.append('\\').append(quote);
					}
					else if (isPrintable(c)) {
						out.appendCodePoint(c);
					}
					else {
						out.append((c <= 0xFF) ? String.format("\\x%02x", c)
								: String.format((c <= 0xFFFF) ? "\\u%04x" : "\\U%08x", c));
					}
				}
			}
		});
		return out.append(quote).toString();
	}

	private static boolean isPrintable(int c) {
		return c == ' ' || switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR ->
				false;
			default -> true;
		};
	}

	/**
	 * A line.
	 *
	 * @param text without its end
	 * @param end what ends it: {@code \n}, {@code \r\n}, {@code \r}, or nothing at the
	 * end of a file
	 */
	record Line(String text, String end) {

		String whole() {
			return this.text + this.end;
		}

	}

}
