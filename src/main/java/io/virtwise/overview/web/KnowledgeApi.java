package io.virtwise.overview.web;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The knowledge over HTTP.
 */
@RestController
@RequestMapping("/api/v1/knowledge")
class KnowledgeApi {

	/** A program would rather wait than ask again. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final KnowledgeShelf shelf;

	KnowledgeApi(KnowledgeShelf shelf) {
		this.shelf = shelf;
	}

	@GetMapping
	KnowledgeView knowledge(@RequestParam(required = false) @Nullable String q,
			@RequestParam(required = false) @Nullable String severity,
			@RequestParam(required = false) @Nullable String source) {
		return this.shelf.view(this.shelf.filter(q, severity, source), PATIENCE);
	}

}
