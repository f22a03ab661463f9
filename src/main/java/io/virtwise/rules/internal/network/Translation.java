package io.virtwise.rules.internal.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.virtwise.rules.internal.syntax.Condition;
import io.virtwise.rules.internal.syntax.Constraint;
import io.virtwise.rules.internal.syntax.Operator;
import io.virtwise.rules.internal.syntax.Rule;
import io.virtwise.rules.internal.syntax.Subject;
import io.virtwise.rules.internal.syntax.Value;
import io.virtwise.rules.language.Answer;
import io.virtwise.rules.language.Conclusion;
import io.virtwise.rules.language.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Puts one way in which a rule can match into what the network is made of. One for each
 * way: variables are bound in the order in which the rule is written.
 */
@SuppressWarnings("EnumOrdinal") // bits that live as long as the process
final class Translation {

	private static final Object[] NONE = new Object[0];

	private final Levels levels;

	private final Rule rule;

	private final Words words;

	private final List<Closed> closed = new ArrayList<>();

	private final List<Alternative.Joined> joined = new ArrayList<>();

	private final Map<String, Operand> variables = new HashMap<>();

	private Translation(Rule rule, Levels levels, Words words) {
		this.rule = rule;
		this.levels = levels;
		this.words = words;
	}

	/** All ways in which the rule with this number can match. */
	static List<Alternative> of(Rule rule, int number, Levels levels, Words words) {
		List<Alternative> ways = new ArrayList<>();
		for (List<Condition> parts : Ways.of(rule.conditions())) {
			Translation translation = new Translation(rule, levels, words);
			parts.forEach(translation::part);
			if (translation.joined.size() > NetworkBuilder.MOST_JOINED) {
				throw new NotMatchable(rule, "a rule joins at most " + NetworkBuilder.MOST_JOINED
						+ " facts of which there may be several, with \"not\" and \"exists\" as many as it likes; "
						+ "make several rules of it");
			}
			ways.add(new Alternative(rule.name(), number, levels.of(rule), translation.closed, translation.joined,
					translation.variables));
		}
		return ways;
	}

	private void part(Condition part) {
		if (part instanceof Condition.Pattern pattern) {
			pattern(pattern);
		}
		else {
			this.closed.add(closed(part));
		}
	}

	private void pattern(Condition.Pattern pattern) {
		Kind kind = Kind.of(pattern.fact());
		if (kind.several()) {
			several(pattern, kind);
			return;
		}
		for (Constraint constraint : pattern.constraints()) {
			if (constraint instanceof Constraint.Binding binding) {
				this.variables.put(binding.variable(), new Operand.OfSingle(kind, field(kind, binding.field())));
			}
			else {
				for (Test test : conjuncts(test(kind, constraint, Map.of()))) {
					this.closed.add(new Closed.Single(kind, test));
				}
			}
		}
	}

	private void several(Condition.Pattern pattern, Kind kind) {
		Map<String, Operand> own = new HashMap<>();
		List<Test> tests = tests(kind, pattern, own);
		Closed.Said said = (kind == Kind.CONCLUSION) ? said(tests) : null;
		if (said != null && own.isEmpty() && tests.stream().allMatch(Test::alone)) {
			this.closed.add(said);
			return;
		}
		int place = this.joined.size();
		own.forEach((variable, operand) -> this.variables.put(variable,
				new Operand.OfJoined(place, ((Operand.OfSame) operand).field())));
		this.joined.add(new Alternative.Joined(kind, tests, said));
	}

	/**
	 * What is not joined. Conditions in there bind nothing for others, so each pattern
	 * counts by itself.
	 */
	private Closed closed(Condition part) {
		if (part instanceof Condition.Not not) {
			return new Closed.Not(closed(not.inner()));
		}
		if (part instanceof Condition.Exists exists) {
			return closed(exists.inner());
		}
		if (part instanceof Condition.AllOf all) {
			return new Closed.All(all.parts().stream().map(this::closed).toList());
		}
		if (part instanceof Condition.AnyOf any) {
			return new Closed.Any(any.parts().stream().map(this::closed).toList());
		}
		Condition.Pattern pattern = (Condition.Pattern) part;
		Kind kind = Kind.of(pattern.fact());
		List<Test> tests = tests(kind, pattern, new HashMap<>());
		if (kind == Kind.CONCLUSION) {
			return conclusion(pattern, tests);
		}
		Test all = (tests.size() == 1) ? tests.get(0) : new Test.All(tests);
		return kind.several() ? new Closed.Exists(kind, all) : new Closed.Single(kind, all);
	}

	private Closed conclusion(Condition.Pattern pattern, List<Test> tests) {
		for (Topic topic : Asked.by(pattern)) {
			if (this.levels.comesBack(this.rule, topic.ordinal())) {
				throw new NotMatchable(this.rule,
						"this rule asks whether there is a conclusion that it leads to itself; ask for another one");
			}
		}
		if (!tests.stream().allMatch(Test::alone)) {
			return new Closed.Concluded((tests.size() == 1) ? tests.get(0) : new Test.All(tests));
		}
		List<Closed> any = new ArrayList<>();
		for (Closed.Said said : saids(tests)) {
			any.add(said);
		}
		return (any.size() == 1) ? any.get(0) : new Closed.Any(any);
	}

