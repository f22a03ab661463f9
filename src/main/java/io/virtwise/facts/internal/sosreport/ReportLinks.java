package io.virtwise.facts.internal.sosreport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The links of an archive, followed as the kernel would, but never out of the report: a
 * target that is absolute or leads above it, a chain that is too long and a circle lead
 * nowhere.
 */
final class ReportLinks {

	private static final int MOST_LINKS = 30_000;

	private static final long MOST_CHARACTERS = 2L * 1024 * 1024;

	/** As many as the kernel follows. */
	private static final int LONGEST_CHAIN = 40;

	private static final int MOST_STEPS = 1000;

	private final Map<String, Target> targets = new HashMap<>();

	private long characters;

	/** Notes a link; beyond the bounds it leads nowhere. */
	void add(String path, String target, boolean hard) {
		this.characters += path.length() + target.length();
		if (this.targets.size() < MOST_LINKS && this.characters <= MOST_CHARACTERS) {
			this.targets.put(path, new Target(target, hard));
		}
	}

	/** The paths of all links. */
	Set<String> paths() {
		return this.targets.keySet();
	}

	/**
	 * Where a path ends when all links on it are followed; itself where none is.
	 * @param top the report's top folder, empty for none
	 * @param path in the archive, the top folder in front
	 * @return {@code null} where it leads out of the report or nowhere
	 */
	@Nullable String follow(String top, String path) {
		Deque<String> ahead = new ArrayDeque<>(List.of(path.split("/", -1)));
		String done = "";
		int links = 0;
		int steps = 0;
		while (!ahead.isEmpty()) {
			String step = ahead.pop();
			steps++;
			if (steps > MOST_STEPS) {
				return null;
			}
			if (step.isEmpty() || step.equals(".")) {
				continue;
			}
			if (step.equals("..")) {
				if (done.isEmpty() || done.equals(top)) {
					return null;
				}
				done = ReportPath.folder(done);
				continue;
			}
			String here = ReportPath.in(done, step);
			Target target = this.targets.get(here);
			if (target == null) {
				done = here;
				continue;
			}
			links++;
			if (links > LONGEST_CHAIN || target.text().startsWith("/")) {
				return null;
			}
			done = target.hard() ? "" : done;
			String[] more = target.text().split("/", -1);
			for (int i = more.length - 1; i >= 0; i--) {
				ahead.push(more[i]);
			}
		}
		return done;
	}

	/**
	 * A link's target.
	 *
	 * @param text as the archive has it
	 * @param hard whether it counts from the archive's root, not from the link's folder
	 */
	private record Target(String text, boolean hard) {
	}

}
