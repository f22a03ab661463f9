package io.virtwise.authoring.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.rules.RuleSource;

/**
 * Finds the rules in a text that may be half written, by their first and last lines only.
 * What a rule means is not looked at; this is for telling rules apart, whoever wrote
 * what.
 */
final class RuleOutline {

	private static final Pattern BEGIN = Pattern.compile("\\s{0,64}rule\\s{1,64}\"?([^\"\\s]{0,64}).{0,2000}");

	private static final Pattern ID = Pattern.compile("@id\\s{0,16}\\(\\s{0,16}\"?([A-Za-z0-9_-]{1,32})");

	private RuleOutline() {
	}

	/** The rules of a text in their order, by id. */
	static Map<String, OutlinedRule> of(String path, String text) {
		Map<String, OutlinedRule> rules = new LinkedHashMap<>();
		Map<String, Integer> seen = new HashMap<>();
		List<String> lines = text.lines().toList();
		int begin = -1;
		for (int at = 0; at < lines.size(); at++) {
			String line = lines.get(at);
			if (BEGIN.matcher(line).matches()) {
				add(rules, seen, path, lines, begin, at);
				begin = at;
			}
			else if (begin >= 0 && line.strip().matches("end;?")) {
				add(rules, seen, path, lines, begin, at + 1);
				begin = -1;
			}
		}
		add(rules, seen, path, lines, begin, lines.size());
		return rules;
	}

	/** All rules of these files, by id. */
	static SortedMap<String, OutlinedRule> of(List<RuleSource> files) {
		SortedMap<String, OutlinedRule> rules = new TreeMap<>();
		Map<String, Integer> seen = new HashMap<>();
		files.stream()
			.filter(RuleSource::holdsRules)
			.forEach((file) -> of(file.path(), file.text()).forEach((id, rule) -> put(rules, seen, id, rule)));
		return rules;
	}

	/** Ids of the rules that read otherwise in the one than in the other. */
	static List<String> differing(Map<String, OutlinedRule> before, Map<String, OutlinedRule> after) {
		List<String> ids = new ArrayList<>();
		before.forEach((id, rule) -> {
			OutlinedRule now = after.get(id);
			if (now == null || !now.text().equals(rule.text())) {
				ids.add(id);
			}
		});
		after.keySet().stream().filter((id) -> !before.containsKey(id)).forEach(ids::add);
		return ids;
	}

	private static void add(Map<String, OutlinedRule> rules, Map<String, Integer> seen, String path, List<String> lines,
			int begin, int end) {
		if (begin < 0) {
			return;
		}
		String text = String.join("\n", lines.subList(begin, end)).stripTrailing() + "\n";
		Matcher id = ID.matcher(text);
		Matcher name = BEGIN.matcher(lines.get(begin));
		String key = id.find() ? id.group(1) : name.matches() ? name.group(1) : "";
		put(rules, seen, key.isEmpty() ? "?" : key, new OutlinedRule(path, begin + 1, text));
	}

	/**
	 * A second rule of the same id is another rule, until its author gives it its own.
	 */
	private static void put(Map<String, OutlinedRule> rules, Map<String, Integer> seen, String id, OutlinedRule rule) {
		int times = seen.merge(id, 1, Integer::sum);
		rules.put((times == 1) ? id : id + "#" + times, rule);
	}

	/**
	 * A rule as its lines.
	 *
	 * @param file the file that it stands in
	 * @param line the line where it begins, from 1
	 * @param text its lines, each with its end
	 */
	record OutlinedRule(String file, int line, String text) {
	}

}
