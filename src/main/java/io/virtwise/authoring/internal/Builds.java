package io.virtwise.authoring.internal;

import java.util.LinkedHashMap;
import java.util.Map;

import io.virtwise.rules.CompiledRulebase;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.rules.RulebaseHash;

import org.springframework.stereotype.Component;

/**
 * Builds rulebases one after the other and keeps the last few, because what was built for
 * the impact is what comes into force a little later.
 */
@Component
class Builds {

	private static final int KEPT = 2;

	private final RuleWorkshop workshop;

	private final TextTable texts;

	private final Map<String, CompiledRulebase> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, CompiledRulebase> eldest) {
			return size() > KEPT;
		}

	};

	Builds(RuleWorkshop workshop, TextTable texts) {
		this.workshop = workshop;
		this.texts = texts;
	}

	/** Whether a rulebase was built of the rules among these files. */
	boolean isOf(CompiledRulebase rulebase, Tree files) {
		return rulebase.revision().sha256().equals(RulebaseHash.of(this.texts.sources(files)));
	}

	/**
	 * The rulebase of these files under this number.
	 * @throws io.virtwise.rules.RulesRefused if the files have errors
	 */
	synchronized CompiledRulebase of(int number, Tree files) {
		String key = number + " " + files.content();
		CompiledRulebase known = this.kept.get(key);
		if (known == null) {
			known = this.workshop.build(number, this.texts.sources(files));
			this.kept.put(key, known);
		}
		return known;
	}

}
