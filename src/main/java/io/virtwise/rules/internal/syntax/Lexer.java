package io.virtwise.rules.internal.syntax;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

import io.virtwise.rules.internal.syntax.Token.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a file into the few kinds of token that rules have. What is no token is said with
 * its place, and left out.
 */
final class Lexer {

	private static final List<String> SIGNS = List.of("&&", "||", "==", "!=", "<=", ">=", "<", ">", "(", ")", ",", ".",
			":", ";", "@");

	private static final int LONGEST_NUMBER = 9;

	/** What people mean by signs that rules do not have. */
	private static final Map<Character, String> REMEDIES = Map.ofEntries(
			Map.entry('\'', "a text stands in double quotes"), Map.entry('#', "a comment begins with //"),
			Map.entry('+', "rules do no arithmetic and join no texts; {name} in a text is the value of $name"),
			Map.entry('-', "there are no negative numbers, no arithmetic and no attributes"),
			Map.entry('*', "rules do no arithmetic"), Map.entry('/', "rules do no arithmetic and follow no paths"),
			Map.entry('%', "rules do no arithmetic"), Map.entry('=', "two values are compared with =="),
			Map.entry('!', "negate with != or not in, or with not before a pattern"),
			Map.entry('?', "write one rule for each of the two cases"),
			Map.entry('[', "rules look at no single element of a list"),
			Map.entry(']', "rules look at no single element of a list"),
			Map.entry('{', "a consequence is one call on a sink, without blocks"),
			Map.entry('}', "a consequence is one call on a sink, without blocks"),
			Map.entry('&', "conditions are joined with &&"), Map.entry('|', "conditions are joined with ||"),
			Map.entry('$', "a variable is $ and a name, as $mode"),
			Map.entry('\\', "a backslash stands only in the text of a consequence, as \\\" or \\\\ or \\n or \\t"));

	private final SourceText source;

	private final String text;

	private final Problems problems;

	private final List<Token> tokens = new ArrayList<>();

	private final List<Integer> refused = new ArrayList<>();

	private final BitSet comments = new BitSet();

	private int at;

	Lexer(SourceText source, Problems problems) {
		this.source = source;
		this.text = source.text();
		this.problems = problems;
	}

	/** All tokens, without comments. */
	List<Token> tokens() {
		while (this.at < this.text.length()) {
			step();
		}
		return List.copyOf(this.tokens);
	}

	/** Where something stands that is no token. */
	List<Integer> refused() {
		return this.refused;
	}

	/** Every character of every comment. */
	BitSet comments() {
		return this.comments;
	}

	private void step() {
		char next = this.text.charAt(this.at);
		if (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
			this.at++;
		}
		else if (next == '/' && this.text.startsWith("//", this.at)) {
			int end = this.text.indexOf('\n', this.at);
			end = (end < 0) ? this.text.length() : end;
			this.comments.set(this.at, end);
			this.at = end;
		}
		else if (next == '/' && this.text.startsWith("/*", this.at)) {
			comment();
		}
		else if (next == '"') {
			quoted();
		}
		else if (isDigit(next)) {
			number();
		}
		else if (isLetter(next)) {
			add(Kind.WORD, nameEnd(this.at));
		}
		else if (next == '$' && this.at + 1 < this.text.length() && isLetter(this.text.charAt(this.at + 1))) {
			add(Kind.VARIABLE, nameEnd(this.at + 1));
		}
		else {
			sign();
		}
	}

	private void comment() {
		int end = this.text.indexOf("*/", this.at + 2);
		if (end < 0) {
			refuse(this.source.place(this.at), "this comment has no end", "*/ where it ends");
			this.at = this.text.length();
		}
		else {
			this.comments.set(this.at, end + 2);
			this.at = end + 2;
		}
	}

	private void quoted() {
		int from = this.at;
		int end = from + 1;
		while (end < this.text.length() && this.text.charAt(end) != '"') {
			char next = this.text.charAt(end);
			if (next == '\n') {
				break;
			}
			end += (next == '\\') ? escape(end) : 1;
		}
		if (end >= this.text.length() || this.text.charAt(end) != '"') {
			refuse(this.source.place(from), "this text has no end on its line", "\" where it ends");
			this.at = Math.min(end, this.text.length());
			return;
		}
		add(Kind.TEXT, end + 1);
	}

	/** {@code \\u} would be a quote for one of the compilers that come later. */
	private int escape(int at) {
		char next = (at + 1 < this.text.length()) ? this.text.charAt(at + 1) : '\n';
		boolean known = next == '"' || next == 'n' || next == 't'
				|| (next == '\\' && !this.text.startsWith("u", at + 2));
		if (!known) {
			refuse(this.source.place(at),
					"after a backslash stands \\, \", n or t; all other characters are written as they are");
		}
		return (next == '\n') ? 1 : 2;
	}

	private void number() {
		int end = this.at;
		while (end < this.text.length() && isDigit(this.text.charAt(end))) {
			end++;
		}
		boolean whole = end >= this.text.length() || !(isPart(this.text.charAt(end)) || this.text.charAt(end) == '.');
		if (end - this.at > LONGEST_NUMBER || !whole) {
			refuse(this.source.place(this.at), "a number has digits only, at most " + LONGEST_NUMBER + " of them");
			while (end < this.text.length() && (isPart(this.text.charAt(end)) || this.text.charAt(end) == '.')) {
				end++;
			}
			this.at = end;
			return;
		}
		if (end - this.at > 1 && this.text.charAt(this.at) == '0') {
			refuse(this.source.place(this.at), "a number does not begin with 0");
		}
		add(Kind.NUMBER, end);
	}

	private void sign() {
		for (String sign : SIGNS) {
			if (this.text.startsWith(sign, this.at)) {
				add(Kind.SIGN, this.at + sign.length());
				return;
			}
		}
		if (Attributes.refuse(this.source, this.tokens, this.at, this.problems)) {
			this.refused.add(this.at);
		}
		else {
			char found = this.text.charAt(this.at);
			String remedy = REMEDIES.getOrDefault(found, "names have letters without accents, digits and _");
			refuse(this.source.place(this.at), "\"" + found + "\" is not part of the language of rules: " + remedy);
		}
		this.at++;
	}

	private void refuse(Place place, String message) {
		refuse(place, message, null);
	}

	private void refuse(Place place, String message, @Nullable String suggestion) {
		this.refused.add(this.at);
		this.problems.error(place, message, suggestion);
	}

	private int nameEnd(int from) {
		int end = from;
		while (end < this.text.length() && isPart(this.text.charAt(end))) {
			end++;
		}
		return end;
	}

	private void add(Kind kind, int end) {
		this.tokens.add(new Token(kind, this.text.substring(this.at, end), this.at));
		this.at = end;
	}

	private static boolean isLetter(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

	private static boolean isPart(char character) {
		return isLetter(character) || isDigit(character) || character == '_';
	}

}
