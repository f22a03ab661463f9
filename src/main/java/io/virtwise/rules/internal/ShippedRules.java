package io.virtwise.rules.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.virtwise.rules.KnowledgeIndex;
import io.virtwise.rules.RuleSource;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The rule files that the portal ships with, from the class path.
 */
final class ShippedRules {

	static final String INDEX = "index.yaml";

	private ShippedRules() {
	}

	/** All rule files, by name. */
	static List<RuleSource> files() {
		return texts("classpath:rules/*.drl");
	}

	/** What is documented, and which of the rules carry it. */
	static KnowledgeIndex index() {
		return KnowledgeReader.read(texts("classpath:rules/" + INDEX).get(0));
	}

	/** The nodes that cases start from. */
	static RuleSource baseNodes() {
		return texts("classpath:rules/" + CaseFiles.BASE_NODES).get(0);
	}

	/** All files: rules, cases, base nodes and the index. */
	static List<RuleSource> all() {
		return Stream.concat(files().stream(), texts("classpath:rules/*.yaml").stream())
			.sorted(Comparator.comparing(RuleSource::path))
			.toList();
	}

	private static List<RuleSource> texts(String pattern) {
		try {
			Resource[] found = new PathMatchingResourcePatternResolver().getResources(pattern);
			return Stream.of(found).map(ShippedRules::read).sorted(Comparator.comparing(RuleSource::path)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the shipped rules cannot be listed", ex);
		}
	}

	private static RuleSource read(Resource resource) {
		try {
			return new RuleSource(Objects.requireNonNull(resource.getFilename()),
					resource.getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(resource + " cannot be read", ex);
		}
	}

}
