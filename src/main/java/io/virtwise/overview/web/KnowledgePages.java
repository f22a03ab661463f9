package io.virtwise.overview.web;

import java.time.Duration;
import java.util.List;

import io.virtwise.rules.CaseRun;
import io.virtwise.rules.KnowledgeIndex;
import io.virtwise.rules.RuleText;
import io.virtwise.rules.Severity;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What is documented, which rules carry it, and how their cases came out; and the text of
 * each rule, to read.
 */
@Controller
class KnowledgePages {

	/** A person would rather see the page than wait for the cases. */
	private static final Duration PATIENCE = Duration.ofMillis(800);

	private final KnowledgeShelf shelf;

	KnowledgePages(KnowledgeShelf shelf) {
		this.shelf = shelf;
	}

	@GetMapping("/knowledge")
	String knowledge(@RequestParam(required = false) @Nullable String q,
			@RequestParam(required = false) @Nullable String severity,
			@RequestParam(required = false) @Nullable String source, Model model) {
		KnowledgeFilter filter = this.shelf.filter(q, severity, source);
		List<KnowledgeIndex.Part> parts = this.shelf.parts();
		// all of it is a long page: it opens at the founding document, and every word
		// asked for is looked for everywhere
		KnowledgeView knowledge = this.shelf.view(filter.orOnly(parts.get(0).key()), PATIENCE);
		model.addAttribute("filter", filter)
			.addAttribute("knowledge", knowledge)
			.addAttribute("contents", ContentsLine.of(knowledge, this.shelf.index(), filter))
			.addAttribute("sources", parts)
			.addAttribute("severities", Severity.values());
		return "overview/knowledge";
	}

	@GetMapping("/knowledge/rules/{id}")
	String rule(@PathVariable String id, Model model) {
		RuleText rule = this.shelf.rule(id);
		CaseRun run = this.shelf.run(PATIENCE);
		model.addAttribute("rule", rule)
			.addAttribute("rows", this.shelf.rowsOf(rule.id()))
			.addAttribute("errata", this.shelf.errataOf(rule.id()))
			.addAttribute("run", run)
			.addAttribute("cases", (run != null) ? run.of(rule.id()) : List.of());
		return "overview/rule";
	}

}
