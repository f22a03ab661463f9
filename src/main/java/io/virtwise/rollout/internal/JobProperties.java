package io.virtwise.rollout.internal;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the portal's jobs.
 *
 * @param threads how many jobs this portal does at the same time
 * @param poll how often it looks for jobs that another portal left
 * @param heartbeat how often it says that it is at a job; after four times that silence
 * another portal takes the job
 * @param stopWait how long a portal that stops waits for its jobs
 */
@ConfigurationProperties("virtwise.jobs")
record JobProperties(@DefaultValue("8") int threads, @DefaultValue("1s") Duration poll,
		@DefaultValue("5s") Duration heartbeat, @DefaultValue("5s") Duration stopWait) {
}
