package io.virtwise.rules.internal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.virtwise.rules.Assessment.Document;
import io.virtwise.rules.Severity;
import io.virtwise.rules.internal.syntax.Annotation;
import io.virtwise.rules.internal.syntax.Constraint;
import io.virtwise.rules.internal.syntax.Operator;
import io.virtwise.rules.internal.syntax.Place;
import io.virtwise.rules.internal.syntax.Problems;
import io.virtwise.rules.internal.syntax.Rule;
import io.virtwise.rules.internal.syntax.Value;
import org.jspecify.annotations.Nullable;

/**
 * Checks the head of a rule: its name and what its annotations say.
 */
final class HeadCheck {

	private static final List<String> ANNOTATIONS = List.of("id", "doc", "severity", "since", "until");

	private static final Pattern ID = Pattern.compile("[SPALVN]\\d{2,3}");

	/** A name is shown on pages and in mails, and printed into what is built. */
	private static final Pattern NAME = Pattern.compile("[^\"\\\\<>&{}\\p{Cntrl}]{1,200}");

	private static final int NEWEST = 999;

	private final Rule rule;

	private final Problems problems;

	private final Map<String, Annotation> annotations = new TreeMap<>();

	HeadCheck(Rule rule, Problems problems) {
		this.rule = rule;
		this.problems = problems;
	}

	/** The head; {@code null} where it has faults, which are then said. */
	@Nullable RuleHead check(@Nullable Stage stage, List<String> mentions) {
		this.rule.annotations().forEach(this::annotation);
		String id = id();
		String[] document = value("doc").split(" ", 2);
		if (document.length != 2 || document[1].isBlank()) {
			fault("doc", "@doc names a document and, after a blank, the passage", "@doc(\"nova conf/libvirt\")");
		}
		Severity severity = severity();
		int since = release("since", Operator.AT_LEAST, 0);
		int until = release("until", Operator.AT_MOST, Integer.MAX_VALUE);
		return (stage != null && severity != null && document.length == 2)
				? new RuleHead(id, this.rule.name(), stage, severity, new Document(document[0], document[1]), since,
						until, mentions.stream().map(Mention::of).toList())
				: null;
	}

	private void annotation(Annotation annotation) {
		if (!ANNOTATIONS.contains(annotation.name())) {
			String meant = Nearest.of(annotation.name(), ANNOTATIONS);
			this.problems.error(annotation.place(),
					"@" + annotation.name() + " is not known; rules have @id, @doc, "
							+ "@severity and, where it applies, @since and @until",
					(meant != null) ? "@" + meant : null);
		}
		this.annotations.put(annotation.name(), annotation);
	}

	private String id() {
		String id = value("id");
		if (!ID.matcher(id).matches() || !this.rule.name().startsWith(id + " ")) {
			fault("id",
					"@id is a letter S, P, A, L, V or N and two or three digits, and the rule's name begins with it",
					null);
		}
		if (!NAME.matcher(this.rule.name()).matches() || this.rule.name().endsWith(" ")) {
			this.problems.error(this.rule.place(),
					"the name of a rule is its id and a plain sentence, without markup, quotes or braces");
		}
		return id;
	}

	private @Nullable Severity severity() {
		String word = value("severity");
		for (Severity severity : Severity.values()) {
			if (severity.name().equals(word)) {
				return severity;
			}
		}
		fault("severity", "@severity is one of BLOCK, HIGH, WARN, INFO",
				Nearest.of(word, Stream.of(Severity.values()).map(Severity::name).toList()));
		return null;
	}

	/** A release from an annotation, which the condition has to say too. */
	private int release(String name, Operator operator, int none) {
		Annotation annotation = this.annotations.get(name);
		if (annotation == null) {
			return none;
		}
		if (!annotation.plain().matches("\\d{1,3}")) {
			fault(name, "@since and @until are major versions of nova, as 20: " + annotation.plain(), null);
			return none;
		}
		int release = Math.min(Integer.parseInt(annotation.plain()), NEWEST);
		if (this.rule.patterns()
			.filter((pattern) -> pattern.fact().equals("Release"))
			.flatMap((pattern) -> pattern.constraints().stream())
			.flatMap(Constraint::all)
			.noneMatch((one) -> says(one, operator, release))) {
			String said = "Release(major " + operator.sign() + " " + release + ")";
			fault(name, "the condition does not say " + said + ", which the annotation promises", null);
		}
		return release;
	}

	private static boolean says(Constraint constraint, Operator operator, int release) {
		return constraint instanceof Constraint.Comparison comparison && comparison.subject().name().equals("major")
				&& comparison.operator() == operator && comparison.value() instanceof Value.Whole number
				&& number.number() == release;
	}

	private String value(String name) {
		Annotation annotation = this.annotations.get(name);
		return (annotation != null) ? annotation.plain().strip() : "";
	}

	private void fault(String name, String message, @Nullable String suggestion) {
		Annotation annotation = this.annotations.get(name);
		Place place = (annotation != null) ? annotation.place() : this.rule.place();
		this.problems.error(place, message, suggestion);
	}

}
