package io.virtwise.rules.internal.syntax;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.DrlParser;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kie.internal.builder.conf.LanguageLevelOption;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The proof by itself: where the parser or the translation loses or changes something,
 * nobody but the proof can find out.
 */
class ProofTests {

	private static final String RULE = """
			// stands before it
			rule "V999 Made for a test"
			@id(V999) @doc("test 1") @severity(INFO)
			when
			    CpuInfo($name : modelName, vmx == Known.YES, logicalCpus > 3 && logicalCpus < 300)
			    (Platform(nested == Known.YES) or not Platform(nested != Known.NO))
			    exists (DomainCapabilities(virtType in ("kvm", "qemu")) and Release(known == true, major >= 20))
			    NovaConfFacts((cpuMode == null || cpuMode == "none"), virtType not in ("lxc"))
			then
			    conclude.that(Topic.HARDWARE, Answer.YES, "{name} can.");
			end
			""";

	@Test
	void whatIsWholeHolds() throws DroolsParserException {
		Chunk chunk = chunk();
		Problems problems = new Problems("a.drl");

		assertThat(Proof.holds(chunk, tree(chunk, (parsed) -> {
		}), problems)).isTrue();
		assertThat(problems.all()).isEmpty();
	}

	/** A translation of which one thing went wrong, for each thing that can. */
	@Test
	void everyPartOfTheTreeThatIsLostOrChangedIsFoundOut() throws DroolsParserException {
		Chunk chunk = chunk();
		Rule whole = tree(chunk, (parsed) -> {
		});

		List<Object> wrong = wrong(whole);

		assertThat(wrong).hasSizeGreaterThan(80);
		wrong.forEach((rule) -> isRefused(chunk, (Rule) rule));
	}

	/** Two things in each rule that is shipped, always the same ones. */
	@Test
	void noShippedRuleCanLoseOrChangeSomething() throws IOException {

		int tried = 0;
		try (Stream<Path> files = Files.list(Path.of("rules"))) {
			for (Path file : files.filter((one) -> one.toString().endsWith(".drl")).sorted().toList()) {
				Problems problems = new Problems(file.getFileName().toString());
				String text = Files.readString(file);
				List<Chunk> chunks = Chunk.of(new SourceText(text, problems), problems);
				List<Rule> rules = DrlFile.read(new RuleSource(problems.file(), text), problems);
				assertThat(rules).hasSameSizeAs(chunks);
				for (int at = 0; at < rules.size(); at++) {
					List<Object> all = wrong(rules.get(at));
					for (int each : List.of(tried % all.size(), (7 * tried + 3) % all.size())) {
						Rule wrong = (Rule) all.get(each);
						assertThat(Proof.holds(chunks.get(at), wrong, new Problems("a.drl")))
							.as(() -> Canonical.text(wrong))
							.isFalse();
						tried++;
					}
				}
			}
		}
		assertThat(tried).isGreaterThan(1_000);
	}

	/** A parser that loses or rewrites something, as Drools' own parsers do. */
	@TestFactory
	Stream<DynamicTest> whatTheParserLosesOrChangesIsFoundOut() {
		return Stream.<Mistake>of(
				new Mistake("a constraint is gone", (rule) -> pattern(rule, 0).getConstraint().getDescrs().remove(1)),
				new Mistake("all constraints are gone", (rule) -> pattern(rule, 0).getConstraint().getDescrs().clear()),
				new Mistake("a pattern is gone", (rule) -> rule.getLhs().getDescrs().remove(0)),
				new Mistake("all patterns but the last are gone",
						(rule) -> rule.getLhs().getDescrs().subList(0, 3).clear()),
				new Mistake("two patterns have changed places",
						(rule) -> rule.getLhs().getDescrs().add(rule.getLhs().getDescrs().remove(0))),
				new Mistake("a pattern is about another fact", (rule) -> pattern(rule, 0).setObjectType("Platform")),
				new Mistake("a constraint is cut short",
						(rule) -> constraint(pattern(rule, 0), 2).setExpression("logicalCpus > 3")),
				new Mistake("a value is another one",
						(rule) -> constraint(pattern(rule, 0), 1).setExpression("vmx == Known.NO")),
				new Mistake("a negation is gone",
						(rule) -> constraint(pattern(rule, 3), 1).setExpression("virtType in (\"lxc\")")),
				new Mistake("the consequence is another one",
						(rule) -> rule.setConsequence("conclude.that(Topic.HARDWARE, Answer.NO, \"{name} can.\");")),
				new Mistake("a condition binds more tightly", (rule) -> {
					AndDescr all = new AndDescr();
					rule.getLhs().getDescrs().forEach(all::addDescr);
					AndDescr outer = new AndDescr();
					outer.addDescr(all);
					rule.setLhs(outer);
				}))
			.map((mistake) -> DynamicTest.dynamicTest(mistake.says(), () -> {
				Chunk chunk = chunk();
				Problems problems = new Problems("a.drl");
				Rule rule = new Translation(chunk, parsed(chunk, mistake.made()), problems).rule();
				// the translation itself may notice; where it does not, the proof does
				if (rule != null) {
					isRefused(chunk, rule);
				}
				else {
					assertThat(problems.all()).isNotEmpty();
				}
			}));
	}

