package io.virtwise.rules.internal;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.virtwise.rules.KnowledgeIndex;
import io.virtwise.rules.KnowledgeIndex.Claim;
import io.virtwise.rules.KnowledgeIndex.Erratum;
import io.virtwise.rules.KnowledgeIndex.Part;
import io.virtwise.rules.KnowledgeIndex.Passage;
import io.virtwise.rules.KnowledgeIndex.Row;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RulesRefused;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads {@code rules/index.yaml}, and refuses it with every fault and its line: an id
 * that stands twice, a row with neither rule nor reason, anything missing or unknown.
 */
final class KnowledgeReader {

	private static final int MAX_LENGTH = 512 * 1024;

	private static final int MAX_DEPTH = 12;

	private static final Pattern ID = Pattern.compile("[A-Z]\\d{2,3}");

	private final String file;

	private final List<RuleProblem> faults = new ArrayList<>();

	private final Map<String, String> ids = new HashMap<>();

	private KnowledgeReader(String file) {
		this.file = file;
	}

	/**
	 * The index in this file.
	 * @throws RulesRefused with every fault found
	 */
	static KnowledgeIndex read(RuleSource file) {
		return new KnowledgeReader(file.path()).index(file.text());
	}

	private KnowledgeIndex index(String text) {
		IndexEntry top = new IndexEntry(this.file, parse(text), Set.of("parts", "errata"), this.faults);
		KnowledgeIndex index = new KnowledgeIndex(
				top.entries("parts", Set.of("key", "title", "about", "document", "passages"), this::part),
				top.entries("errata", Set.of("id", "title", "passages", "claims", "follows", "because", "rules"),
						this::erratum));
		if (!this.faults.isEmpty()) {
			throw new RulesRefused(this.faults);
		}
		return index;
	}

	private @Nullable Node parse(String text) {
		if (text.length() > MAX_LENGTH) {
			throw new RulesRefused(
					List.of(RuleProblem.error(this.file, 0, 0, "an index has at most " + MAX_LENGTH + " characters")));
		}
		LoaderOptions options = new LoaderOptions();
		options.setNestingDepthLimit(MAX_DEPTH);
		options.setMaxAliasesForCollections(0);
		try {
			return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
		}
		catch (MarkedYAMLException ex) {
			int line = (ex.getProblemMark() != null) ? ex.getProblemMark().getLine() + 1 : 0;
			throw new RulesRefused(List.of(RuleProblem.error(this.file, line, 0, String.valueOf(ex.getProblem()))));
		}
		catch (YAMLException ex) {
			throw new RulesRefused(List.of(RuleProblem.error(this.file, 0, 0, String.valueOf(ex.getMessage()))));
		}
	}

	private Part part(IndexEntry entry) {
		String document = entry.text("document");
		return new Part(entry.text("key"), entry.text("title"), entry.text("about"),
				entry.entries("passages", Set.of("section", "title", "rows"), (passage) -> passage(passage, document)));
	}

	private Passage passage(IndexEntry entry, String document) {
		String section = entry.text("section");
		return new Passage(section, entry.text("title"), entry.entries("rows",
				Set.of("id", "says", "source", "rules", "reason"), (row) -> row(row, document + " " + section)));
	}

	private Row row(IndexEntry entry, String passage) {
		String source = entry.optional("source");
		Row row = new Row(id(entry), entry.text("says"), (source != null) ? source : passage, entry.texts("rules"),
				entry.optional("reason"));
		if (row.rules().isEmpty() && row.reason() == null) {
			entry.fault(row.id() + " has neither a rule nor the reason why it cannot be one: give rules or reason");
		}
		return row;
	}

	private Erratum erratum(IndexEntry entry) {
		return new Erratum(id(entry), entry.text("title"), entry.texts("passages"),
				entry.entries("claims", Set.of("source", "says"),
						(claim) -> new Claim(claim.text("source"), claim.text("says"))),
				entry.text("follows"), entry.text("because"), entry.texts("rules"));
	}

	private String id(IndexEntry entry) {
		String id = entry.text("id");
		if (!ID.matcher(id).matches()) {
			entry.fault("an id is a letter and two or three digits, and not " + id);
		}
		else if (this.ids.put(id, id) != null) {
			entry.fault("the id " + id + " stands twice; ids are never used again");
		}
		return id;
	}

}
