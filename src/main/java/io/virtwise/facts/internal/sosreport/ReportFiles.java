package io.virtwise.facts.internal.sosreport;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/**
 * Reads the known files of a report. Mostly one walk through the archive is enough; a
 * second one fetches what links lead to, because a link may stand before its target or
 * behind it.
 */
final class ReportFiles {

	private static final List<String> ARCHIVES = List.of(".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz");

	/** So many targets of links are fetched. */
	private static final int MOST_WANTED = 1000;

	private final InputStreamSource archive;

	private final KeptFiles kept = new KeptFiles();

	private final ReportLinks links = new ReportLinks();

	private final Map<String, Integer> tops = new TreeMap<>();

	private final Set<String> nested = new LinkedHashSet<>();

	private @Nullable String end;

	private ReportFiles(InputStreamSource archive) {
		this.archive = archive;
	}

	/** Reads an archive. */
	static ReportFiles of(InputStreamSource archive) throws IOException {
		ReportFiles files = new ReportFiles(archive);
		files.end = ArchiveWalk.of(archive, files.new FirstWalk());
		return files;
	}

	/**
	 * The known files of the report, by their path in it.
	 * @throws ReportStopped if there is more than one report
	 */
	Map<String, KeptFile> files() throws IOException {
		String top = top();
		fetchLinked(top);
		Map<String, KeptFile> files = new TreeMap<>();
		this.kept.files().forEach((path, file) -> {
			if (ReportPath.in(top, file.path()).equals(path)) {
				files.put(file.path(), file);
			}
		});
		return files;
	}

	/** Everything that was not read, in sentences. */
	List<String> complaints() {
		List<String> complaints = new ArrayList<>(this.kept.complaints());
		if (this.end != null) {
			complaints.add(0, this.end);
		}
		if (this.kept.files().isEmpty() && !this.nested.isEmpty()) {
			complaints.add("It holds the archive " + this.nested.iterator().next() + "; give that one.");
		}
		return complaints;
	}

	/** A report is in one folder of any name, or the archive itself is the folder. */
	private String top() throws ReportStopped {
		int none = this.tops.getOrDefault("", 0);
		List<Map.Entry<String, Integer>> named = this.tops.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().isEmpty() && entry.getValue() > none)
			.toList();
		if (named.size() > 1) {
			throw new ReportStopped("It holds several reports (" + named.get(0).getKey() + ", " + named.get(1).getKey()
					+ "), and nothing was read: facts of several nodes must not be mixed. Give one of them.");
		}
		return named.isEmpty() ? "" : named.get(0).getKey();
	}

	private void fetchLinked(String top) throws IOException {
		Map<String, List<String>> wanted = new HashMap<>();
		for (String path : linkedPaths(top)) {
			String real = this.links.follow(top, ReportPath.in(top, path));
			KnownFile kind = KnownFile.at(path);
			if (real == null || kind == null || real.equals(ReportPath.in(top, path))) {
				continue;
			}
			KeptFile there = this.kept.files().get(real);
			if (there == null && wanted.size() < MOST_WANTED) {
				wanted.computeIfAbsent(real, (key) -> new ArrayList<>()).add(path);
			}
			else if (there != null && there.kind() != kind) {
				this.kept.add(ReportPath.in(top, path), there.at(kind, path));
			}
		}
		Map<String, String> folders = linkedFolders(top);
		if (!wanted.isEmpty() || !folders.isEmpty()) {
			ArchiveWalk.of(this.archive, new SecondWalk(top, wanted, folders));
		}
	}

	/** Known paths that a link may lead to, for themselves or by a folder above. */
	private Collection<String> linkedPaths(String top) {
		Set<String> paths = new LinkedHashSet<>();
		for (KnownFile file : KnownFile.values()) {
			paths.addAll(file.paths());
		}
		paths.addAll(KnownFile.NOVA_CONFS);
		for (String link : this.links.paths()) {
			String inside = inside(top, link);
			if (inside != null && KnownFile.at(inside) != null) {
				paths.add(inside);
			}
		}
		return paths;
	}

	private Map<String, String> linkedFolders(String top) {
		Map<String, String> folders = new HashMap<>();
		for (String folder : KnownFile.FOLDERS) {
			String real = this.links.follow(top, ReportPath.in(top, folder));
			if (real != null && !real.equals(ReportPath.in(top, folder))) {
				folders.put(real, folder);
			}
		}
		return folders;
	}

	private static @Nullable String inside(String top, String path) {
		if (top.isEmpty()) {
			return path;
		}
		return path.startsWith(top + "/") ? path.substring(top.length() + 1) : null;
	}

	/**
	 * Reads what stands at a known path, and notes all links.
	 */
	private final class FirstWalk implements ArchiveWalk.Visitor {

		@Override
		public void file(String path, InputStream content) throws IOException {
			String rest = ReportPath.rest(path);
			KnownFile atRoot = KnownFile.at(path);
			KnownFile below = (atRoot == null) ? KnownFile.at(rest) : null;
			count(path, atRoot, below);
			if (atRoot != null) {
				ReportFiles.this.kept.take(path, atRoot, path, content);
			}
			else if (below != null) {
				ReportFiles.this.kept.take(path, below, rest, content);
			}
			else if (ReportFiles.this.nested.size() < 3 && ARCHIVES.stream().anyMatch(path::endsWith)) {
				ReportFiles.this.nested.add(ReportPath.name(path));
			}
		}

		@Override
		public void link(String path, String target, boolean hard) {
			ReportFiles.this.links.add(path, target, hard);
			count(path, KnownFile.at(path), KnownFile.at(ReportPath.rest(path)));
		}

		private void count(String path, @Nullable KnownFile atRoot, @Nullable KnownFile below) {
			Map<String, Integer> tops = ReportFiles.this.tops;
			if (atRoot != null) {
				tops.merge("", 1, Integer::sum);
			}
			else if (below != null && (tops.size() < 100 || tops.containsKey(ReportPath.first(path)))) {
				tops.merge(ReportPath.first(path), 1, Integer::sum);
			}
		}

	}

	/**
	 * Reads what links lead to.
	 */
	private final class SecondWalk implements ArchiveWalk.Visitor {

		private final String top;

		private final Map<String, List<String>> wanted;

		private final Map<String, String> folders;

		SecondWalk(String top, Map<String, List<String>> wanted, Map<String, String> folders) {
			this.top = top;
			this.wanted = wanted;
			this.folders = folders;
		}

		@Override
		public void file(String path, InputStream content) throws IOException {
			List<String> names = new ArrayList<>(this.wanted.getOrDefault(path, List.of()));
			String folder = this.folders.get(ReportPath.folder(path));
			if (folder != null) {
				names.add(ReportPath.in(folder, ReportPath.name(path)));
			}
			String first = null;
			for (String name : names) {
				KnownFile kind = KnownFile.at(name);
				if (kind == null) {
					continue;
				}
				if (first == null) {
					first = ReportPath.in(this.top, name);
					ReportFiles.this.kept.take(first, kind, name, content);
				}
				else {
					KeptFile read = ReportFiles.this.kept.files().get(first);
					if (read != null) {
						ReportFiles.this.kept.add(ReportPath.in(this.top, name), read.at(kind, name));
					}
				}
			}
		}

		@Override
		public void link(String path, String target, boolean hard) {
			// all links are known since the first walk
		}

	}

}
