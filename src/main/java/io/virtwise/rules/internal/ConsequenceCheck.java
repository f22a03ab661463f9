package io.virtwise.rules.internal;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.rules.internal.Tokens.Kind;
import io.virtwise.rules.internal.Tokens.NotAllowed;
import io.virtwise.rules.internal.Tokens.Token;

/**
 * Checks a consequence: one call on one sink, with texts, enum words and nothing else.
 */
final class ConsequenceCheck {

	/** A bound value in a text. */
	static final Pattern PLACE = Pattern.compile("\\{([A-Za-z]\\w*)}");

	private final Vocabulary vocabulary;

	private final Set<String> bound;

	ConsequenceCheck(Vocabulary vocabulary, Set<String> bound) {
		this.vocabulary = vocabulary;
		this.bound = bound;
	}

	/** The stage whose sink is called. */
	Stage check(String text) throws NotAllowed {
		List<Token> tokens = Tokens.of(text);
		if (tokens.size() < 6 || !tokens.get(1).is(".") || !tokens.get(3).is("(")
				|| !tokens.get(tokens.size() - 2).is(")") || !tokens.get(tokens.size() - 1).is(";")) {
			throw new NotAllowed("a consequence is one call on a sink, as advise.finding(\"…\", \"…\");");
		}
		Stage stage = Stage.ofSink(tokens.get(0).text())
			.orElseThrow(() -> new NotAllowed("no sink is called " + tokens.get(0).text()));
		arguments(method(stage, tokens.get(2).text()), tokens.subList(4, tokens.size() - 2));
		return stage;
	}

	private static Method method(Stage stage, String name) throws NotAllowed {
		return Arrays.stream(stage.sinkType().getDeclaredMethods())
			.filter((method) -> method.getName().equals(name))
			.findFirst()
			.orElseThrow(() -> new NotAllowed(stage.sink() + " cannot be asked to " + name));
	}

	private void arguments(Method method, List<Token> tokens) throws NotAllowed {
		int given = 0;
		int at = 0;
		while (at < tokens.size()) {
			Class<?> wanted = type(method, given++);
			Token token = tokens.get(at);
			if (token.kind() == Kind.TEXT && wanted == String.class) {
				places(token.text());
				at++;
			}
			else if (token.kind() == Kind.WORD && wanted.isEnum()) {
				word(wanted, tokens, at);
				at += 3;
			}
			else {
				throw new NotAllowed(method.getName() + " takes no " + token.text() + " at this place");
			}
			if (at < tokens.size() && (!tokens.get(at++).is(",") || at == tokens.size())) {
				throw new NotAllowed("arguments are separated by single commas");
			}
		}
		if (given < (method.isVarArgs() ? method.getParameterCount() - 1 : method.getParameterCount())) {
			throw new NotAllowed(method.getName() + " needs more arguments");
		}
	}

	private static Class<?> type(Method method, int at) throws NotAllowed {
		Class<?>[] types = method.getParameterTypes();
		if (method.isVarArgs() && at >= types.length - 1) {
			return String.class;
		}
		if (at >= types.length) {
			throw new NotAllowed(method.getName() + " takes " + types.length + " arguments");
		}
		return types[at];
	}

	private void word(Class<?> wanted, List<Token> tokens, int at) throws NotAllowed {
		String type = tokens.get(at).text();
		if (at + 2 >= tokens.size() || !tokens.get(at + 1).is(".") || !type.equals(wanted.getSimpleName())) {
			throw new NotAllowed("a word of " + wanted.getSimpleName() + " is needed here");
		}
		String constant = tokens.get(at + 2).text();
		if (this.vocabulary.enumOf(type).filter((words) -> Vocabulary.hasConstant(words, constant)).isEmpty()) {
			throw new NotAllowed(type + " has no such word: " + constant);
		}
	}

	private void places(String text) throws NotAllowed {
		Matcher places = PLACE.matcher(text);
		while (places.find()) {
			if (!this.bound.contains("$" + places.group(1))) {
				throw new NotAllowed("{" + places.group(1) + "} names no bound variable");
			}
		}
	}

}
