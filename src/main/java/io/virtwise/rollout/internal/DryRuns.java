package io.virtwise.rollout.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.virtwise.change.ChangeProgress.DryRunResult;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.PlannedNode;
import io.virtwise.shared.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at all nodes of a change, a few at a time, for no longer than a person waits.
 */
@Component
class DryRuns {

	private static final Logger log = LoggerFactory.getLogger(DryRuns.class);

	/** How long one node may take. */
	static final Duration LOOK = Duration.ofSeconds(15);

	private static final int AT_ONCE = 4;

	private final NodeLook look;

	DryRuns(NodeLook look) {
		this.look = look;
	}

	/** What came of it, by node id; every node of the change is there. */
	Map<String, DryRunResult> look(ChangeRequest change) {
		ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, new CustomizableThreadFactory("dry-run-"));
		try {
			List<Callable<DryRunResult>> looks = change.nodes()
				.stream()
				.map((node) -> (Callable<DryRunResult>) () -> this.look.at(change, node, LOOK))
				.toList();
			List<Future<DryRunResult>> done = threads.invokeAll(looks, 2 * LOOK.toSeconds(), TimeUnit.SECONDS);
			Map<String, DryRunResult> results = new LinkedHashMap<>();
			for (int i = 0; i < done.size(); i++) {
				results.put(change.nodes().get(i).nodeId(), result(change.nodes().get(i), done.get(i)));
			}
			return results;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw Refused.unavailable("stopping", "The portal is stopping. Nothing was written.");
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static DryRunResult result(PlannedNode node, Future<DryRunResult> look) throws InterruptedException {
		try {
			return look.get();
		}
		catch (CancellationException ex) {
			return new DryRunResult(FileCheck.NOT_CHECKED, "There was no time to look at this node; run it again.");
		}
		catch (ExecutionException ex) {
			log.error("The dry run on node {} broke", node.nodeId(), ex);
			return new DryRunResult(FileCheck.NOT_CHECKED,
					"Something unexpected happened in the portal; its log tells more under " + node.nodeId() + ".");
		}
	}

}
