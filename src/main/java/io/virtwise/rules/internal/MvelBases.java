package io.virtwise.rules.internal;

import java.util.List;

import io.virtwise.rules.internal.syntax.Canonical;
import io.virtwise.rules.internal.syntax.Rule;
import org.drools.compiler.builder.impl.KnowledgeBuilderImpl;
import org.drools.core.impl.RuleBaseFactory;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.DrlParser;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.kiesession.rulebase.KnowledgeBaseFactory;
import org.kie.api.KieBase;
import org.kie.api.KieBaseConfiguration;
import org.kie.internal.builder.KnowledgeBuilderConfiguration;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Builds with drools-mvel, from the text that the trees print and in a class loader that
 * knows nothing but facts, sinks and what Drools' own generated code needs.
 */
final class MvelBases implements BaseBuilder {

	@Override
	public KieBase build(Stage stage, List<Rule> rules) {
		return base(text(stage, rules));
	}

	/** The base of what trees print. */
	static KieBase base(String text) {
		ClassLoader fence = new FencedClassLoader(MvelBases.class.getClassLoader());
		KnowledgeBuilderConfiguration configuration = KnowledgeBuilderFactory.newKnowledgeBuilderConfiguration(null,
				fence);
		configuration.setOption(LanguageLevelOption.DRL6);
		KnowledgeBuilderImpl builder = (KnowledgeBuilderImpl) KnowledgeBuilderFactory
			.newKnowledgeBuilder(configuration);
		builder.addPackage(parse(text));
		if (builder.hasErrors()) {
			// authors see the check's messages; one that comes from here is our fault
			throw new IllegalStateException("rules that passed the check cannot be built: " + builder.getErrors());
		}
		KieBaseConfiguration baseConfiguration = RuleBaseFactory.newKnowledgeBaseConfiguration(null, fence);
		InternalKnowledgeBase base = KnowledgeBaseFactory.newKnowledgeBase(baseConfiguration);
		base.addPackages(builder.getKnowledgePackages());
		return base;
	}

	/** What is built: our head and rules as their trees print them, without metadata. */
	static String text(Stage stage, List<Rule> rules) {
		StringBuilder text = new StringBuilder("package io.virtwise.rulebase.").append(stage.sink()).append(";\n");
		Vocabulary.imports().forEach((name) -> text.append("import ").append(name).append(";\n"));
		text.append("global ").append(stage.sinkType().getCanonicalName()).append(' ').append(stage.sink());
		text.append(";\n");
		rules.forEach((rule) -> text.append(Canonical.text(rule.withoutAnnotations())));
		return text.toString();
	}

	private static PackageDescr parse(String text) {
		DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
		try {
			PackageDescr parsed = parser.parse(false, text);
			if (parser.hasErrors()) {
				throw new IllegalStateException("what trees print is not read again: " + parser.getErrors());
			}
			return parsed;
		}
		catch (DroolsParserException ex) {
			throw new IllegalStateException("what trees print is not read again", ex);
		}
	}

}
