package io.virtwise.rules.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaConfFragment;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.RulebaseRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;

/**
 * The advisor over the shipped rulebase. Building takes seconds in a new JVM, so that
 * goes on beside the start of the portal; whoever asks earlier waits.
 */
@Service
class DroolsAdvisor implements Advisor {

	private static final Logger LOG = LoggerFactory.getLogger(DroolsAdvisor.class);

	private static final int SHIPPED_REVISION = 1;

	private final CompletableFuture<Rulebase> active;

	private final AssessmentWriter writer;

	DroolsAdvisor(NovaConfFragment fragment) {
		this.writer = new AssessmentWriter(fragment);
		this.active = CompletableFuture.supplyAsync(DroolsAdvisor::build, DroolsAdvisor::beside)
			.whenComplete((rulebase, failure) -> {
				if (failure != null) {
					LOG.error("The shipped rulebase cannot be used, nothing can be assessed", failure);
				}
			});
	}

	@Override
	public Assessment assess(NodeFacts facts) {
		Rulebase rulebase = rulebaseInUse();
		return this.writer.write(rulebase.revision(), facts, new Run(rulebase, facts));
	}

	@Override
	public RulebaseRevision rulebase() {
		return rulebaseInUse().revision();
	}

	/** The rulebase that is active now; waits while it is being built. */
	Rulebase rulebaseInUse() {
		try {
			return this.active.join();
		}
		catch (CompletionException ex) {
			throw new IllegalStateException("the rulebase could not be built; the log of the start says why", ex);
		}
	}

	private static Rulebase build() {
		long began = System.nanoTime();
		Rulebase rulebase = Rulebase.of(SHIPPED_REVISION, ShippedRules.files());
		LOG.info("Rulebase revision {} with {} rules is ready after {} ms", SHIPPED_REVISION, rulebase.heads().size(),
				(System.nanoTime() - began) / 1_000_000);
		return rulebase;
	}

	private static void beside(Runnable task) {
		Thread builder = new Thread(task, "rulebase");
		builder.setDaemon(true);
		builder.start();
	}

}
