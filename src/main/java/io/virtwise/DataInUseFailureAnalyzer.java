package io.virtwise;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says in one line that the H2 file cannot be had: another portal holds it, or the folder
 * cannot be written.
 */
class DataInUseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

	/** H2's code for a database file that another process holds. */
	private static final int H2_ALREADY_OPEN = 90020;

	/** H2's codes for a file that cannot be made or written. */
	private static final int H2_FILE_CREATION_FAILED = 90062;

	private static final int H2_IO = 90031;

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
		return switch (cause.getErrorCode()) {
			case H2_ALREADY_OPEN -> new FailureAnalysis("Another portal is running on the same data.",
					"Stop it, or name another folder in VIRTWISE_HOME.", cause);
			case H2_FILE_CREATION_FAILED, H2_IO -> new FailureAnalysis("The data folder cannot be written.",
					"Name another one in VIRTWISE_HOME, or mend its permissions.", cause);
			default -> null;
		};
	}

}
