package io.virtwise.rules.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.CaseRun;
import io.virtwise.rules.CaseRun.CaseResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Runs the cases of a rulebase once, beside everything else, and keeps how they came out.
 * Made where somebody asks: a program that only assesses has no use for it.
 */
@Component
@Lazy
class CaseRuns {

	private static final Logger LOG = LoggerFactory.getLogger(CaseRuns.class);

	private final Clock clock;

	private @Nullable Started latest;

	CaseRuns(Clock clock) {
		this.clock = clock;
	}

	/** How the cases came out on this rulebase, or nothing if that takes longer. */
	Optional<CaseRun> of(BuiltRulebase rulebase, Duration patience) {
		try {
			return Optional.of(started(rulebase).get(patience.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (TimeoutException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("the cases of the rulebase could not be run; the log says why", ex);
		}
	}

	private synchronized CompletableFuture<CaseRun> started(BuiltRulebase rulebase) {
		Started started = this.latest;
		if (started == null || !started.rulebase().equals(rulebase.revision())) {
			CompletableFuture<CaseRun> run = CompletableFuture.supplyAsync(() -> run(rulebase), CaseRuns::beside);
			started = new Started(rulebase.revision(), run.whenComplete((result, failure) -> {
				if (failure != null) {
					LOG.error("The cases of the rulebase could not be run", failure);
				}
			}));
			this.latest = started;
		}
		return started.run();
	}

	private CaseRun run(BuiltRulebase rulebase) {
		long began = System.nanoTime();
		RuleCaseRunner runner = new RuleCaseRunner(rulebase.rulebase(), rulebase.writer());
		List<CaseResult> results = new CaseFiles(rulebase.files()).cases().stream().map(runner::result).toList();
		CaseRun run = new CaseRun(rulebase.revision(), this.clock.instant(), (System.nanoTime() - began) / 1_000_000,
				results);
		LOG.info("{} of {} cases of rulebase revision {} came out as expected, in {} ms", run.passed(), results.size(),
				rulebase.revision().revision(), run.millis());
		return run;
	}

	private static void beside(Runnable task) {
		Thread runner = new Thread(task, "rule-cases");
		runner.setDaemon(true);
		runner.start();
	}

	/**
	 * A run that is under way or done.
	 */
	private record Started(RulebaseRevision rulebase, CompletableFuture<CaseRun> run) {
	}

}
