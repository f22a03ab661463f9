package io.virtwise.upkeep.internal;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the watch for drift.
 *
 * @param enabled whether the portal looks by itself
 * @param every how often it looks at a node
 * @param jitter up to which part of that a look comes earlier or later, in per cent, so
 * that nodes written together are not read together
 * @param sweep how often somebody looks whether a node is due
 * @param lanes how many nodes are read at the same time, by all portals together
 * @param deadline how long a node may take
 */
@ConfigurationProperties("virtwise.drift")
record DriftProperties(@DefaultValue("true") boolean enabled, @DefaultValue("1h") Duration every,
		@DefaultValue("20") int jitter, @DefaultValue("15s") Duration sweep, @DefaultValue("2") int lanes,
		@DefaultValue("15s") Duration deadline) {

	DriftProperties {
		if (every.compareTo(Duration.ofSeconds(1)) < 0 || jitter < 0 || jitter > 90 || lanes < 1) {
			throw new IllegalArgumentException("virtwise.drift.every must be at least a second (" + every
					+ "), virtwise.drift.jitter from 0 to 90 (" + jitter + "), virtwise.drift.lanes at least 1 ("
					+ lanes + ")");
		}
	}

}
