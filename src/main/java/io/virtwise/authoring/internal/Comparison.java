package io.virtwise.authoring.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.virtwise.authoring.RulebaseDiff;
import io.virtwise.authoring.RulebaseDiff.FileDiff;
import io.virtwise.authoring.RulebaseDiff.Kind;
import io.virtwise.authoring.RulebaseDiff.RuleDiff;
import io.virtwise.authoring.internal.RuleOutline.OutlinedRule;
import io.virtwise.nova.NovaConfEditor;
import io.virtwise.rules.RuleSource;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Compares texts and rulebases.
 */
@Component
class Comparison {

	/**
	 * Texts whose unlike middles are larger than this, lines by lines, are shown as taken
	 * out and put in whole: comparing them would take too long.
	 */
	private static final long MAX_WORK = 20_000_000;

	private final TextTable texts;

	private final NovaConfEditor editor;

	Comparison(TextTable texts, NovaConfEditor editor) {
		this.texts = texts;
		this.editor = editor;
	}

	/** What differs from the one to the other; only texts that differ are read. */
	RulebaseDiff of(Tree from, Tree to) {
		TreeSet<String> paths = new TreeSet<>(from.files().keySet());
		paths.addAll(to.files().keySet());
		paths.removeIf((path) -> equal(from.files().get(path), to.files().get(path)));
		List<RuleSource> before = sources(from, paths);
		List<RuleSource> after = sources(to, paths);
		return new RulebaseDiff(files(paths, byPath(before), byPath(after)),
				rules(RuleOutline.of(before), RuleOutline.of(after)));
	}

	/** A unified diff of two texts; empty where they are the same. */
	String unified(String path, @Nullable String before, @Nullable String after) {
		String old = (before != null) ? before : "";
		String now = (after != null) ? after : "";
		if (work(old.lines().toList(), now.lines().toList()) > MAX_WORK) {
			return whole(path, old.lines().toList(), now.lines().toList());
		}
		return this.editor.unifiedDiff(path, old.getBytes(StandardCharsets.UTF_8),
				now.getBytes(StandardCharsets.UTF_8));
	}

	private List<FileDiff> files(Set<String> paths, Map<String, String> before, Map<String, String> after) {
		List<FileDiff> files = new ArrayList<>();
		for (String path : paths) {
			String old = before.get(path);
			String now = after.get(path);
			files.add(new FileDiff(path, Kind.of(old, now), unified(path, old, now)));
		}
		return files;
	}

	private List<RuleDiff> rules(SortedMap<String, OutlinedRule> before, SortedMap<String, OutlinedRule> after) {
		SortedMap<String, RuleDiff> rules = new TreeMap<>();
		for (String id : RuleOutline.differing(before, after)) {
			OutlinedRule old = before.get(id);
			OutlinedRule now = after.get(id);
			String was = (old != null) ? old.text() : null;
			String is = (now != null) ? now.text() : null;
			String file = (now != null) ? now.file() : (old != null) ? old.file() : "";
			rules.put(id, new RuleDiff(id, Kind.of(was, is), file, was, is, unified(id, was, is)));
		}
		return List.copyOf(rules.values());
	}

	private List<RuleSource> sources(Tree tree, Set<String> paths) {
		SortedMap<String, String> some = new TreeMap<>(tree.files());
		some.keySet().retainAll(paths);
		return this.texts.sources(new Tree(some));
	}

	private static Map<String, String> byPath(List<RuleSource> sources) {
		Map<String, String> texts = new HashMap<>();
		sources.forEach((source) -> texts.put(source.path(), source.text()));
		return texts;
	}

	private static boolean equal(@Nullable String one, @Nullable String other) {
		return one != null && one.equals(other);
	}

	private static long work(List<String> old, List<String> now) {
		int same = 0;
		int shorter = Math.min(old.size(), now.size());
		while (same < shorter && old.get(same).equals(now.get(same))) {
			same++;
		}
		int end = 0;
		while (end < shorter - same && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
			end++;
		}
		return (long) (old.size() - same - end) * (now.size() - same - end);
	}

	private static String whole(String path, List<String> old, List<String> now) {
		StringBuilder diff = new StringBuilder(
				"--- " + path + "\n+++ " + path + "\n@@ -1," + old.size() + " +1," + now.size() + " @@\n");
		old.forEach((line) -> diff.append('-').append(line).append('\n'));
		now.forEach((line) -> diff.append('+').append(line).append('\n'));
		return diff.toString();
	}

}
