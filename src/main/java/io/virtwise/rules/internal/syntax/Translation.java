package io.virtwise.rules.internal.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import io.virtwise.rules.internal.syntax.Token.Kind;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree of what the parser found. What the tree has no place for is refused, with
 * where it stands and what to write instead.
 */
final class Translation {

	private static final int MOST_PATTERNS = 30;

	/** What people want with parts of conditions that rules do not have. */
	private static final Map<String, String> REMEDIES = Map.of("eval",
			"compare a field in a pattern, as CpuInfo(vmx == Known.YES)", "forall",
			"not and a pattern with the contrary says the same", "accumulate", "nothing is counted or summed up",
			"conditionalbranch", "write one rule for each case", "namedconsequence",
			"write one rule for each consequence", "from", "facts are given, none is made", "collect",
			"facts are not collected; exists says that there is one", "entrypoint", "all facts come the same way",
			"evaluation", "compare a field in a pattern, as CpuInfo(vmx == Known.YES)");

	private final Chunk chunk;

	private final RuleDescr parsed;

	private final Problems problems;

	private final int before;

	private int patterns;

	Translation(Chunk chunk, RuleDescr parsed, Problems problems) {
		this.chunk = chunk;
		this.parsed = parsed;
		this.problems = problems;
		this.before = problems.count();
	}

	/** The rule, or nothing if anything of it has no place in a tree. */
	@Nullable Rule rule() {
		head();
		List<Annotation> annotations = new ArrayList<>();
		this.parsed.getAnnotations().forEach((one) -> annotations.add(annotation(one)));
		annotations.sort(Comparator.comparing(Annotation::place));
		List<Condition> conditions = new ArrayList<>();
		if (this.parsed.getLhs() == null || this.parsed.getLhs().getDescrs().isEmpty()) {
			this.problems.error(this.chunk.place(), "a rule has a condition: when and at least one pattern");
		}
		else {
			this.parsed.getLhs().getDescrs().forEach((one) -> add(conditions, one));
		}
		if (this.patterns > MOST_PATTERNS) {
			this.problems.error(this.chunk.place(), "a rule has at most " + MOST_PATTERNS + " patterns");
		}
		Call call = call();
		return (call != null && this.problems.count() == this.before)
				? new Rule(this.chunk.place(), this.parsed.getName(), annotations, conditions, call, this.chunk.text())
				: null;
	}

	private void head() {
		if (!this.parsed.isRule()) {
			refuse(this.chunk.place(), "a query", "let a rule conclude what others need");
		}
		for (String name : this.parsed.getAttributes().keySet()) {
			refuse(this.chunk.placeOf(name), name, Attributes.remedy(name));
		}
		if (this.parsed.hasParent()) {
			refuse(this.chunk.placeOf("extends"), "extends", Attributes.remedy("extends"));
		}
		if (!this.parsed.getNamedConsequences().isEmpty()) {
			refuse(this.chunk.placeOf("then"), "a second consequence", "write one rule for each consequence");
		}
	}

	private Annotation annotation(AnnotationDescr parsed) {
		Place place = this.chunk.place();
		List<Token> tokens = this.chunk.tokens();
		for (int at = 0; at + 1 < tokens.size(); at++) {
			if (tokens.get(at).is("@") && tokens.get(at + 1).is(parsed.getName())) {
				place = this.chunk.source().place(tokens.get(at));
				break;
			}
		}
		boolean single = parsed.hasValue() && parsed.getValueMap().size() == 1;
		if (!single || parsed.isDuplicated() || !(parsed.getSingleValue() instanceof String)) {
			this.problems.error(place, "@" + parsed.getName() + " stands once, with one value in brackets");
			return new Annotation(place, parsed.getName(), "");
		}
		return new Annotation(place, parsed.getName(), String.valueOf(parsed.getSingleValue()).strip());
	}

	private void add(List<Condition> conditions, BaseDescr parsed) {
		try {
			conditions.add(condition(parsed));
		}
		catch (NotAllowed ex) {
			this.problems.error(ex);
		}
	}

	private Condition condition(BaseDescr parsed) throws NotAllowed {
		Place place = place(parsed);
		if (parsed instanceof PatternDescr pattern) {
			return pattern(pattern);
		}
		if (parsed instanceof AndDescr and) {
			return new Condition.AllOf(place, parts(and.getDescrs()));
		}
		if (parsed instanceof OrDescr or) {
			return new Condition.AnyOf(place, parts(or.getDescrs()));
		}
		if (parsed instanceof NotDescr not) {
			return single(not.getDescrs(), place, (inner) -> new Condition.Not(place, inner));
		}
		if (parsed instanceof ExistsDescr exists) {
			return single(exists.getDescrs(), place, (inner) -> new Condition.Exists(place, inner));
		}
		throw refused(place, kind(parsed));
	}