	/**
	 * The answers that the constraints on one fact allow, where they are about one
	 * question that is settled before the rule has its turn.
	 */
	private Closed.@Nullable Said said(List<Test> tests) {
		List<Closed.Said> all = saids(tests.stream().filter(Test::alone).toList());
		return (all.size() == 1 && !this.levels.comesBack(this.rule, all.get(0).topic())) ? all.get(0) : null;
	}

	/** Which answers these allow, by question. */
	private static List<Closed.Said> saids(List<Test> tests) {
		List<Closed.Said> all = new ArrayList<>();
		for (Topic topic : Topic.values()) {
			int bits = 0;
			for (Answer answer : Answer.values()) {
				Conclusion conclusion = new Conclusion(topic, answer);
				if (hold(tests, conclusion)) {
					bits |= 1 << answer.ordinal();
				}
			}
			if (bits != 0) {
				all.add(new Closed.Said(topic.ordinal(), bits));
			}
		}
		return all;
	}

	/** A plain loop: every answer to every question is tried. */
	private static boolean hold(List<Test> tests, Conclusion conclusion) {
		for (Test test : tests) {
			if (!test.on(conclusion, Situation.NONE, NONE)) {
				return false;
			}
		}
		return true;
	}

	/** The constraints of a pattern. What it binds goes into the map. */
	private List<Test> tests(Kind kind, Condition.Pattern pattern, Map<String, Operand> own) {
		List<Test> tests = new ArrayList<>();
		for (Constraint constraint : pattern.constraints()) {
			if (constraint instanceof Constraint.Binding binding) {
				own.put(binding.variable(), new Operand.OfSame(field(kind, binding.field())));
			}
			else {
				tests.addAll(conjuncts(test(kind, constraint, own)));
			}
		}
		return tests;
	}

	private static List<Test> conjuncts(Test test) {
		return (test instanceof Test.All all) ? all.tests() : List.of(test);
	}

	private Test test(Kind kind, Constraint constraint, Map<String, Operand> own) {
		if (constraint instanceof Constraint.Brackets brackets) {
			return test(kind, brackets.inner(), own);
		}
		if (constraint instanceof Constraint.Both both) {
			List<Test> tests = new ArrayList<>();
			both.parts().forEach((part) -> tests.addAll(conjuncts(test(kind, part, own))));
			return new Test.All(tests);
		}
		if (constraint instanceof Constraint.Either either) {
			return new Test.Any(either.parts().stream().map((part) -> test(kind, part, own)).toList());
		}
		if (constraint instanceof Constraint.Membership among) {
			return membership(kind, among, own);
		}
		if (constraint instanceof Constraint.Comparison comparison) {
			return comparison(kind, comparison, own);
		}
		throw new IllegalArgumentException(this.rule.name() + ": " + constraint + " stands where nothing can be bound");
	}

	private Test membership(Kind kind, Constraint.Membership among, Map<String, Operand> own) {
		if (!among.subject().isVariable() && among.values().stream().noneMatch(Value.Variable.class::isInstance)) {
			Set<Object> values = new HashSet<>();
			among.values().forEach((value) -> values.add(Objects.requireNonNull(written(value), "null in a list")));
			return new Test.OneOf(field(kind, among.subject()), Set.copyOf(values), among.negated());
		}
		Operand subject = operand(kind, among.subject(), own);
		Operator operator = among.negated() ? Operator.UNEQUAL : Operator.EQUAL;
		List<Test> tests = among.values()
			.stream()
			.<Test>map((value) -> new Test.Bound(subject, operator, operand(value, own)))
			.toList();
		return among.negated() ? new Test.All(tests) : new Test.Any(tests);
	}

	private Test comparison(Kind kind, Constraint.Comparison comparison, Map<String, Operand> own) {
		Operator operator = comparison.operator();
		if (comparison.subject().isVariable() || comparison.value() instanceof Value.Variable) {
			return new Test.Bound(operand(kind, comparison.subject(), own), operator, operand(comparison.value(), own));
		}
		Accessor field = field(kind, comparison.subject());
		Object value = written(comparison.value());
		if (value instanceof Integer number && (field.isNumber() || operator.orders())) {
			return new Test.Compared(field, operator, number);
		}
		return new Test.Same(field, value, operator == Operator.UNEQUAL);
	}

	private static Accessor field(Kind kind, Subject subject) {
		return Accessor.of(kind.type(), subject.name());
	}

	private Operand operand(Kind kind, Subject subject, Map<String, Operand> own) {
		return subject.isVariable() ? variable(subject.name(), own) : new Operand.OfSame(field(kind, subject));
	}

	private Operand operand(Value value, Map<String, Operand> own) {
		return (value instanceof Value.Variable variable) ? variable(variable.name(), own)
				: new Operand.Written(written(value));
	}

	private Operand variable(String name, Map<String, Operand> own) {
		Operand operand = own.getOrDefault(name, this.variables.get(name));
		if (operand == null) {
			throw new IllegalArgumentException(this.rule.name() + ": " + name + " is not bound before this place");
		}
		return operand;
	}

	private @Nullable Object written(Value value) {
		if (value instanceof Value.Word word) {
			return this.words.word(word.type(), word.constant());
		}
		if (value instanceof Value.Text text) {
			return text.content();
		}
		if (value instanceof Value.Whole number) {
			return number.number();
		}
		return (value instanceof Value.Truth truth) ? truth.truth() : null;
	}

}
