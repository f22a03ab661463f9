package io.virtwise.rules.internal;

import java.util.List;

import io.virtwise.rules.internal.syntax.Rule;
import org.kie.api.KieBase;

/**
 * Makes the base of a stage from the trees of its rules, all of which passed the check.
 */
@FunctionalInterface
interface BaseBuilder {

	/** The base of this stage. */
	KieBase build(Stage stage, List<Rule> rules);

}
