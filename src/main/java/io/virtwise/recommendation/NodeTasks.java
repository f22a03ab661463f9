package io.virtwise.recommendation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the rules ask to be done on a node besides its nova.conf, by its latest
 * assessment, and what its evidence says of that.
 */
public interface NodeTasks {

	/** The steps in their order; those that put lines into nova.conf are left out. */
	List<Task> of(String nodeId);

	/**
	 * When nova-compute was started, by the newest evidence that tells; a service that
	 * was started after its file was written has read it.
	 */
	Optional<Instant> novaComputeStartedAt(String nodeId);

	/**
	 * A step.
	 *
	 * @param title what it does, which names it
	 * @param detail commands and sentences, a line each
	 * @param rules the rules that ask for it
	 * @param restartsNova whether it restarts nova-compute
	 */
	record Task(String title, List<String> detail, List<String> rules, boolean restartsNova) {

		public Task {
			detail = List.copyOf(detail);
			rules = List.copyOf(rules);
		}

	}

}
