package io.virtwise.rules.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaConfFragment;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RulebaseAtStart;
import io.virtwise.rules.RulebaseAtStart.Revision;
import io.virtwise.rules.RulesRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * The advisor over the rulebase that is in force. Building the first one takes seconds in
 * a new JVM, so that begins when the portal answers already; whoever asks earlier has it
 * begin, and waits.
 */
@Service
class DroolsAdvisor implements Advisor {

	private static final Logger LOG = LoggerFactory.getLogger(DroolsAdvisor.class);

	private static final int SHIPPED_REVISION = 1;

	/** What came with the portal, where no stored revision can be built. */
	private static final int IN_PLACE = 0;

	private final AssessmentWriter writer;

	private final @Nullable RulebaseAtStart atStart;

	private volatile @Nullable CompletableFuture<BuiltRulebase> active;

	DroolsAdvisor(NovaConfFragment fragment, ObjectProvider<RulebaseAtStart> atStart) {
		this.writer = new AssessmentWriter(fragment);
		// the bean is fetched here, not in the thread: the context is still being made
		this.atStart = atStart.getIfAvailable();
	}

	@EventListener(ContextRefreshedEvent.class)
	void started() {
		CompletableFuture<BuiltRulebase> ignored = building(); // it tells of its failure
																// itself
	}

	private CompletableFuture<BuiltRulebase> building() {
		CompletableFuture<BuiltRulebase> building = this.active;
		return (building != null) ? building : begun();
	}

	private synchronized CompletableFuture<BuiltRulebase> begun() {
		CompletableFuture<BuiltRulebase> building = this.active;
		if (building == null) {
			building = CompletableFuture.supplyAsync(() -> first(this.atStart), DroolsAdvisor::beside)
				.whenComplete((rulebase, failure) -> {
					if (failure != null) {
						LOG.error("The rulebase cannot be used, nothing can be assessed", failure);
					}
				});
			this.active = building;
		}
		return building;
	}

	@Override
	public Assessment assess(NodeFacts facts) {
		return active().assess(facts);
	}

	@Override
	public Assessment judge(NodeFacts facts) {
		return active().judge(facts);
	}

	@Override
	public List<Assessment> judge(List<NodeFacts> variants) {
		return active().judge(variants);
	}

	@Override
	public RulebaseRevision rulebase() {
		return active().revision();
	}

	/** The rulebase that is in force now; waits while the first one is being built. */
	BuiltRulebase active() {
		try {
			return building().join();
		}
		catch (CompletionException ex) {
			throw new IllegalStateException("the rulebase could not be built; the log of the start says why", ex);
		}
	}

	/** Assessments under way end with the rulebase that they began with. */
	void activate(BuiltRulebase rulebase) {
		synchronized (this) {
			this.active = CompletableFuture.completedFuture(rulebase);
		}
		LOG.info("Rulebase revision {} is in force", rulebase.revision().revision());
	}

	/** A rulebase of these files. */
	BuiltRulebase build(int revision, List<RuleSource> files) {
		return new BuiltRulebase(Rulebase.of(revision, files), files, this.writer);
	}

	private BuiltRulebase first(@Nullable RulebaseAtStart stored) {
		long began = System.nanoTime();
		Revision wanted = ((stored != null) ? stored.revision() : Optional.<Revision>empty())
			.orElseGet(() -> new Revision(SHIPPED_REVISION, ShippedRules.all()));
		BuiltRulebase rulebase = (stored != null) ? orInItsPlace(wanted, stored)
				: build(wanted.number(), wanted.files());
		LOG.info("Rulebase revision {} with {} rules is ready after {} ms", wanted.number(), rulebase.rules().size(),
				(System.nanoTime() - began) / 1_000_000);
		return rulebase;
	}

	/**
	 * The rulebase in force, or one that judges in its place: an older rulebase is worth
	 * more than none, and every assessment names the one that it came from.
	 */
	private BuiltRulebase orInItsPlace(Revision wanted, RulebaseAtStart stored) {
		try {
			return build(wanted.number(), wanted.files());
		}
		catch (RulesRefused ex) {
			LOG.error("Revision {} of the rulebase is in force and cannot be built by this version of the portal."
					+ " Publish one that can; until then another judges in its place", wanted.number(), ex);
		}
		return Stream.concat(stored.inPlaceOf(wanted.number()), Stream.of(new Revision(IN_PLACE, ShippedRules.all())))
			.flatMap((one) -> built(one).stream())
			.findFirst()
			.orElseThrow();
	}

	private Optional<BuiltRulebase> built(Revision revision) {
		try {
			return Optional.of(build(revision.number(), revision.files()));
		}
		catch (RulesRefused ex) {
			LOG.warn("Revision {} of the rulebase cannot be built either: {}", revision.number(), ex.getMessage());
			return Optional.empty();
		}
	}

	private static void beside(Runnable task) {
		Thread builder = new Thread(task, "rulebase");
		builder.setDaemon(true);
		builder.start();
	}

}
