package io.virtwise.rules.internal;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.virtwise.rules.internal.syntax.Rule;
import org.drools.base.definitions.rule.impl.RuleImpl;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.consequence.LambdaConsequence;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;

/**
 * Bases as Drools' executable model has them: Drools writes a Java class for each
 * condition and each consequence and compiles them all. Takes the same text as
 * {@link MvelBases}, and has nothing else in common with it or with our network.
 */
final class ModelBases implements BaseBuilder {

	private static final AtomicInteger NUMBER = new AtomicInteger();

	@Override
	public KieBase build(Stage stage, List<Rule> rules) {
		KieServices services = KieServices.get();
		ReleaseId release = services.newReleaseId("io.virtwise.judge", stage.sink(), "1." + NUMBER.incrementAndGet());
		KieFileSystem files = services.newKieFileSystem();
		files.generateAndWritePomXML(release);
		files.write("src/main/resources/" + stage.sink() + ".drl", MvelBases.text(stage, rules));
		KieBuilder builder = services.newKieBuilder(files).buildAll(ExecutableModelProject.class);
		if (builder.getResults().hasMessages(Message.Level.ERROR)) {
			throw new IllegalStateException(
					"the executable model cannot be built: " + builder.getResults().getMessages(Message.Level.ERROR));
		}
		KieBase base = services.newKieContainer(release).getKieBase();
		base.getKiePackages().stream().flatMap((one) -> one.getRules().stream()).forEach(ModelBases::isOfTheModel);
		return base;
	}

	/** Otherwise another build would judge, and nobody would notice. */
	private static void isOfTheModel(org.kie.api.definition.rule.Rule rule) {
		if (!(((RuleImpl) rule).getConsequence() instanceof LambdaConsequence)) {
			throw new IllegalStateException(rule.getName() + " does not come from the executable model");
		}
	}

}
