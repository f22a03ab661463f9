package io.virtwise.recommendation.internal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.virtwise.facts.EvidenceKind;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.recommendation.NodeTasks;
import io.virtwise.recommendation.WorkOrders;
import io.virtwise.recommendation.workorder.WorkPlace;
import io.virtwise.recommendation.workorder.WorkStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads the tasks of a node off its work order.
 */
@Component
class AssessedTasks implements NodeTasks {

	private static final String RESTART = "Restart nova-compute";

	/** What the collector prints of the service, between its marks. */
	private static final Pattern STARTED = Pattern
		.compile("(?m)^=== begin nova-compute-start:.*\\R\\| started: (\\S{1,40})\\R");

	private final Nodes nodes;

	private final AssessmentStore store;

	private final WorkOrders orders;

	AssessedTasks(Nodes nodes, AssessmentStore store, WorkOrders orders) {
		this.nodes = nodes;
		this.store = store;
		this.orders = orders;
	}

	@Override
	public List<Task> of(String nodeId) {
		Node node = this.nodes.find(nodeId).orElse(null);
		StoredAssessment latest = this.store.latest(nodeId).orElse(null);
		if (node == null || latest == null) {
			return List.of();
		}
		return this.orders.of(WorkPlace.of(node, latest.facts().release()), latest.facts(), latest.assessment())
			.steps()
			.stream()
			.filter((step) -> !step.settings())
			.map(AssessedTasks::task)
			.toList();
	}

	private static Task task(WorkStep step) {
		return new Task(step.title(), Stream.concat(step.lines().stream(), step.commands().stream()).toList(),
				step.rules(), step.title().equals(RESTART));
	}

	@Override
	public Optional<Instant> novaComputeStartedAt(String nodeId) {
		return this.store.latest(nodeId)
			.flatMap((latest) -> latest.evidence()
				.items()
				.stream()
				.filter((item) -> item.kind() == EvidenceKind.COLLECTOR)
				.map((item) -> startedAt(item.text()))
				.flatMap(Optional::stream)
				.reduce((first, second) -> second));
	}

	static Optional<Instant> startedAt(String collected) {
		Matcher started = STARTED.matcher(collected);
		return started.find() ? Optional.ofNullable(instant(started.group(1))) : Optional.empty();
	}

	/** Somebody may have edited what the collector printed; then nothing is known. */
	private static @Nullable Instant instant(String text) {
		try {
			return Instant.parse(text);
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

}
