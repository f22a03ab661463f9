package io.virtwise.rules.internal.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.virtwise.rules.internal.network.Network.Level;
import org.drools.core.impl.InternalRuleBase;
import org.drools.model.Index.ConstraintType;
import org.drools.model.PatternDSL.PatternDef;
import org.drools.model.RuleItemBuilder;
import org.drools.model.Variable;
import org.drools.model.functions.Predicate1;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.drools.modelcompiler.dsl.pattern.D;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;

/**
 * Makes a Drools network of rules by way of Drools' own model: no text, no compiler, no
 * class.
 */
final class NetworkBuilder {

	/** As many as the methods below spell out. */
	static final int MOST_JOINED = 4;

	private static final String PACKAGE = "io.virtwise.rulebase";

	private static final Object[] NONE = new Object[0];

	private final ModelImpl model = new ModelImpl();

	private final Set<Kind> joined = EnumSet.noneOf(Kind.class);

	private final Map<Alternative, Integer> numbers = new HashMap<>();

	Network build(List<Alternative> rules) {
		rules.stream().filter((rule) -> !rule.joinsNothing()).forEach(this::join);
		KieBase base = KieBaseBuilder.createKieBaseFromModel(this.model);
		List<Level> levels = new ArrayList<>();
		int last = rules.stream().mapToInt(Alternative::level).max().orElse(-1);
		for (int each = 0; each <= last; each++) {
			int level = each;
			levels.add(level((InternalRuleBase) base, rules.stream().filter((rule) -> rule.level() == level).toList()));
		}
		return new Network(base, levels, this.joined);
	}

	private Level level(InternalRuleBase base, List<Alternative> rules) {
		List<Alternative> about = rules.stream().filter((rule) -> rule.kindOfOne() == null).toList();
		Map<Kind, LookTree> ofOne = new EnumMap<>(Kind.class);
		for (Kind kind : Kind.ofSeveral()) {
			List<Alternative> some = rules.stream().filter((rule) -> rule.kindOfOne() == kind).toList();
			if (!some.isEmpty()) {
				ofOne.put(kind, tree(base, some));
			}
		}
		return new Level(tree(base, about), ofOne);
	}

	private LookTree tree(InternalRuleBase base, List<Alternative> rules) {
		LookTree tree = new LookTree(base);
		Map<Alternative, List<Closed>> ordered = SharedOrder.of(rules);
		for (Alternative rule : rules) {
			tree.add(ordered.getOrDefault(rule, List.of()), reached(base, rule));
		}
		return tree;
	}

	/** What follows where everything is so that a rule asks for first. */
	private Consumer<Step> reached(InternalRuleBase base, Alternative rule) {
		Integer number = this.numbers.get(rule);
		if (number != null) {
			return (step) -> step.situation().start(number);
		}
		if (rule.isOfAnswers()) {
			LookTree answers = new LookTree(base);
			answers.add(rule.looksAtJoined(), (step) -> rule.fire(step.situation(), step.joined()));
			return (step) -> rule.answers(step.situation(),
					(chosen) -> answers.look(new Step(step.situation(), chosen)));
		}
		return (step) -> rule.fire(step.situation(), step.joined());
	}

	private void join(Alternative rule) {
		int number = this.numbers.size();
		this.numbers.put(rule, number);
		Variable<Start> start = D.declarationOf(Start.class);
		List<RuleItemBuilder<?>> items = new ArrayList<>();
		items.add(D.pattern(start)
			.expr("number == " + number, new Numbered(number),
					D.alphaIndexedBy(Integer.class, ConstraintType.EQUAL, 0, Start::number, number)));
		List<Variable<Object>> facts = new ArrayList<>();
		for (int place = 0; place < rule.joined().size(); place++) {
			items.add(join(rule, place, start, facts));
		}
		items.add(consequence(rule, start, facts));
		this.model.addRule(D.rule(PACKAGE, number + " " + rule.rule()).build(items.toArray(new RuleItemBuilder<?>[0])));
	}

