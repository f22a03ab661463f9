package io.virtwise.authoring.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Drafts;
import io.virtwise.authoring.Drafts.Precondition;
import io.virtwise.authoring.Writing;
import io.virtwise.facts.Evidence;
import io.virtwise.rules.NewRule;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Reads texts line by line, and writes by the drafts' own verbs, which hold rights, locks
 * and the audit.
 */
@Service
class WritingDesk implements Writing {

	private static final int MOST_HITS = 200;

	private static final int LONGEST_SEARCH = 200;

	/** How much of a line is shown on either side. */
	private static final int AROUND = 120;

	private static final Pattern NAME = Pattern.compile("\\s{0,64}rule\\s{1,64}\"?([^\"]{0,400})\"?.{0,200}");

	private final DraftStore store;

	private final DraftTable table;

	private final TextTable texts;

	private final Drafts drafts;

	private final RuleWorkshop workshop;

	private final CasesOfNodes cases;

	WritingDesk(DraftStore store, DraftTable table, TextTable texts, Drafts drafts, RuleWorkshop workshop,
			CasesOfNodes cases) {
		this.store = store;
		this.table = table;
		this.texts = texts;
		this.drafts = drafts;
		this.workshop = workshop;
		this.cases = cases;
	}

	@Override
	public List<OutlinedRule> outline(String path, String text) {
		return !path.endsWith(".drl") ? List.of()
				: RuleOutline.of(path, text).entrySet().stream().map(WritingDesk::entry).toList();
	}

	@Override
	@PreAuthorize("hasAuthority('rule:read')")
	public Hits search(String id, String words) {
		if (words.isBlank() || words.length() > LONGEST_SEARCH) {
			throw Refused.invalid("q", "holds what to look for, in at most " + LONGEST_SEARCH + " characters");
		}
		Draft draft = this.store.get(id);
		String wanted = words.strip().toLowerCase(Locale.ROOT);
		List<Hit> hits = new ArrayList<>();
		int total = 0;
		for (RuleSource file : this.texts.sources(this.table.tree(draft.id()))) {
			List<String> lines = file.text().lines().toList();
			for (int at = 0; at < lines.size(); at++) {
				int found = lines.get(at).toLowerCase(Locale.ROOT).indexOf(wanted);
				if (found >= 0 && ++total <= MOST_HITS) {
					hits.add(hit(file.path(), at + 1, lines.get(at), found, wanted.length()));
				}
			}
		}
		return new Hits(hits, total);
	}

	@Override
	@PreAuthorize("hasAuthority('rule:write')")
	public String format(String path, String text) {
		RulePath.check(RulePath.check(path), text);
		return this.workshop.format(new RuleSource(path, text));
	}

	@Override
	@PreAuthorize("hasAuthority('rule:write')")
	public int insert(String id, String path, NewRule rule, Precondition expected) {
		String written = this.workshop.write(rule);
		String text = this.drafts.text(id, path);
		RuleOutline.OutlinedRule taken = RuleOutline.of(this.texts.sources(this.table.tree(this.store.get(id).id())))
			.get(rule.id());
		if (taken != null) {
			throw Refused.invalid("id",
					"is taken by a rule in " + taken.file() + "; take one that no rule has or ever had");
		}
		String before = text.isBlank() ? "" : text.stripTrailing() + "\n\n";
		this.drafts.write(id, path, before + written, expected);
		return Math.toIntExact(before.lines().count()) + 1;
	}

	@Override
	@PreAuthorize("hasAuthority('rule:write') and hasAuthority('node:read')")
	public Place caseOf(String nodeId, @Nullable Instant at) {
		return this.cases.add(nodeId, at);
	}

	@Override
	@PreAuthorize("hasAuthority('rule:write')")
	public Place caseOf(Evidence evidence) {
		return this.cases.add(evidence);
	}

	private static OutlinedRule entry(Map.Entry<String, RuleOutline.OutlinedRule> one) {
		String id = one.getKey();
		Matcher name = NAME.matcher(one.getValue().text().lines().findFirst().orElse(""));
		String title = name.matches() ? name.group(1).strip() : "";
		return new OutlinedRule(id, title.startsWith(id + " ") ? title.substring(id.length() + 1) : title,
				one.getValue().line());
	}

	/** A letter may change its length with its case, so the place is held to the line. */
	private static Hit hit(String path, int number, String line, int found, int length) {
		int from = Math.min(found, line.length());
		int to = Math.min(from + length, line.length());
		String before = line.substring(Math.max(0, from - AROUND), from).stripLeading();
		String after = line.substring(to, Math.min(line.length(), to + AROUND)).stripTrailing();
		return new Hit(path, number, before, line.substring(from, to), after);
	}

}
