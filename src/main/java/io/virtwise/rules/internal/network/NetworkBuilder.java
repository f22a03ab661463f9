package io.virtwise.rules.internal.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.drools.model.Index.ConstraintType;
import org.drools.model.PatternDSL.PatternDef;
import org.drools.model.RuleItemBuilder;
import org.drools.model.Variable;
import org.drools.model.functions.Predicate1;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.drools.modelcompiler.dsl.pattern.D;
import org.jspecify.annotations.Nullable;

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

	private int levels;

	Network build(List<Alternative> rules) {
		this.levels = rules.stream().mapToInt((rule) -> rule.level() + 1).max().orElse(0);
		for (int level = 0; level < this.levels; level++) {
			int now = level;
			Map<Alternative, List<Closed>> ordered = SharedOrder
				.of(rules.stream().filter((rule) -> rule.level() == now).toList());
			int number = 0;
			for (Alternative rule : rules) {
				List<Closed> order = ordered.get(rule);
				if (order != null) {
					add(rule, order, ++number);
				}
			}
		}
		return new Network(KieBaseBuilder.createKieBaseFromModel(this.model), this.levels, this.joined);
	}

	private void add(Alternative rule, List<Closed> order, int number) {
		Variable<Step> step = D.declarationOf(Step.class);
		PatternDef<Step> first = D.pattern(step)
			.expr("level == " + rule.level(), new AtLevel(rule.level()),
					D.alphaIndexedBy(Integer.class, ConstraintType.EQUAL, 0, Step::level, rule.level()));
		for (Closed closed : order) {
			first = first.expr(closed.toString(), new Look(closed));
		}
		List<RuleItemBuilder<?>> items = new ArrayList<>(List.of(first));
		List<Variable<Object>> facts = new ArrayList<>();
		for (int place = 0; place < rule.joined().size(); place++) {
			items.add(join(rule, place, step, facts));
		}
		items.add(consequence(rule, step, facts));
		this.model.addRule(D.rule(PACKAGE, rule.level() + "." + number + " " + rule.rule())
			.build(items.toArray(new RuleItemBuilder<?>[0])));
	}

	@SuppressWarnings("unchecked")
	private PatternDef<Object> join(Alternative rule, int place, Variable<Step> step, List<Variable<Object>> facts) {
		Alternative.Joined joined = rule.joined().get(place);
		this.joined.add(joined.kind());
		Variable<Object> fact = D.declarationOf((Class<Object>) joined.kind().type());
		PatternDef<Object> pattern = D.pattern(fact);
		for (Test test : joined.tests()) {
			pattern = test.alone() ? alone(pattern, test) : beside(pattern, new Beside(test, null), step, facts);
		}
		for (Closed closed : rule.closed()) {
			if (closed.lastJoined() == place) {
				pattern = beside(pattern, new Beside(null, closed), step, facts);
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

	private static PatternDef<Object> beside(PatternDef<Object> pattern, Beside test, Variable<Step> step,
			List<Variable<Object>> facts) {
		return switch (facts.size()) {
			case 0 -> pattern.expr(test.toString(), step, (fact, now) -> test.holds(fact, now));
			case 1 -> pattern.expr(test.toString(), step, facts.get(0), (fact, now, one) -> test.holds(fact, now, one));
			case 2 -> pattern.expr(test.toString(), step, facts.get(0), facts.get(1),
					(fact, now, one, two) -> test.holds(fact, now, one, two));
			case 3 -> pattern.expr(test.toString(), step, facts.get(0), facts.get(1), facts.get(2),
					(fact, now, one, two, three) -> test.holds(fact, now, one, two, three));
			default -> throw new IllegalStateException("more facts than " + MOST_JOINED);
		};
	}

	private static RuleItemBuilder<?> consequence(Alternative rule, Variable<Step> step, List<Variable<Object>> facts) {
		return switch (facts.size()) {
			case 0 -> D.on(step).execute((Step now) -> rule.fire(now.situation(), NONE));
			case 1 -> D.on(step, facts.get(0)).execute((Step now, Object one) -> fire(rule, now, one));
			case 2 -> D.on(step, facts.get(0), facts.get(1))
				.execute((Step now, Object one, Object two) -> fire(rule, now, one, two));
			case 3 -> D.on(step, facts.get(0), facts.get(1), facts.get(2))
				.execute((Step now, Object one, Object two, Object three) -> fire(rule, now, one, two, three));
			case 4 -> D.on(step, facts.get(0), facts.get(1), facts.get(2), facts.get(3))
				.execute((Step now, Object one, Object two, Object three, Object four) -> fire(rule, now, one, two,
						three, four));
			default -> throw new IllegalStateException("more facts than " + MOST_JOINED);
		};
	}

	private static void fire(Alternative rule, Step now, Object... facts) {
		rule.fire(now.situation(), facts);
	}

	/**
	 * The step is one of this level.
	 */
	private record AtLevel(int level) implements Predicate1<Step> {

		@Override
		public boolean test(Step step) {
			return step.level() == this.level;
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

		boolean holds(Object fact, Step step, Object... earlier) {
			step.situation().look();
			if (this.test != null) {
				return this.test.on(fact, step.situation(), earlier);
			}
			Object[] all = Arrays.copyOf(earlier, earlier.length + 1);
			all[earlier.length] = fact;
			return this.closed == null || this.closed.holds(step.situation(), all);
		}

	}

}
