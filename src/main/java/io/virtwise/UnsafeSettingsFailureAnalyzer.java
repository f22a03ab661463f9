package io.virtwise;

import io.virtwise.SettingsGuard.UnsafeSettings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which settings do not go together, and what to do.
 */
class UnsafeSettingsFailureAnalyzer extends AbstractFailureAnalyzer<UnsafeSettings> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsafeSettings cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.remedy(), cause);
	}

}
