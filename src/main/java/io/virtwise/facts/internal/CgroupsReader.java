package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.facts.Cgroups;
import io.virtwise.facts.EvidenceLine;

/**
 * Reads which controllers of control groups are there (row P16), from the mounts and, for
 * version 2, from the list of controllers.
 */
final class CgroupsReader {

	private static final List<String> VERSION_1 = List.of("cpu", "cpuacct", "cpuset", "memory", "devices", "blkio");

	/** cpuacct is part of cpu there, and devices are watched without a controller. */
	private static final List<String> VERSION_2 = List.of("cpu", "cpuset", "memory", "io");

	private final HostTexts texts;

	private final ReadingNotes notes;

	CgroupsReader(HostTexts texts, ReadingNotes notes) {
		this.texts = texts;
		this.notes = notes;
	}

	Cgroups cgroups() {
		Optional<HostText> mounts = this.texts.of("cgroup-mounts");
		Optional<HostText> controllers = this.texts.of("cgroup-controllers");
		Set<String> mounted = new TreeSet<>();
		mounts.ifPresent((text) -> text.lines().forEach((line) -> mounted.addAll(controllersOf(line.text()))));
		if (!mounted.isEmpty()) {
			return cgroups(1, VERSION_1, mounted, mounts.get());
		}
		if (controllers.isPresent()) {
			Set<String> listed = new TreeSet<>();
			controllers.get().lines().forEach((line) -> listed.addAll(List.of(line.text().strip().split(" ", -1))));
			return cgroups(2, VERSION_2, listed, controllers.get());
		}
		return mounts.map((text) -> cgroups(0, VERSION_1, mounted, text))
			.filter((none) -> mounts.get().firstLine() == null)
			.orElse(Cgroups.UNKNOWN);
	}

	private Cgroups cgroups(int version, List<String> wanted, Set<String> found, HostText text) {
		List<String> missing = new ArrayList<>(wanted);
		missing.removeAll(found);
		String all = missing.isEmpty() ? null : String.join(", ", missing);
		this.notes.saw("Cgroups.missing",
				new EvidenceLine(text.source(), 0, (all == null) ? "all controllers are there" : "without " + all));
		return new Cgroups(true, version, all);
	}

	/** The options of a mount of version 1 name its controllers. */
	private static List<String> controllersOf(String mount) {
		List<String> fields = List.of(mount.strip().split(" ", -1));
		if (fields.size() < 4 || !fields.get(2).equals("cgroup")) {
			return List.of();
		}
		List<String> controllers = new ArrayList<>(List.of(fields.get(3).split(",", -1)));
		controllers.retainAll(VERSION_1);
		return controllers;
	}

}