	@SuppressWarnings("unchecked")
	private PatternDef<Object> join(Alternative rule, int place, Variable<Start> start, List<Variable<Object>> facts) {
		Alternative.Joined joined = rule.joined().get(place);
		this.joined.add(joined.kind());
		Variable<Object> fact = D.declarationOf((Class<Object>) joined.kind().type());
		PatternDef<Object> pattern = D.pattern(fact);
		for (Test test : joined.tests()) {
			pattern = test.alone() ? alone(pattern, test) : beside(pattern, new Beside(test, null), start, facts);
		}
		for (Closed closed : rule.closed()) {
			if (closed.lastJoined() == place) {
				pattern = beside(pattern, new Beside(null, closed), start, facts);
			}
		}
		facts.add(fact);
		return pattern;
	}

	@SuppressWarnings("unchecked")
	private static PatternDef<Object> alone(PatternDef<Object> pattern, Test test) {
		if (test instanceof Test.Same same && same.value() != null && !same.negated()) {
			return pattern.expr(test.toString(), new Is(test), D.alphaIndexedBy((Class<Object>) same.field().type(),
					ConstraintType.EQUAL, same.field().slot(), same.field()::value, same.value()));
		}
		return pattern.expr(test.toString(), new Is(test));
	}

	private static PatternDef<Object> beside(PatternDef<Object> pattern, Beside test, Variable<Start> start,
			List<Variable<Object>> facts) {
		return switch (facts.size()) {
			case 0 -> pattern.expr(test.toString(), start, (fact, now) -> test.holds(fact, now));
			case 1 ->
				pattern.expr(test.toString(), start, facts.get(0), (fact, now, one) -> test.holds(fact, now, one));
			case 2 -> pattern.expr(test.toString(), start, facts.get(0), facts.get(1),
					(fact, now, one, two) -> test.holds(fact, now, one, two));
			case 3 -> pattern.expr(test.toString(), start, facts.get(0), facts.get(1), facts.get(2),
					(fact, now, one, two, three) -> test.holds(fact, now, one, two, three));
			default -> throw new IllegalStateException("more facts than " + MOST_JOINED);
		};
	}

	private static RuleItemBuilder<?> consequence(Alternative rule, Variable<Start> start,
			List<Variable<Object>> facts) {
		return switch (facts.size()) {
			case 1 -> D.on(start, facts.get(0)).execute((Start now, Object one) -> fire(rule, now, one));
			case 2 -> D.on(start, facts.get(0), facts.get(1))
				.execute((Start now, Object one, Object two) -> fire(rule, now, one, two));
			case 3 -> D.on(start, facts.get(0), facts.get(1), facts.get(2))
				.execute((Start now, Object one, Object two, Object three) -> fire(rule, now, one, two, three));
			case 4 -> D.on(start, facts.get(0), facts.get(1), facts.get(2), facts.get(3))
				.execute((Start now, Object one, Object two, Object three, Object four) -> fire(rule, now, one, two,
						three, four));
			default -> throw new IllegalStateException("more facts than " + MOST_JOINED);
		};
	}

	private static void fire(Alternative rule, Start now, Object... facts) {
		rule.fire(now.situation(), facts);
	}

	/**
	 * It is this rule that is started.
	 */
	private record Numbered(int number) implements Predicate1<Start> {

		@Override
		public boolean test(Start start) {
			return start.number() == this.number;
		}

	}

	/**
	 * A fact by itself is so.
	 */
	private record Is(Test test) implements Predicate1<Object> {

		@Override
		public boolean test(Object fact) {
			return this.test.on(fact, Situation.NONE, NONE);
		}

	}

	/**
	 * Something that needs other facts beside the one that is looked at.
	 */
	private record Beside(@Nullable Test test, @Nullable Closed closed) {

		boolean holds(Object fact, Start start, Object... earlier) {
			start.situation().look();
			if (this.test != null) {
				return this.test.on(fact, start.situation(), earlier);
			}
			Object[] all = Arrays.copyOf(earlier, earlier.length + 1);
			all[earlier.length] = fact;
			return this.closed == null || this.closed.holds(start.situation(), all);
		}

	}

}
