package io.virtwise.rules.internal.syntax;

import java.util.List;

import io.virtwise.rules.internal.syntax.Token.Kind;

/**
 * Proves that a tree says what its source says: printed, it has the very same tokens. A
 * parser that leaves something out, or rewrites it, is found out here.
 */
final class Proof {

	private Proof() {
	}

	static boolean holds(Chunk chunk, Rule rule, Problems problems) {
		Problems none = new Problems(problems.file());
		List<Token> printed = new SourceText(Canonical.text(rule), none).tokens();
		List<Token> written = chunk.tokens();
		int at = 0;
		while (at < printed.size() && at < written.size() && printed.get(at).same(written.get(at))) {
			at++;
		}
		if (none.count() == 0 && at == printed.size() && at == written.size()) {
			return true;
		}
		Token found = written.get(Math.min(at, written.size() - 1));
		Token needed = printed.get(Math.min(at, printed.size() - 1));
		problems.error(chunk.source().place(found), message(found, needed));
		return false;
	}

	private static String message(Token found, Token needed) {
		if (found.is("and")) {
			return "patterns below each other all have to hold, without \"and\"; inside of ( … or … ) it needs brackets "
					+ "of its own";
		}
		if (needed.is("(") && found.kind() == Kind.WORD) {
			return "alternatives stand in brackets: (" + found.text() + "(…) or …)";
		}
		if (found.is("(")) {
			return "these brackets are not needed; brackets stand around ( … or … ) and around the constraints of a fact";
		}
		if (found.is(";")) {
			return "no semicolon stands here";
		}
		return "\"" + found.text() + "\" has no meaning here; needed is " + needed.text();
	}

}
