package io.virtwise.facts.internal.sosreport;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The files that were read of a report, by what they are. Where a report holds a text
 * several times, the better one comes first.
 *
 * @param files by their path in the report, in the order of the paths
 */
record KnownFiles(Map<String, KeptFile> files) {

	/**
	 * The first of a kind's places that holds anything; an empty one is an answer too.
	 */
	@Nullable KeptFile first(KnownFile kind) {
		KeptFile empty = null;
		for (String path : kind.paths()) {
			KeptFile file = this.files.get(path);
			if (file != null && (file.bytes().length > 0 || file.tooLong())) {
				return file;
			}
			empty = (empty != null) ? empty : file;
		}
		return empty;
	}

	/** All files of a kind. */
	List<KeptFile> all(KnownFile kind) {
		return this.files.values().stream().filter((file) -> file.kind() == kind).toList();
	}

	/** The listing of the devices: one that goes into folders shows to be whole. */
	@Nullable KeptFile devices() {
		List<KeptFile> all = all(KnownFile.DEVICES);
		return all.stream()
			.filter((file) -> file.text().startsWith("/dev:"))
			.findFirst()
			.orElse(all.isEmpty() ? null : all.get(0));
	}

	/** How many bytes they are. */
	int size() {
		return this.files.values().stream().mapToInt((file) -> file.bytes().length).sum();
	}

}