	private List<Condition> parts(List<? extends BaseDescr> parsed) throws NotAllowed {
		List<Condition> parts = new ArrayList<>();
		for (BaseDescr part : parsed) {
			parts.add(condition(part));
		}
		return parts;
	}

	private Condition single(List<?> parsed, Place place, Function<Condition, Condition> around) throws NotAllowed {
		if (parsed.size() != 1) {
			throw new NotAllowed(place, "not and exists stand before one pattern, or before ( … and … ) or ( … or … )");
		}
		return around.apply(condition((BaseDescr) parsed.get(0)));
	}

	private Condition pattern(PatternDescr parsed) throws NotAllowed {
		this.patterns++;
		Place place = place(parsed);
		if (parsed.getSource() != null) {
			throw refused(place(parsed.getSource(), place), kind(parsed.getSource()));
		}
		if (!parsed.getBehaviors().isEmpty()) {
			throw refused(place, "over", "rules do not know the time");
		}
		if (parsed.getIdentifier() != null || parsed.isUnification()) {
			throw refused(place, "a variable for a whole fact", "bind a field, as CpuInfo($model : modelName)");
		}
		if (parsed.isQuery() || parsed.getObjectType() == null || !parsed.getAnnotationNames().isEmpty()) {
			throw new NotAllowed(place, "a pattern is the name of a fact and constraints in brackets");
		}
		List<Constraint> constraints = new ArrayList<>();
		for (BaseDescr part : parsed.getDescrs()) {
			constraints.add(constraint(part));
		}
		return new Condition.Pattern(place, parsed.getObjectType(), constraints);
	}

	private Constraint constraint(BaseDescr parsed) throws NotAllowed {
		Place place = place(parsed);
		if (!(parsed instanceof ExprConstraintDescr constraint)
				|| constraint.getType() != ExprConstraintDescr.Type.NAMED) {
			throw new NotAllowed(place, "a constraint names the field that it looks at, and ends with a comma");
		}
		int from = this.chunk.start() + constraint.getStartCharacter();
		int to = Math.max(from, this.chunk.start() + constraint.getEndCharacter() + 1);
		List<Token> tokens = this.chunk.source().tokens(from, to);
		if (!same(tokens, constraint.getExpression())) {
			throw new NotAllowed(place, "this is read in more than one way: " + constraint.getExpression());
		}
		for (Token token : tokens) {
			if (token.kind() == Kind.TEXT && token.text().indexOf('\\') >= 0) {
				throw new NotAllowed(this.chunk.source().place(token), "no backslash stands in a condition");
			}
		}
		return new ConstraintReader(this.chunk.source(), tokens, this.chunk.source().place(to)).read();
	}

	private @Nullable Call call() {
		List<Token> tokens = this.chunk.consequence();
		try {
			if (!same(tokens, String.valueOf(this.parsed.getConsequence()))) {
				throw new NotAllowed(this.chunk.placeOf("then"), "this consequence is read in more than one way");
			}
			Place end = this.chunk.source().place(this.chunk.end());
			return new CallReader(this.chunk.source(), tokens, end).read();
		}
		catch (NotAllowed ex) {
			this.problems.error(ex);
			return null;
		}
	}

	private boolean same(List<Token> tokens, String text) {
		Problems none = new Problems(this.problems.file());
		List<Token> others = new SourceText(text, none).tokens();
		if (none.count() > 0 || others.size() != tokens.size()) {
			return false;
		}
		for (int at = 0; at < others.size(); at++) {
			if (!others.get(at).same(tokens.get(at))) {
				return false;
			}
		}
		return true;
	}

	private Place place(BaseDescr parsed) {
		return place(parsed, this.chunk.place());
	}

	private Place place(BaseDescr parsed, Place other) {
		if (parsed.getStartCharacter() >= 0) {
			return this.chunk.place(parsed.getStartCharacter());
		}
		return (parsed.getLine() > 0) ? new Place(this.chunk.place().line() + parsed.getLine() - 1, 0) : other;
	}

	private void refuse(Place place, String what, String remedy) {
		this.problems.error(refused(place, what, remedy));
	}

	private static NotAllowed refused(Place place, String kind) {
		return refused(place, kind, REMEDIES.getOrDefault(kind, "a condition is made of patterns, not, exists and or"));
	}

	private static NotAllowed refused(Place place, String what, String remedy) {
		return new NotAllowed(place, what + " is not part of the language of rules: " + remedy);
	}

	private static String kind(BaseDescr parsed) {
		return parsed.getClass().getSimpleName().replace("Descr", "").toLowerCase(Locale.ROOT);
	}

}
