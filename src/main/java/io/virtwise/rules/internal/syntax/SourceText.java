package io.virtwise.rules.internal.syntax;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A file cut into tokens, which knows where each stands.
 */
final class SourceText {

	private final String text;

	private final int[] lines;

	private final List<Token> tokens;

	private final List<Integer> refused;

	private final BitSet comments;

	SourceText(String text, Problems problems) {
		this.text = text;
		this.lines = lineStarts(text);
		Lexer lexer = new Lexer(this, problems);
		this.tokens = lexer.tokens();
		this.refused = lexer.refused();
		this.comments = lexer.comments();
	}

	String text() {
		return this.text;
	}

	/** All of them, without comments. */
	List<Token> tokens() {
		return this.tokens;
	}

	/** Whether all between two characters are tokens and comments. */
	boolean isClean(int from, int to) {
		return this.refused.stream().noneMatch((at) -> at >= from && at < to);
	}

	/** The text between two characters with blanks in place of its comments. */
	String withoutComments(int from, int to) {
		char[] without = this.text.substring(from, to).toCharArray();
		for (int at = this.comments.nextSetBit(from); at >= 0 && at < to; at = this.comments.nextSetBit(at + 1)) {
			if (without[at - from] != '\n') {
				without[at - from] = ' ';
			}
		}
		return new String(without);
	}

	/** Where a comment of several lines begins between two characters, or -1. */
	int blockComment(int from, int to) {
		for (int at = this.comments.nextSetBit(from); at >= 0 && at < to; at = this.comments.nextSetBit(at + 1)) {
			if (this.text.startsWith("/*", at) && (at == 0 || !this.comments.get(at - 1))) {
				return at;
			}
		}
		return -1;
	}

	/** Line and column of a character. */
	Place place(int at) {
		int line = Arrays.binarySearch(this.lines, at);
		int index = (line >= 0) ? line : -line - 2;
		return new Place(index + 1, at - this.lines[index] + 1);
	}

	Place place(Token token) {
		return place(token.start());
	}

	/** The tokens between two characters, the second one not included. */
	List<Token> tokens(int from, int to) {
		return this.tokens.subList(firstFrom(from), firstFrom(to));
	}

	private int firstFrom(int at) {
		int low = 0;
		int high = this.tokens.size();
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.tokens.get(middle).start() < at) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	private static int[] lineStarts(String text) {
		int[] starts = new int[16];
		int count = 1;
		for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
			if (count == starts.length) {
				starts = Arrays.copyOf(starts, 2 * count);
			}
			starts[count++] = end + 1;
		}
		return Arrays.copyOf(starts, count);
	}

}
