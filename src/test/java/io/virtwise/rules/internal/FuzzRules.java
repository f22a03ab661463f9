package io.virtwise.rules.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.virtwise.rules.RuleSource;
import io.virtwise.rules.internal.syntax.Canonical;
import io.virtwise.rules.internal.syntax.Problems;

/**
 * A target of the fuzzer: any text as a file of rules.
 */
public final class FuzzRules {

	private static final RuleFileReader READER = new RuleFileReader();

	private FuzzRules() {
	}

	/**
	 * Whatever is thrown is a fault, and so is a rule that says something else when it is
	 * printed and read again.
	 */
	public static void fuzzerTestOneInput(byte[] data) {
		for (ReadRule rule : read(new String(data, StandardCharsets.UTF_8))) {
			String printed = Canonical.text(rule.tree());
			List<ReadRule> again = read(printed);
			if (again.size() != 1 || !Canonical.text(again.get(0).tree()).equals(printed)) {
				throw new IllegalStateException("a rule reads differently when it is printed: " + printed);
			}
		}
	}

	private static List<ReadRule> read(String text) {
		return READER.read(new RuleSource("fuzzed.drl", text), new Problems("fuzzed.drl"));
	}

}
