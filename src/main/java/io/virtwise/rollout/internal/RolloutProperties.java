package io.virtwise.rollout.internal;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of rollouts.
 *
 * @param deadline how long a node may take for all the steps of one visit
 * @param lease after which silence another portal takes a push over; longer than the
 * deadline
 * @param restoreAttempts how often putting the old content back is tried in one go
 * @param pause between those tries
 * @param retryAfter when a node that cannot be reached is tried again by itself
 * @param rewriteAttempts how often a push that was cut off may be begun
 * @param sweep how often somebody looks for what nobody works on
 * @param subscribers how many people may watch at the same time
 */
@ConfigurationProperties("virtwise.rollout")
public record RolloutProperties(@DefaultValue("60s") Duration deadline, @DefaultValue("3m") Duration lease,
		@DefaultValue("3") int restoreAttempts, @DefaultValue("2s") Duration pause,
		@DefaultValue("30s") Duration retryAfter, @DefaultValue("3") int rewriteAttempts,
		@DefaultValue("10s") Duration sweep, @DefaultValue("100") int subscribers) {

	public RolloutProperties {
		if (lease.compareTo(deadline) <= 0) {
			throw new IllegalArgumentException("virtwise.rollout.lease (" + lease
					+ ") must be longer than virtwise.rollout.deadline (" + deadline + ")");
		}
	}

}
