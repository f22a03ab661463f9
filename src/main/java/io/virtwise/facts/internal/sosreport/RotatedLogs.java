package io.virtwise.facts.internal.sosreport;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of several logs of a kind is the newest: nova-compute.log before
 * nova-compute.log.1, and nova-compute.log-20221125 before that of the day before.
 */
final class RotatedLogs {

	/** Newest first. */
	static final Comparator<KeptFile> NEWEST_FIRST = Comparator.comparingLong((KeptFile file) -> age(file.path()))
		.thenComparing(KeptFile::path);

	private static final Pattern NUMBERED = Pattern.compile("\\.([0-9]{1,3})(?:\\.gz)?\\z");

	private static final Pattern DATED = Pattern.compile("-([0-9]{8,10})(?:\\.gz)?\\z");

	private RotatedLogs() {
	}

	/** Those of a kind that are more than anybody looks at, the oldest ones. */
	static List<String> oldestBeyond(Map<String, KeptFile> files, KnownFile kind) {
		Comparator<Map.Entry<String, KeptFile>> newestFirst = Map.Entry.comparingByValue(NEWEST_FIRST);
		return files.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().kind() == kind)
			.sorted(newestFirst)
			.skip((kind == KnownFile.COMPUTE_LOG) ? 3 : 10)
			.map(Map.Entry::getKey)
			.toList();
	}

	private static long age(String path) {
		Matcher dated = DATED.matcher(path);
		if (dated.find()) {
			String day = (dated.group(1) + "00").substring(0, 10);
			return 10_000_000_000L - Long.parseLong(day);
		}
		Matcher numbered = NUMBERED.matcher(path);
		return numbered.find() ? Long.parseLong(numbered.group(1)) : 0;
	}

}
