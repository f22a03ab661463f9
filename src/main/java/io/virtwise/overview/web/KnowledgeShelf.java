package io.virtwise.overview.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.rules.Advisor;
import io.virtwise.rules.CaseRun;
import io.virtwise.rules.Knowledge;
import io.virtwise.rules.KnowledgeIndex;
import io.virtwise.rules.RuleText;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Finds in the knowledge what somebody asks for, for the page and the API alike.
 */
@Component
class KnowledgeShelf {

	private final Knowledge knowledge;

	private final Advisor advisor;

	KnowledgeShelf(Knowledge knowledge, Advisor advisor) {
		this.knowledge = knowledge;
		this.advisor = advisor;
	}

	/** The filter in an address. */
	KnowledgeFilter filter(@Nullable String q, @Nullable String severity, @Nullable String source) {
		Set<String> sources = this.knowledge.index()
			.parts()
			.stream()
			.map(KnowledgeIndex.Part::key)
			.collect(Collectors.toSet());
		return KnowledgeFilter.of(q, severity, source, sources);
	}

	/** What is left after the filter. */
	KnowledgeView view(KnowledgeFilter filter, Duration patience) {
		return KnowledgeView.of(this.advisor.rulebase(), this.knowledge.index(), this.knowledge.rules(), run(patience),
				filter);
	}

	/** All parts, for the filter. */
	List<KnowledgeIndex.Part> parts() {
		return this.knowledge.index().parts();
	}

	/** What is documented. */
	KnowledgeIndex index() {
		return this.knowledge.index();
	}

	/** The rule of this id. */
	RuleText rule(String id) {
		String upper = id.toUpperCase(Locale.ROOT);
		return this.knowledge.rules()
			.stream()
			.filter((rule) -> rule.id().equals(upper))
			.findFirst()
			.orElseThrow(() -> Refused.notFound("rule", id));
	}

	/** The rows that this rule carries. */
	List<KnowledgeIndex.Row> rowsOf(String rule) {
		return this.knowledge.index().rows().filter((row) -> row.rules().contains(rule)).toList();
	}

	/** The errata that this rule acts on. */
	List<KnowledgeIndex.Erratum> errataOf(String rule) {
		return this.knowledge.index().errata().stream().filter((one) -> one.rules().contains(rule)).toList();
	}

	/** How the cases came out, {@code null} while they are still running. */
	@Nullable CaseRun run(Duration patience) {
		return this.knowledge.cases(patience).orElse(null);
	}

}
