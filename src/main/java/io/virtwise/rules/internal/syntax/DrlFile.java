package io.virtwise.rules.internal.syntax;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.rules.RuleSource;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.ParserError;
import org.jspecify.annotations.Nullable;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Reads a rule file: limits first, then tokens, then Drools' own parser for each rule,
 * then the translation by allow-list, then the proof that nothing got lost. Executes
 * nothing of the text.
 * <p>
 * The parser is pinned to DRL6: the newer one drops a broken condition without an error,
 * and the rule then always fires.
 */
public final class DrlFile {

	private static final int MOST_ERRORS = 3;

	private DrlFile() {
	}

	/**
	 * The rules of a file that are in the language.
	 * @param problems takes what is wrong with all others
	 */
	public static List<Rule> read(RuleSource file, Problems problems) {
		List<Rule> rules = new ArrayList<>();
		if (!TextLimits.hold(file.text(), problems)) {
			return rules;
		}
		SourceText source = new SourceText(file.text(), problems);
		for (Chunk chunk : Chunk.of(source, problems)) {
			if (source.isClean(chunk.start(), chunk.end()) && chunk.holdsLimits(problems)) {
				Rule rule = rule(chunk, problems);
				if (rule != null) {
					rules.add(rule);
				}
			}
		}
		return rules;
	}

	private static @Nullable Rule rule(Chunk chunk, Problems problems) {
		RuleDescr parsed = parse(chunk, problems);
		if (parsed == null) {
			return null;
		}
		Rule rule = new Translation(chunk, parsed, problems).rule();
		return (rule != null && Proof.holds(chunk, rule, problems)) ? rule : null;
	}

	private static @Nullable RuleDescr parse(Chunk chunk, Problems problems) {
		DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
		PackageDescr parsed = null;
		int before = problems.count();
		try {
			parsed = parser.parse(false, chunk.source().withoutComments(chunk.start(), chunk.end()));
			parser.getErrors()
				.stream()
				.limit(MOST_ERRORS)
				.forEach((error) -> problems.error(place(chunk, error),
						"this cannot be read as a rule: " + words(error)));
		}
		catch (DroolsParserException | RuntimeException ex) {
			// odd texts trip the parser itself up; they are no rules either
			problems.error(chunk.place(), "this cannot be read as a rule: " + ex.getMessage());
		}
		if (problems.count() > before) {
			return null;
		}
		if (parsed == null || parsed.getRules().size() != 1 || !holdsNothingElse(parsed)) {
			problems.error(chunk.place(), "this is no single rule and nothing else");
			return null;
		}
		return parsed.getRules().get(0);
	}

	private static boolean holdsNothingElse(PackageDescr parsed) {
		return parsed.getImports().isEmpty() && parsed.getFunctionImports().isEmpty()
				&& parsed.getAccumulateImports().isEmpty() && parsed.getGlobals().isEmpty()
				&& parsed.getFunctions().isEmpty() && parsed.getAttributes().isEmpty()
				&& parsed.getClassAndEnumDeclarationDescrs().isEmpty() && parsed.getEntryPointDeclarations().isEmpty()
				&& parsed.getWindowDeclarations().isEmpty() && parsed.getUnit() == null
				&& (parsed.getName() == null || parsed.getName().isEmpty());
	}

	private static Place place(Chunk chunk, DroolsError error) {
		Place start = chunk.place();
		int line = (error.getLines().length > 0) ? error.getLines()[0] : 0;
		if (line < 1) {
			return start;
		}
		int column = (error instanceof ParserError at) ? at.getCol() + 1 : 0;
		return new Place(start.line() + line - 1, (line == 1 && column > 0) ? start.column() + column - 1 : column);
	}

	/** Without the parser's own numbering and the line, which is said already. */
	private static String words(DroolsError error) {
		return error.getMessage()
			.replaceFirst("^\\[ERR \\d+] ", "")
			.replaceFirst("^Line \\d+:\\d+ ", "")
			.replaceFirst(" in rule \".*\"", "")
			.lines()
			.findFirst()
			.orElse("a syntax error");
	}

}
