package io.virtwise.facts.internal;

import java.util.List;

import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.Known;
import io.virtwise.facts.LogFacts;
import io.virtwise.facts.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What the logs of a node tell.
 *
 * @param facts the faults in them
 * @param firmware whether hardware virtualization is on in firmware, as the kernel said
 * last
 * @param firmwareLine where it said so
 * @param hypMode whether an Arm kernel has HYP mode, as it said last
 * @param hypModeLine where it said so
 * @param novaStart the last line with nova's version
 * @param documents what libvirt printed into them
 * @param problems what was not read
 */
record LogReading(LogFacts facts, Known firmware, @Nullable EvidenceLine firmwareLine, Known hypMode,
		@Nullable EvidenceLine hypModeLine, @Nullable EvidenceLine novaStart, LoggedDocuments documents,
		List<Problem> problems) {

	/** The words in which nova tells its version at its start. */
	private static final String VERSION = "(version ";

	/** The version of nova, {@code null} where no log tells it. */
	@Nullable String novaVersion() {
		if (this.novaStart == null) {
			return null;
		}
		String line = this.novaStart.text();
		int begin = line.lastIndexOf(VERSION);
		int end = line.indexOf(')', Math.max(begin, 0));
		return (begin < 0 || end < 0) ? null : line.substring(begin + VERSION.length(), end).strip();
	}

}
