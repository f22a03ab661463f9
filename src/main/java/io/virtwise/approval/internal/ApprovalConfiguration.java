package io.virtwise.approval.internal;

import io.virtwise.approval.Approvals;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Settings of the room, and the clockwork that ends what has run out of time.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApprovalProperties.class)
@EnableScheduling
class ApprovalConfiguration {

	private final Approvals approvals;

	ApprovalConfiguration(Approvals approvals) {
		this.approvals = approvals;
	}

	@Scheduled(fixedDelayString = "${virtwise.approval.sweep:30s}",
			initialDelayString = "${virtwise.approval.sweep:30s}")
	void endWhatHasRunOutOfTime() {
		this.approvals.expireOverdue();
	}

}
