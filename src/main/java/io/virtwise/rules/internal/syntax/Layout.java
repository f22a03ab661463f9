package io.virtwise.rules.internal.syntax;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Lays a rule file out anew: keywords at the margin, what belongs to them four blanks in,
 * one blank between tokens, one empty line between rules. Line ends inside of a rule stay
 * where its author wants them, and so do comments.
 */
public final class Layout {

	private static final Set<String> KEYWORDS = Set.of("in", "not", "exists", "and", "or");

	private static final Set<String> SECTIONS = Set.of("rule", "when", "then", "end");

	private static final String INDENT = "    ";

	private final String text;

	private final SourceText source;

	private final StringBuilder out = new StringBuilder();

	/** The last token written, {@code null} before the first one. */
	private @Nullable Token last;

	private int depth;

	/** Whether what comes belongs to a {@code when} or {@code then}. */
	private boolean inside;

	private Layout(String text, SourceText source) {
		this.text = text;
		this.source = source;
	}

	/**
	 * The text in its one form, or nothing where something in it is no token.
	 * @param problems takes what that is
	 */
	public static Optional<String> of(String written, Problems problems) {
		String text = written.replace("\r\n", "\n");
		if (!TextLimits.hold(text, problems)) {
			return Optional.empty();
		}
		SourceText source = new SourceText(text, problems);
		if (problems.count() > 0) {
			return Optional.empty();
		}
		String laidOut = new Layout(text, source).layOut();
		if (!same(source.tokens(), new SourceText(laidOut, problems).tokens())) {
			problems.error(Place.FILE, "this text cannot be laid out without a change of what it says");
			return Optional.empty();
		}
		return Optional.of(laidOut);
	}

	private static boolean same(List<Token> some, List<Token> others) {
		if (some.size() != others.size()) {
			return false;
		}
		for (int at = 0; at < some.size(); at++) {
			if (!some.get(at).same(others.get(at))) {
				return false;
			}
		}
		return true;
	}

	private String layOut() {
		int at = 0;
		for (Token token : this.source.tokens()) {
			gap(this.text.substring(at, token.start()));
			write(token);
			at = token.end();
		}
		gap(this.text.substring(at));
		return this.out.isEmpty() ? "" : this.out.toString().stripTrailing() + "\n";
	}

	/** What stands between two tokens: line ends and comments. */
	private void gap(String gap) {
		int at = 0;
		int lines = 0;
		while (at < gap.length()) {
			char next = gap.charAt(at);
			if (next == '/') {
				int end = gap.startsWith("/*", at) ? gap.indexOf("*/", at) + 2 : gap.indexOf('\n', at);
				String comment = gap.substring(at, (end < 0) ? gap.length() : end).stripTrailing();
				lines(lines);
				begin(false);
				this.out.append(comment);
				at += (end < 0) ? gap.length() : end - at;
				lines = 0;
			}
			else {
				lines += (next == '\n') ? 1 : 0;
				at++;
			}
		}
		lines(lines);
	}

	/** Ends the line, and leaves at most one line empty. */
	private void lines(int wanted) {
		for (int line = 0; line < Math.min(wanted, 2); line++) {
			if (!this.out.isEmpty() && !endsWith("\n\n")) {
				this.out.append('\n');
			}
		}
	}

	private void write(Token token) {
		boolean section = token.kind() == Token.Kind.WORD && this.depth == 0 && SECTIONS.contains(token.text());
		Token before = this.last;
		if (section || (before != null && this.depth == 0 && isAfterSection(before))) {
			ownLine(token.is("rule") && before != null && before.is("end"));
		}
		if (section) {
			this.inside = false;
		}
		if (token.is(")")) {
			this.depth = Math.max(0, this.depth - 1);
		}
		begin(before == null || (!endsLine() && isClose(before, token)));
		this.out.append(token.text());
		if (token.is("(")) {
			this.depth++;
		}
		if (section && (token.is("when") || token.is("then"))) {
			this.inside = true;
		}
		this.last = token;
	}

	private static boolean isAfterSection(Token before) {
		return before.is("when") || before.is("then") || before.is("end");
	}

	private void ownLine(boolean afterEmptyOne) {
		if (!this.out.isEmpty() && !endsLine()) {
			this.out.append('\n');
		}
		if (afterEmptyOne && !endsWith("\n\n") && !isComment()) {
			this.out.append('\n');
		}
	}

	/** Whether the last line is a comment, which stands close to what it is about. */
	private boolean isComment() {
		int start = this.out.lastIndexOf("\n", this.out.length() - 2) + 1;
		String line = this.out.substring(start).strip();
		return line.startsWith("//") || line.endsWith("*/");
	}

	/** The indent of a new line, or the blank before what goes on. */
	private void begin(boolean close) {
		if (this.out.isEmpty()) {
			return;
		}
		if (endsLine()) {
			this.out.append(this.inside ? INDENT.repeat(1 + this.depth) : INDENT.repeat(this.depth));
		}
		else if (!close) {
			this.out.append(' ');
		}
	}

	private static boolean isClose(Token before, Token next) {
		if (next.is("(")) {
			return before.is("(") || (before.kind() == Token.Kind.WORD && !KEYWORDS.contains(before.text()));
		}
		return next.is(")") || next.is(",") || next.is(";") || next.is(".") || before.is("(") || before.is(".")
				|| before.is("@");
	}

	private boolean endsLine() {
		return endsWith("\n");
	}

	private boolean endsWith(String end) {
		int from = this.out.length() - end.length();
		return from >= 0 && this.out.substring(from).equals(end);
	}

}
