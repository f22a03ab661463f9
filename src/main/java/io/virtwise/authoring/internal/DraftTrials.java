package io.virtwise.authoring.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Trials;
import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.rules.RuleWorkshop.CaseReport;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Checks drafts and runs their cases, outside of any transaction.
 */
@Service
class DraftTrials implements Trials {

	private final DraftStore store;

	private final DraftTable table;

	private final TextTable texts;

	private final RuleWorkshop workshop;

	DraftTrials(DraftStore store, DraftTable table, TextTable texts, RuleWorkshop workshop) {
		this.store = store;
		this.table = table;
		this.texts = texts;
		this.workshop = workshop;
	}

	@Override
	@PreAuthorize("hasAnyAuthority('rule:write', 'change:decide')")
	public List<RuleProblem> check(String id) {
		return this.workshop.check(sources(id));
	}

	@Override
	@PreAuthorize("hasAuthority('rule:write')")
	public List<RuleProblem> check(String id, String path, String text) {
		return this.workshop.check(sources(id, path, text));
	}

	@Override
	@PreAuthorize("hasAnyAuthority('rule:write', 'change:decide')")
	public CaseReport cases(String id, CaseChoice which) {
		return this.workshop.cases(sources(id), (one) -> fits(which.file(), one.file())
				&& fits(which.rule(), one.rule()) && fits(which.name(), one.name()));
	}

	@Override
	@PreAuthorize("hasAuthority('rule:write')")
	public CaseReport cases(String id, String path, String text, @Nullable String only) {
		Set<String> rules = path.endsWith(".drl") ? RuleOutline.of(path, text).keySet() : Set.of();
		return this.workshop.cases(sources(id, path, text), (one) -> fits(only, one.name()) && (path.endsWith(".drl")
				? rules.contains(one.rule()) : !path.endsWith(".cases.yaml") || one.file().equals(path)));
	}

	private List<RuleSource> sources(String id, String path, String text) {
		RulePath.check(RulePath.check(path), text);
		List<RuleSource> files = new ArrayList<>(sources(id));
		files.removeIf((file) -> file.path().equals(path));
		files.add(new RuleSource(path, text));
		files.sort(Comparator.comparing(RuleSource::path));
		return files;
	}

	private List<RuleSource> sources(String id) {
		Draft draft = this.store.get(id);
		return this.texts.sources(this.table.tree(draft.id()));
	}

	private static boolean fits(@Nullable String wanted, String actual) {
		return wanted == null || wanted.isBlank() || wanted.equals(actual);
	}

}
