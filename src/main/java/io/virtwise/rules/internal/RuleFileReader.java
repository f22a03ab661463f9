package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RulesRefused;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.DrlParser;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Reads a rule file and refuses everything that is not in the language of rules, with
 * file and line.
 * <p>
 * The parser is pinned to DRL6: the newer one drops a broken condition without an error,
 * and the rule then always fires.
 */
final class RuleFileReader {

	private static final int MAX_LENGTH = 256 * 1024;

	private final Vocabulary vocabulary = new Vocabulary();

	/**
	 * The rules of a file.
	 * @throws RulesRefused with every fault found
	 */
	List<ReadRule> read(RuleSource file) {
		List<RuleProblem> faults = new ArrayList<>();
		List<ReadRule> rules = new ArrayList<>();
		checkText(file, faults);
		if (faults.isEmpty()) {
			PackageDescr parsed = parse(file, faults);
			if (faults.isEmpty()) {
				checkPackage(file, parsed, faults);
				for (RuleDescr rule : parsed.getRules()) {
					new RuleCheck(file, rule, this.vocabulary, faults).read().ifPresent(rules::add);
				}
			}
		}
		if (!faults.isEmpty()) {
			throw new RulesRefused(faults);
		}
		return rules;
	}

	private static void checkText(RuleSource file, List<RuleProblem> faults) {
		if (file.text().length() > MAX_LENGTH) {
			faults.add(RuleProblem.error(file.path(), 0, 0, "a rule file has at most " + MAX_LENGTH + " characters"));
		}
		int line = 1;
		for (int at = 0; at < file.text().length(); at++) {
			char character = file.text().charAt(at);
			if (character == '\n') {
				line++;
			}
			else if ((Character.isISOControl(character) && character != '\t') || character == '\uFEFF') {
				faults.add(RuleProblem.error(file.path(), line, 0,
						String.format("character U+%04X does not belong into a rule file", (int) character)));
				return;
			}
		}
	}

	private static PackageDescr parse(RuleSource file, List<RuleProblem> faults) {
		DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
		try {
			PackageDescr parsed = parser.parse(false, file.text());
			for (DroolsError error : parser.getErrors()) {
				int line = (error.getLines().length > 0) ? Math.max(error.getLines()[0], 0) : 0;
				faults.add(RuleProblem.error(file.path(), line, 0, error.getMessage()));
			}
			if (parsed == null && faults.isEmpty()) {
				faults.add(RuleProblem.error(file.path(), 0, 0, "there is no rule in this file"));
			}
			return (parsed != null) ? parsed : new PackageDescr();
		}
		catch (DroolsParserException ex) {
			faults.add(RuleProblem.error(file.path(), Math.max(ex.getLineNumber(), 0), 0,
					String.valueOf(ex.getMessage())));
			return new PackageDescr();
		}
	}

	private static void checkPackage(RuleSource file, PackageDescr parsed, List<RuleProblem> faults) {
		boolean onlyRules = parsed.getImports().isEmpty() && parsed.getFunctionImports().isEmpty()
				&& parsed.getAccumulateImports().isEmpty() && parsed.getGlobals().isEmpty()
				&& parsed.getFunctions().isEmpty() && parsed.getAttributes().isEmpty()
				&& parsed.getClassAndEnumDeclarationDescrs().isEmpty() && parsed.getEntryPointDeclarations().isEmpty()
				&& parsed.getWindowDeclarations().isEmpty() && parsed.getUnit() == null
				&& (parsed.getName() == null || parsed.getName().isEmpty());
		if (!onlyRules) {
			faults.add(RuleProblem.error(file.path(), 0, 0,
					"a rule file holds rules only: no package, unit, import, global, "
							+ "function, declaration or attribute of its own"));
		}
	}

}
