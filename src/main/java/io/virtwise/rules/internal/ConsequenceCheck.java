package io.virtwise.rules.internal;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.rules.internal.syntax.Call;
import io.virtwise.rules.internal.syntax.Canonical;
import io.virtwise.rules.internal.syntax.NotAllowed;
import io.virtwise.rules.internal.syntax.Value;

/**
 * Checks a consequence: a method that the sink has, with the arguments that it takes.
 */
final class ConsequenceCheck {

	/** A bound value in a text. */
	static final Pattern PLACE = Pattern.compile("\\{([A-Za-z]\\w*)}");

	private final Comparisons words;

	private final Set<String> bound;

	/**
	 * @param bound the variables that texts can name, with their dollar sign
	 */
	ConsequenceCheck(Comparisons words, Set<String> bound) {
		this.words = words;
		this.bound = bound;
	}

	/** The stage whose sink is called. */
	Stage check(Call call) throws NotAllowed {
		Stage stage = Stage.ofSink(call.sink())
			.orElseThrow(() -> new NotAllowed(call.place(), "no sink is called " + call.sink(),
					Nearest.of(call.sink(), Arrays.stream(Stage.values()).map(Stage::sink).toList())));
		Method method = method(stage, call);
		Class<?>[] types = method.getParameterTypes();
		int needed = method.isVarArgs() ? types.length - 1 : types.length;
		List<Value> given = call.arguments();
		if (given.size() < needed) {
			throw new NotAllowed(call.place(),
					method.getName() + " needs more arguments: " + Vocabulary.signature(stage, method));
		}
		for (int at = 0; at < given.size(); at++) {
			boolean several = method.isVarArgs() && at >= needed;
			if (at >= types.length && !several) {
				throw new NotAllowed(given.get(at).place(), method.getName() + " takes " + types.length + " arguments: "
						+ Vocabulary.signature(stage, method));
			}
			argument(method, several ? String.class : types[at], given.get(at));
		}
		return stage;
	}

	private static Method method(Stage stage, Call call) throws NotAllowed {
		List<Method> methods = Vocabulary.methods(stage);
		return methods.stream()
			.filter((method) -> method.getName().equals(call.method()))
			.findFirst()
			.orElseThrow(() -> {
				String meant = Nearest.of(call.method(), methods.stream().map(Method::getName).toList());
				return new NotAllowed(call.place(), stage.sink() + " cannot be asked to " + call.method(),
						(meant != null) ? stage.sink() + "." + meant : null);
			});
	}

	private void argument(Method method, Class<?> wanted, Value given) throws NotAllowed {
		if (given instanceof Value.Text text && wanted == String.class) {
			places(text);
		}
		else if (given instanceof Value.Word word && wanted.isEnum()) {
			if (this.words.word(word) != wanted) {
				throw new NotAllowed(given.place(), "a word of " + wanted.getSimpleName() + " is needed here");
			}
		}
		else if (given instanceof Value.Variable variable) {
			throw new NotAllowed(given.place(), "a value stands in a text, by its name in braces",
					"\"{" + variable.name().substring(1) + "}\"");
		}
		else {
			throw new NotAllowed(given.place(), method.getName() + " takes no " + Canonical.text(given)
					+ " at this place, but a " + (wanted.isEnum() ? "word of " + wanted.getSimpleName() : "text"));
		}
	}

	private void places(Value.Text text) throws NotAllowed {
		Matcher places = PLACE.matcher(text.content());
		while (places.find()) {
			if (!this.bound.contains("$" + places.group(1))) {
				String meant = Nearest.of("$" + places.group(1), this.bound);
				throw new NotAllowed(text.place(), "{" + places.group(1) + "} names no bound variable",
						(meant != null) ? "{" + meant.substring(1) + "}" : null);
			}
		}
	}

}
