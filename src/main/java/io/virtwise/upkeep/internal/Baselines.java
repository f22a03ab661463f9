package io.virtwise.upkeep.internal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import io.virtwise.change.Changes;
import io.virtwise.rollout.PutInForce;
import io.virtwise.rollout.PutInForce.Placed;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Works out what is approved for a node from what was put there: the last change that was
 * not rolled back. After a roll back the one before it counts again.
 */
@Component
class Baselines {

	private final PutInForce placed;

	private final Changes changes;

	Baselines(PutInForce placed, Changes changes) {
		this.placed = placed;
		this.changes = changes;
	}

	/** What is approved now; empty where nothing of ours is in force. */
	Optional<Baseline> of(String nodeId) {
		return of(nodeId, null);
	}

	/** What was approved at this moment. */
	Optional<Baseline> of(String nodeId, @Nullable Instant at) {
		Deque<Placed> standing = new ArrayDeque<>();
		for (Placed one : this.placed.on(nodeId)) {
			if (at != null && one.provedAt().isAfter(at)) {
				break;
			}
			standing.removeIf((earlier) -> earlier.changeId().equals(one.changeId()));
			if (!one.back()) {
				standing.push(one);
			}
		}
		return Optional.ofNullable(standing.peek()).flatMap((last) -> baseline(last, nodeId));
	}

	private Optional<Baseline> baseline(Placed last, String nodeId) {
		return this.changes.findNode(last.changeId(), nodeId)
			.map((found) -> new Baseline(found.changeId(), found.number(), found.planned(), last.provedAt()));
	}

}