	private static void isRefused(Chunk chunk, Rule rule) {
		Problems problems = new Problems("a.drl");

		assertThat(Proof.holds(chunk, rule, problems)).as(() -> Canonical.text(rule)).isFalse();
		assertThat(problems.all()).singleElement().satisfies((one) -> {
			assertThat(one.severity()).isEqualTo(RuleProblem.Severity.ERROR);
			assertThat(one.line()).isBetween(2, 12);
			assertThat(one.column()).isPositive();
		});
	}

	private static Chunk chunk() {
		Problems problems = new Problems("a.drl");
		List<Chunk> chunks = Chunk.of(new SourceText(RULE, problems), problems);
		assertThat(problems.all()).isEmpty();
		return chunks.get(0);
	}

	private static Rule tree(Chunk chunk, Consumer<RuleDescr> mistake) throws DroolsParserException {
		Problems problems = new Problems("a.drl");
		Rule rule = new Translation(chunk, parsed(chunk, mistake), problems).rule();
		assertThat(problems.all()).isEmpty();
		assertThat(rule).isNotNull();
		return rule;
	}

	private static RuleDescr parsed(Chunk chunk, Consumer<RuleDescr> mistake) throws DroolsParserException {
		RuleDescr parsed = new DrlParser(LanguageLevelOption.DRL6)
			.parse(false, chunk.source().withoutComments(chunk.start(), chunk.end()))
			.getRules()
			.get(0);
		mistake.accept(parsed);
		return parsed;
	}

	private static PatternDescr pattern(RuleDescr rule, int at) {
		return (PatternDescr) rule.getLhs().getDescrs().get(at);
	}

	private static ExprConstraintDescr constraint(PatternDescr pattern, int at) {
		return (ExprConstraintDescr) pattern.getConstraint().getDescrs().get(at);
	}

	/**
	 * All trees that differ from this one in one thing: something is gone, or is another
	 * one.
	 */
	private static List<Object> wrong(Record whole) {
		RecordComponent[] components = whole.getClass().getRecordComponents();
		Object[] values = Stream.of(components).map((one) -> value(one, whole)).toArray();
		List<Object> wrong = new ArrayList<>();
		for (int at = 0; at < values.length; at++) {
			// where it stood, and what its author wrote, is not what it says
			if (components[at].getType() != Place.class && !components[at].getName().equals("source")) {
				for (Object other : others(values[at])) {
					Object[] changed = values.clone();
					changed[at] = other;
					wrong.add(made(whole.getClass(), components, changed));
				}
			}
		}
		return wrong;
	}

	private static List<Object> others(Object value) {
		if (value instanceof Record part) {
			return wrong(part);
		}
		if (value instanceof List<?> parts) {
			List<Object> others = new ArrayList<>();
			for (int at = 0; at < parts.size(); at++) {
				List<Object> fewer = new ArrayList<>(parts);
				fewer.remove(at);
				others.add(fewer);
				List<Object> twice = new ArrayList<>(parts);
				twice.add(at, parts.get(at));
				others.add(twice);
				for (Object other : others(parts.get(at))) {
					List<Object> changed = new ArrayList<>(parts);
					changed.set(at, other);
					others.add(changed);
				}
			}
			return others;
		}
		if (value instanceof Operator operator) {
			return List.of((operator == Operator.EQUAL) ? Operator.UNEQUAL : Operator.EQUAL);
		}
		if (value instanceof Integer number) {
			return List.of(number + 1);
		}
		return (value instanceof Boolean truth) ? List.of(!truth) : List.of(value + "x");
	}

	private static Object value(RecordComponent component, Record of) {
		try {
			component.getAccessor().setAccessible(true);
			return component.getAccessor().invoke(of);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Object made(Class<?> type, RecordComponent[] components, Object[] values) {
		try {
			var constructor = type
				.getDeclaredConstructor(Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
			constructor.setAccessible(true);
			return constructor.newInstance(values);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Something that a parser does wrong.
	 */
	private record Mistake(String says, Consumer<RuleDescr> made) {
	}

}
