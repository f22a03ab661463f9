package io.virtwise.rules.internal;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.internal.FileMemory.ReadCases;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the cases among the files of a rulebase, and says with its line what is none.
 */
final class CaseFiles {

	static final String BASE_NODES = "base-nodes.yaml";

	private static final int MAX_LENGTH = 1024 * 1024;

	private static final int MAX_DEPTH = 12;

	private final List<RuleCase> cases = new ArrayList<>();

	private final List<RuleProblem> problems = new ArrayList<>();

	CaseFiles(List<RuleSource> files) {
		this(files, FileMemory.none());
	}

	/** The same, where a text that was read lately is not read again. */
	CaseFiles(List<RuleSource> files, FileMemory memory) {
		List<RuleSource> base = files.stream().filter((file) -> file.path().equals(BASE_NODES)).limit(1).toList();
		Map<String, Object> bases = base.isEmpty() ? Map.of() : bases(base.get(0));
		for (RuleSource file : files) {
			if (file.holdsCases()) {
				List<RuleSource> key = Stream.concat(Stream.of(file), base.stream()).toList();
				take(memory.cases().of(key, (one) -> new CaseFiles(file, bases).read()));
			}
		}
	}

	private CaseFiles(RuleSource file, Map<String, Object> bases) {
		read(file, bases);
	}

	private ReadCases read() {
		return new ReadCases(this.cases, this.problems);
	}

	private void take(ReadCases read) {
		this.cases.addAll(read.cases());
		this.problems.addAll(read.problems());
	}

	/** All that could be read, in the order of the files. */
	List<RuleCase> cases() {
		return this.cases;
	}

	/** What could not. */
	List<RuleProblem> problems() {
		return this.problems;
	}

	private Map<String, Object> bases(RuleSource file) {
		Map<String, Object> bases = new LinkedHashMap<>();
		parse(file).ifPresent((node) -> {
			try {
				bases.putAll(CaseFacts.map(value(node)));
			}
			catch (RuntimeException ex) {
				fault(file, node, "base nodes are a name and facts for each: " + reason(ex));
			}
		});
		return bases;
	}

	private void read(RuleSource file, Map<String, Object> bases) {
		Optional<Node> top = parse(file);
		if (top.isPresent() && top.get() instanceof SequenceNode all) {
			for (Node one : all.getValue()) {
				// facts are made of what stands there, and any of it can be nonsense
				try {
					this.cases.add(RuleCase.of(file.path(), line(one), bases, CaseFacts.map(value(one))));
				}
				catch (RuntimeException ex) {
					fault(file, one, reason(ex));
				}
			}
		}
		else {
			top.ifPresent((node) -> fault(file, node, "a file of cases is a list, each case begins with \"- rule:\""));
		}
	}

	private Optional<Node> parse(RuleSource file) {
		if (file.text().length() > MAX_LENGTH) {
			this.problems
				.add(RuleProblem.error(file.path(), 0, 0, "a file of cases has at most " + MAX_LENGTH + " characters"));
			return Optional.empty();
		}
		try {
			return Optional.ofNullable(new Yaml(new SafeConstructor(options())).compose(new StringReader(file.text())));
		}
		catch (MarkedYAMLException ex) {
			int line = (ex.getProblemMark() != null) ? ex.getProblemMark().getLine() + 1 : 0;
			int column = (ex.getProblemMark() != null) ? ex.getProblemMark().getColumn() + 1 : 0;
			this.problems.add(RuleProblem.error(file.path(), line, column, String.valueOf(ex.getProblem())));
		}
		catch (YAMLException ex) {
			this.problems.add(RuleProblem.error(file.path(), 0, 0, String.valueOf(ex.getMessage())));
		}
		return Optional.empty();
	}

	private void fault(RuleSource file, Node node, String message) {
		this.problems.add(RuleProblem.error(file.path(), line(node), 0, message));
	}

	private static String reason(RuntimeException ex) {
		return (ex.getMessage() != null) ? ex.getMessage() : "this cannot be read";
	}

	private static int line(Node node) {
		return node.getStartMark().getLine() + 1;
	}

	private static @Nullable Object value(Node node) {
		return new Values().of(node);
	}

	private static LoaderOptions options() {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		options.setNestingDepthLimit(MAX_DEPTH);
		options.setMaxAliasesForCollections(0);
		return options;
	}

	/**
	 * Makes plain values of what was parsed: texts, numbers, lists and maps.
	 */
	private static final class Values extends SafeConstructor {

		Values() {
			super(options());
		}

		@Nullable Object of(Node node) {
			return constructDocument(node);
		}

	}

}
