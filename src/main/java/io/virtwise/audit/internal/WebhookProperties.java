package io.virtwise.audit.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are told.
 *
 * @param networks the only addresses they may be at, as {@code 10.1.0.0/16}; empty for
 * all but this machine, its link and metadata services
 * @param every how often to look for something to tell
 * @param firstPause how long to wait after the first failure; four times as long after
 * each further one, an hour at most
 * @param attempts after how many failures to give up
 * @param keyFile what their secrets are locked with; {@code null} for a file in the data
 * folder
 */
@ConfigurationProperties("virtwise.webhooks")
record WebhookProperties(@DefaultValue List<String> networks, @DefaultValue("5s") Duration every,
		@DefaultValue("30s") Duration firstPause, @DefaultValue("6") int attempts, @Nullable Path keyFile) {

	private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

	/** How long to wait after so many failures. */
	Duration pauseAfter(int failures) {
		Duration pause = this.firstPause.multipliedBy(1L << (2 * Math.min(failures - 1, 10)));
		return (pause.compareTo(LONGEST_PAUSE) > 0) ? LONGEST_PAUSE : pause;
	}

}
