package io.virtwise.rules.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.virtwise.rules.Assessment.Document;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.Severity;
import io.virtwise.rules.internal.Tokens.NotAllowed;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.jspecify.annotations.Nullable;

/**
 * Checks one rule against the language of rules.
 */
final class RuleCheck {

	private static final Set<String> ANNOTATIONS = Set.of("id", "doc", "severity", "since", "until");

	private static final Pattern ID = Pattern.compile("[SPALVN]\\d{2,3}");

	private final RuleSource file;

	private final RuleDescr rule;

	private final Vocabulary vocabulary;

	private final List<RuleProblem> faults;

	private final ConditionCheck conditions;

	private boolean negatesConclusion;

	private String releases = "";

	RuleCheck(RuleSource file, RuleDescr rule, Vocabulary vocabulary, List<RuleProblem> faults) {
		this.file = file;
		this.rule = rule;
		this.vocabulary = vocabulary;
		this.faults = faults;
		this.conditions = new ConditionCheck(vocabulary);
	}

	/** The rule, or nothing if it has faults, which are then in the list. */
	Optional<ReadRule> read() {
		int before = this.faults.size();
		Map<String, String> annotations = annotations();
		if (!this.rule.isRule() || !this.rule.getAttributes().isEmpty() || this.rule.hasParent()
				|| !this.rule.getNamedConsequences().isEmpty()) {
			fault(this.rule.getLine(), "queries, attributes such as salience, parents and named consequences are not "
					+ "part of the language of rules");
		}
		condition(this.rule.getLhs(), false);
		Stage stage = consequence();
		RuleHead head = head(annotations, stage);
		return (head != null && this.faults.size() == before) ? Optional.of(new ReadRule(head, this.rule))
				: Optional.empty();
	}

	private Map<String, String> annotations() {
		Map<String, String> found = new TreeMap<>();
		for (String name : this.rule.getAnnotationNames()) {
			Object value = this.rule.getAnnotation(name).getSingleValueStripped();
			if (!ANNOTATIONS.contains(name) || value == null) {
				fault(this.rule.getLine(), "@" + name + " is not known; rules have @id, @doc, @severity and, where it "
						+ "applies, @since and @until");
			}
			else {
				found.put(name, String.valueOf(value).strip());
			}
		}
		return found;
	}

	private @Nullable RuleHead head(Map<String, String> annotations, @Nullable Stage stage) {
		String id = annotations.getOrDefault("id", "");
		if (!ID.matcher(id).matches() || !this.rule.getName().startsWith(id + " ")) {
			fault(this.rule.getLine(),
					"@id is a letter S, P, A, L, V or N and two or three digits, and the rule's name begins with it");
		}
		String[] document = annotations.getOrDefault("doc", "").split(" ", 2);
		if (document.length != 2) {
			fault(this.rule.getLine(), "@doc names a document and, after a blank, the passage");
		}
		Severity severity = severity(annotations.getOrDefault("severity", ""));
		int since = release(annotations.getOrDefault("since", "0"), "major >= ", 0);
		int until = release(annotations.getOrDefault("until", "" + Integer.MAX_VALUE), "major <= ", Integer.MAX_VALUE);
		if (stage == null || severity == null || document.length != 2) {
			return null;
		}
		return new RuleHead(id, this.rule.getName(), stage, severity, new Document(document[0], document[1]), since,
				until, this.conditions.mentions());
	}

	private @Nullable Severity severity(String word) {
		for (Severity severity : Severity.values()) {
			if (severity.name().equals(word)) {
				return severity;
			}
		}
		fault(this.rule.getLine(), "@severity is one of BLOCK, HIGH, WARN, INFO");
		return null;
	}

	/** A release from an annotation, which the condition has to say too. */
	private int release(String text, String constraint, int none) {
		int release;
		try {
			release = Integer.parseInt(text);
		}
		catch (NumberFormatException ex) {
			fault(this.rule.getLine(), "@since and @until are major versions of nova, as 20: " + text);
			return none;
		}
		if (release != none && !this.releases.contains(constraint + release)) {
			fault(this.rule.getLine(),
					"the condition does not say Release(" + constraint + release + "), which the annotation promises");
		}
		return release;
	}

	private void condition(BaseDescr element, boolean negated) {
		if (element instanceof PatternDescr pattern) {
			pattern(pattern, negated);
		}
		else if (element instanceof AndDescr and) {
			and.getDescrs().forEach((part) -> condition(part, negated));
		}
		else if (element instanceof OrDescr or) {
			or.getDescrs().forEach((part) -> condition(part, true));
		}
		else if (element instanceof NotDescr not) {
			this.negatesConclusion |= String.valueOf(not.getDescrs()).contains("objectType=Conclusion");
			not.getDescrs().forEach((part) -> condition(part, true));
		}
		else if (element instanceof ExistsDescr exists) {
			for (Object part : exists.getDescrs()) {
				condition((BaseDescr) part, true);
			}
		}
		else {
			fault(element.getLine(), element.getClass().getSimpleName().replace("Descr", "").toLowerCase(Locale.ROOT)
					+ " is not part of the language of rules");
		}
	}

	private void pattern(PatternDescr pattern, boolean negated) {
		if (!this.vocabulary.isFact(String.valueOf(pattern.getObjectType()))) {
			fault(pattern.getLine(), pattern.getObjectType() + " is not a fact that rules may look at");
			return;
		}
		if (pattern.getSource() != null || pattern.isQuery() || pattern.isUnification()
				|| !pattern.getBehaviors().isEmpty() || pattern.getIdentifier() != null
				|| !pattern.getAnnotationNames().isEmpty()) {
			fault(pattern.getLine(), "a pattern is the name of a fact and constraints in brackets; from, over, queries "
					+ "and bindings of whole facts are not part of the language of rules");
		}
		for (BaseDescr part : pattern.getDescrs()) {
			if (part instanceof ExprConstraintDescr constraint
					&& constraint.getType() == ExprConstraintDescr.Type.NAMED) {
				constraint(pattern.getObjectType(), constraint, negated);
			}
			else {
				fault(part.getLine(), "a constraint names the field that it looks at");
			}
		}
	}

	private void constraint(String fact, ExprConstraintDescr constraint, boolean negated) {
		if (fact.equals("Release")) {
			this.releases += constraint.getExpression() + "; ";
		}
		try {
			this.conditions.constraint(fact, constraint.getExpression(), negated);
		}
		catch (NotAllowed ex) {
			fault(constraint.getLine(), String.valueOf(ex.getMessage()));
		}
	}

	private @Nullable Stage consequence() {
		try {
			Stage stage = new ConsequenceCheck(this.vocabulary, this.conditions.bound())
				.check(String.valueOf(this.rule.getConsequence()));
			if (stage == Stage.DIAGNOSE && this.negatesConclusion) {
				fault(this.rule.getLine(),
						"a rule that concludes may not ask that a conclusion be absent: it may " + "still come");
			}
			return stage;
		}
		catch (NotAllowed ex) {
			fault(this.rule.getConsequenceLine(), String.valueOf(ex.getMessage()));
			return null;
		}
	}

	private void fault(int line, String message) {
		this.faults
			.add(RuleProblem.error(this.file.path(), Math.max(line, 0), 0, this.rule.getName() + ": " + message));
	}

}
