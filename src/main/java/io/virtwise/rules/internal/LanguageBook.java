package io.virtwise.rules.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

import io.virtwise.rules.RuleLanguage;
import io.virtwise.rules.RuleLanguage.Call;
import io.virtwise.rules.RuleLanguage.Fact;
import io.virtwise.rules.RuleLanguage.Field;
import io.virtwise.rules.RuleLanguage.Word;
import io.virtwise.rules.RuleLanguage.Words;
import io.virtwise.rules.internal.syntax.Canonical;
import io.virtwise.rules.internal.syntax.Condition;
import io.virtwise.rules.internal.syntax.Constraint;
import io.virtwise.rules.internal.syntax.Rule;
import io.virtwise.rules.internal.syntax.Subject;

/**
 * Puts the language of rules together: words from the vocabulary, meanings from a file
 * that a test holds to the Javadoc, examples from rules.
 */
final class LanguageBook {

	static final String TEXTS = "/io/virtwise/rules/language.properties";

	private final Vocabulary vocabulary = new Vocabulary();

	private final Properties texts = new Properties();

	private final Map<String, String> examples = new HashMap<>();

	LanguageBook() {
		try (InputStream file = Objects.requireNonNull(LanguageBook.class.getResourceAsStream(TEXTS), TEXTS)) {
			this.texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The language, with examples from these rules. */
	RuleLanguage of(Stream<Rule> rules) {
		List<Condition.Pattern> patterns = rules.flatMap(Rule::patterns).toList();
		patterns.forEach(this::compared);
		patterns.forEach(this::named);
		return new RuleLanguage(this.vocabulary.facts().stream().map(this::fact).toList(),
				Vocabulary.enums().stream().map(this::words).toList(),
				Stream.of(Stage.values())
					.flatMap((stage) -> Vocabulary.methods(stage)
						.stream()
						.map((method) -> new Call(stage.sink() + "." + method.getName(),
								Vocabulary.signature(stage, method), text(stage.sink() + "." + method.getName()))))
					.toList());
	}

	private Fact fact(String fact) {
		return new Fact(fact, text(fact), MatchLimits.isMany(fact),
				this.vocabulary.fieldsOf(fact)
					.stream()
					.filter((field) -> isComparable(type(fact, field)))
					.map((field) -> field(fact, field))
					.toList());
	}

	private Field field(String fact, String field) {
		String name = fact + "." + field;
		Class<?> type = type(fact, field);
		return new Field(field, called(type), !type.isPrimitive() && !type.isEnum(), text(name),
				this.texts.getProperty(name + ".unit"), this.examples.get(name));
	}

	private Words words(Class<? extends Enum<?>> words) {
		String name = words.getSimpleName();
		return new Words(name, text(name),
				Vocabulary.constants(words).stream().map((word) -> new Word(word, text(name + "." + word))).toList());
	}

	private void compared(Condition.Pattern pattern) {
		pattern.constraints().stream().flatMap(Constraint::all).forEach((one) -> {
			if (one instanceof Constraint.Comparison comparison) {
				example(pattern.fact(), comparison.subject(), one);
			}
			else if (one instanceof Constraint.Membership among) {
				example(pattern.fact(), among.subject(), one);
			}
		});
	}

	/** Where no rule compares a field, one may at least name its value. */
	private void named(Condition.Pattern pattern) {
		pattern.constraints().forEach((one) -> {
			if (one instanceof Constraint.Binding binding) {
				example(pattern.fact(), binding.field(), binding);
			}
		});
	}

	private void example(String fact, Subject subject, Constraint constraint) {
		this.examples.putIfAbsent(fact + "." + subject.name(), fact + "(" + Canonical.text(constraint) + ")");
	}

	private Class<?> type(String fact, String field) {
		return this.vocabulary.field(fact, field).orElseThrow();
	}

	private String text(String key) {
		return this.texts.getProperty(key, "");
	}

	/** Lists and records are for the portal's own use. */
	static boolean isComparable(Class<?> type) {
		return type.isEnum() || List.of(String.class, Integer.class, int.class, boolean.class).contains(type);
	}

	private static String called(Class<?> type) {
		return type.isEnum() ? type.getSimpleName()
				: (type == String.class) ? "text" : (type == boolean.class) ? "true or false" : "number";
	}

}
