package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.virtwise.rules.NewRule;
import io.virtwise.rules.NewRule.Advice;
import io.virtwise.rules.NewRule.Clause;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.Severity;
import io.virtwise.rules.internal.syntax.Problems;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;

/**
 * Writes a rule from a filled-in form, or says of each field what is wrong with it. One
 * per rule.
 */
final class RuleWriter {

	private static final Pattern ID = Pattern.compile("[SPALVN]\\d{2,3}");

	private static final Pattern PLAIN = Pattern.compile("[^\"\\\\<>&{}\\p{Cntrl}]{1,180}");

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,60}");

	private static final Pattern PASSAGE = Pattern.compile("[^\"\\\\()\\p{Cntrl}]{1,120}");

	private static final Pattern SETTING = Pattern.compile("-[\\w.]+/\\w+|[\\w.]+/\\w+=.*");

	private static final Pattern RECOMMENDATION = Pattern
		.compile("(compute_driver|virt_type|cpu_mode|cpu_models|kernel_modules|image_formats)=.*");

	private final List<FieldFault> faults = new ArrayList<>();

	/**
	 * The rule's text.
	 * @throws Refused with every field that is at fault
	 */
	String write(NewRule rule) {
		need(ID.matcher(rule.id()).matches(), "id", "is a letter S, P, A, L, V or N and two or three digits, as V950");
		need(PLAIN.matcher(rule.title()).matches(), "title",
				"is a plain sentence of at most 180 characters, without quotes, braces or markup");
		need(NAME.matcher(rule.document()).matches(), "document", "names a document, as hypervisors-3.11");
		need(PASSAGE.matcher(rule.passage()).matches(), "passage",
				"names the passage in that document, as 3.11.2.2, without quotes or brackets");
		need(Stream.of(Severity.values()).anyMatch((one) -> one.name().equals(rule.severity())), "severity",
				"is one of BLOCK, HIGH, WARN, INFO");
		String condition = condition(rule.conditions());
		String call = new AdviceWriter(this.faults).call(rule.advice());
		if (!this.faults.isEmpty()) {
			throw Refused.invalid(this.faults);
		}
		String text = "rule \"%s %s\"\n@id(%1$s) @doc(\"%s %s\") @severity(%s)\nwhen\n%s\nthen\n    %s\nend\n"
			.formatted(rule.id(), rule.title().strip(), rule.document(), rule.passage().strip(), rule.severity(),
					condition, call);
		readBack(text);
		return text;
	}

	/**
	 * What we wrote must be a rule; if it is not, its writer learns what the check says.
	 */
	private static void readBack(String text) {
		Problems problems = new Problems("new rule");
		boolean read = new RuleFileReader().read(new RuleSource("new.drl", text), problems).size() == 1;
		String first = problems.all().stream().map(RuleProblem::message).findFirst().orElse("it is no rule");
		if (!read || !problems.all().isEmpty()) {
			throw Refused.invalid("conditions", "make no rule: " + first);
		}
	}

	private String condition(List<Clause> clauses) {
		Map<String, List<String>> patterns = new LinkedHashMap<>();
		for (int at = 0; at < clauses.size(); at++) {
			Clause clause = clauses.get(at);
			String[] name = clause.field().split("\\.", 2);
			String constraint = new ClauseWriter(this.faults, "conditions[" + at + "]").constraint(clause);
			patterns.computeIfAbsent(name[0], (fact) -> new ArrayList<>()).add(constraint);
		}
		need(!clauses.isEmpty(), "conditions", "need at least one line, or the rule would always fire");
		return patterns.entrySet()
			.stream()
			.map((one) -> "    " + one.getKey() + "(" + String.join(", ", one.getValue()) + ")")
			.collect(Collectors.joining("\n"));
	}

	private void need(boolean holds, String field, String message) {
		if (!holds) {
			this.faults.add(new FieldFault(field, message));
		}
	}

	/**
	 * Writes the call of the sink.
	 */
	private record AdviceWriter(List<FieldFault> faults) {

		String call(Advice advice) {
			List<String> lines = advice.lines().stream().map(String::strip).filter((one) -> !one.isEmpty()).toList();
			return switch (advice.kind()) {
				case "finding", "unknown" -> {
					said("adviceTitle", advice.title());
					said("adviceWhy", advice.why());
					each(lines, "[#$!-] .+",
							"is a step: \"# command\" as root, \"$ command\" as anybody, \"- text\" for a person, \"! word\" for what is needed afterwards");
					yield written(advice.kind(),
							Stream.concat(Stream.of(advice.title().strip(), advice.why().strip()), lines.stream()));
				}
				case "settings" -> {
					each(lines, SETTING.pattern(),
							"is section/option=value, or -section/option to take a line out of nova.conf");
					yield written("settings", some(lines));
				}
				case "recommend" -> {
					each(lines, RECOMMENDATION.pattern(),
							"is compute_driver, virt_type, cpu_mode, cpu_models, kernel_modules or image_formats with = and a value");
					yield written("recommend", some(lines));
				}
				default -> {
					this.faults.add(new FieldFault("adviceKind", "is one of finding, unknown, settings and recommend"));
					yield "";
				}
			};
		}

		private Stream<String> some(List<String> lines) {
			if (lines.isEmpty()) {
				this.faults.add(new FieldFault("adviceLines", "need at least one line"));
			}
			return lines.stream();
		}

		private void said(String field, String text) {
			if (text.isBlank() || text.length() > 1000) {
				this.faults.add(new FieldFault(field, "says something, in at most 1,000 characters"));
			}
			braces(field, text);
		}

		private void each(List<String> lines, String form, String message) {
			for (String line : lines) {
				if (line.length() > 1000 || !line.matches(form)) {
					this.faults.add(new FieldFault("adviceLines", "hold \"" + line + "\"; each " + message));
				}
				braces("adviceLines", line);
			}
		}

		private void braces(String field, String text) {
			if (ConsequenceCheck.PLACE.matcher(text).find()) {
				this.faults.add(new FieldFault(field,
						"names a value in braces, for which the condition has to bind a variable; write the rule without it and add both in the text"));
			}
		}

		private static String written(String method, Stream<String> arguments) {
			return "advise." + method + "(" + arguments
				.map((one) -> '"'
						+ one.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", " ").replaceAll("\\R", "\\\\n")
						+ '"')
				.collect(Collectors.joining(", ")) + ");";
		}

	}

}
