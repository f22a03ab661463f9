package io.virtwise.rules.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.virtwise.rules.KnowledgeIndex;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The rule files that the portal ships with, from the class path.
 */
final class ShippedRules {

	private ShippedRules() {
	}

	/** All rule files, by name. */
	static List<RuleFile> files() {
		return texts("classpath*:rules/*.drl");
	}

	/** What is documented, and which of the rules carry it. */
	static KnowledgeIndex index() {
		return KnowledgeReader.read(texts("classpath*:rules/index.yaml").get(0));
	}

	/** The cases beside the rule files, by name. */
	static List<RuleFile> cases() {
		return texts("classpath*:rules/*.cases.yaml");
	}

	/** The nodes that cases start from. */
	static RuleFile baseNodes() {
		return texts("classpath*:rules/base-nodes.yaml").get(0);
	}

	private static List<RuleFile> texts(String pattern) {
		try {
			Resource[] found = new PathMatchingResourcePatternResolver().getResources(pattern);
			return Stream.of(found).map(ShippedRules::read).sorted(Comparator.comparing(RuleFile::name)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the shipped rules cannot be listed", ex);
		}
	}

	private static RuleFile read(Resource resource) {
		try {
			return new RuleFile(Objects.requireNonNull(resource.getFilename()),
					resource.getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(resource + " cannot be read", ex);
		}
	}

}
