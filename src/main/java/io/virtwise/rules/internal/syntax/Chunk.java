package io.virtwise.rules.internal.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.virtwise.rules.internal.syntax.Token.Kind;

/**
 * The text of one rule in its file, from {@code rule} to {@code end}.
 *
 * @param source the file
 * @param tokens its tokens
 */
record Chunk(SourceText source, List<Token> tokens) {

	private static final int DEEPEST = 12;

	private static final int MOST_TOKENS = 4_000;

	private static final int MOST_RULES = 1_000;

	/** What people want with declarations, and how it is done here. */
	private static final Map<String, String> REMEDIES = Map.of("package", "the portal adds the package itself",
			"import", "all facts and words are known without an import", "global", "the sinks are known by their names",
			"function", "there are no functions; write one rule for each case", "declare",
			"the fact types are fixed; let a rule conclude what others need", "query",
			"let a rule conclude what others need", "dialect", "there is one language of rules", "unit",
			"files go by subject, there are no units");

	/** All rules of a file. What stands between them is said. */
	static List<Chunk> of(SourceText source, Problems problems) {
		List<Chunk> chunks = new ArrayList<>();
		List<Token> tokens = source.tokens();
		int at = 0;
		while (at < tokens.size()) {
			if (!begins(tokens, at)) {
				stray(source, tokens.get(at), problems);
				at = nextRule(tokens, at + 1);
			}
			else {
				int end = end(tokens, at);
				if (end > tokens.size() || !tokens.get(end - 1).is("end")) {
					problems.error(source.place(tokens.get(at)), "this rule has no end", "end where it ends");
				}
				else if (chunks.size() >= MOST_RULES) {
					problems.error(source.place(tokens.get(at)), "a file has at most " + MOST_RULES + " rules");
					return chunks;
				}
				else {
					chunks.add(new Chunk(source, tokens.subList(at, end)));
				}
				at = end;
			}
		}
		return chunks;
	}

	int start() {
		return this.tokens.get(0).start();
	}

	int end() {
		return this.tokens.get(this.tokens.size() - 1).end();
	}

	Place place() {
		return this.source.place(start());
	}

	/** As its author wrote it. */
	String text() {
		return this.source.text().substring(start(), end());
	}

	/** Line and column of a character, counted in the rule. */
	Place place(int at) {
		return this.source.place(start() + Math.max(0, Math.min(at, end() - start())));
	}

	/** Where this word stands for the first time; else where the rule begins. */
	Place placeOf(String word) {
		return this.tokens.stream()
			.filter((token) -> token.is(word))
			.findFirst()
			.map(this.source::place)
			.orElseGet(this::place);
	}

	/** The tokens of the consequence, and where it ends. */
	List<Token> consequence() {
		for (int at = 0; at < this.tokens.size(); at++) {
			if (this.tokens.get(at).is("then")) {
				return this.tokens.subList(at + 1, this.tokens.size() - 1);
			}
		}
		return List.of();
	}

	/** Whether it is small and flat enough for a parser that calls itself. */
	boolean holdsLimits(Problems problems) {
		int depth = 0;
		int prefixes = 0;
		int comment = this.source.blockComment(start(), end());
		if (comment >= 0) {
			problems.error(this.source.place(comment), "a comment inside a rule begins with //");
			return false;
		}
		if (this.tokens.size() > MOST_TOKENS) {
			problems.error(place(), "a rule has at most " + MOST_TOKENS + " words and signs; make several of it");
			return false;
		}
		for (Token token : this.tokens) {
			depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
			prefixes = (token.is("not") || token.is("exists")) ? prefixes + 1 : 0;
			if (depth > DEEPEST || prefixes > 2) {
				problems.error(this.source.place(token), (prefixes > 2) ? "not and exists stand before a pattern once"
						: "brackets are nested at most " + DEEPEST + " deep; let a rule conclude the inner part");
				return false;
			}
		}
		return true;
	}

	private static boolean begins(List<Token> tokens, int at) {
		return tokens.get(at).is("rule") && at + 1 < tokens.size() && tokens.get(at + 1).kind() == Kind.TEXT;
	}

	private static int end(List<Token> tokens, int from) {
		for (int at = from + 1; at < tokens.size(); at++) {
			if (tokens.get(at).is("end")) {
				return at + 1;
			}
			if (begins(tokens, at)) {
				return at;
			}
		}
		return tokens.size();
	}

	private static int nextRule(List<Token> tokens, int from) {
		int at = from;
		while (at < tokens.size() && !begins(tokens, at)) {
			at++;
		}
		return at;
	}

	private static void stray(SourceText source, Token token, Problems problems) {
		if (token.is("rule")) {
			problems.error(source.place(token), "the name of a rule stands in quotes after the word rule",
					"rule \"V999 What it says\"");
			return;
		}
		String remedy = REMEDIES.getOrDefault(token.text(),
				Attributes.isOne(token.text()) ? Attributes.remedy(token.text()) : "each begins with rule \"…\"");
		problems.error(source.place(token),
				"\"" + token.text() + "\": a rule file holds rules and comments only: " + remedy);
	}

}
