package io.virtwise.approval.internal;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of approvals.
 *
 * @param validity how long a request waits, and how long an approval may stay unused
 * @param needed how many different people must say yes
 */
@ConfigurationProperties("virtwise.approval")
record ApprovalProperties(@DefaultValue("72h") Duration validity, @DefaultValue("1") int needed) {

	ApprovalProperties {
		if (needed < 1) {
			throw new IllegalArgumentException("virtwise.approval.needed must be at least 1, not " + needed);
		}
		if (validity.isNegative() || validity.isZero()) {
			throw new IllegalArgumentException("virtwise.approval.validity must be longer than nothing");
		}
	}

}
