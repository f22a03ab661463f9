package io.virtwise.rollout;

import java.time.Instant;

import io.virtwise.change.NodeStatus;

/**
 * A push on a node came to its end, or a restart was confirmed. Published inside the
 * transaction in which that is written down.
 *
 * @param changeId the change
 * @param nodeId the node
 * @param status where the node stands now
 * @param at when
 */
public record PushEnded(String changeId, String nodeId, NodeStatus status, Instant at) {
}
