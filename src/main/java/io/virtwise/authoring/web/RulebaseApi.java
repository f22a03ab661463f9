package io.virtwise.authoring.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.virtwise.access.People;
import io.virtwise.authoring.Blame;
import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Publishing;
import io.virtwise.authoring.Revisions;
import io.virtwise.authoring.web.RevisionBody.PersonBody;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The revisions of the rulebase over HTTP.
 */
@RestController
@RequestMapping("/api/v1/rulebase")
class RulebaseApi {

	private static final Set<String> SORTABLE = Set.of("revision");

	private final Revisions revisions;

	private final Publishing publishing;

	private final DraftReports reports;

	private final People people;

	RulebaseApi(Revisions revisions, Publishing publishing, DraftReports reports, People people) {
		this.revisions = revisions;
		this.publishing = publishing;
		this.reports = reports;
		this.people = people;
	}

	@GetMapping
	RevisionBody active() {
		var active = this.revisions.active();
		return RevisionBody.of(active, active.number(), this.people, true);
	}

	@GetMapping("/revisions")
	Slice<RevisionBody> list(@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort) {
		int active = this.revisions.active().number();
		return this.revisions.list(SliceRequest.of(page, size, sort, SORTABLE))
			.map((one) -> RevisionBody.of(one, active, this.people, false));
	}

	@GetMapping("/revisions/{n}")
	RevisionBody get(@PathVariable int n) {
		return RevisionBody.of(this.revisions.get(n), this.revisions.active().number(), this.people, true);
	}

	@GetMapping("/revisions/{n}/files/{path}")
	ResponseEntity<String> file(@PathVariable int n, @PathVariable String path,
			@RequestHeader(name = "If-None-Match", required = false) @Nullable String known) {
		return FileTags.answer(this.revisions.text(n, path), known);
	}

	@GetMapping(path = "/revisions/{n}/zip", produces = "application/zip")
	ResponseEntity<byte[]> zip(@PathVariable int n) {
		return FileTags.archive("rulebase-" + n + ".zip", this.revisions.zip(n));
	}

	@GetMapping("/revisions/{n}/diff/{m}")
	DiffBody diff(@PathVariable int n, @PathVariable int m) {
		return DiffBody.of(n, m, this.revisions.diff(n, m));
	}

	@GetMapping("/revisions/{n}/blame")
	BlameBody blame(@PathVariable int n) {
		return new BlameBody(n,
				this.revisions.blame(n).stream().map((one) -> RuleBlameBody.of(one, this.people)).toList());
	}

	@PostMapping(path = "/revisions/{n}/activate")
	@PreAuthorize("hasAuthority('rule:write')")
	@ResponseStatus(HttpStatus.CREATED)
	ResponseEntity<DraftBody> activate(@PathVariable int n, @RequestBody(required = false) @Nullable WishBody body) {
		Draft draft = this.publishing.activate(n, (body != null) ? body.message() : null);
		return ResponseEntity.created(URI.create("/api/v1/rulebase/drafts/" + draft.id())).body(this.reports.of(draft));
	}

	@PostMapping("/revisions/{n}/approve")
	@PreAuthorize("hasAuthority('change:decide')")
	DraftBody approve(@PathVariable int n, @RequestBody VerdictBody body) {
		ContentHash seen = body.hash();
		return this.reports.of(this.publishing.approve(this.publishing.waitingFor(n).id(), seen, body.comment()));
	}

	@PostMapping("/revisions/{n}/deny")
	@PreAuthorize("hasAuthority('change:decide')")
	DraftBody deny(@PathVariable int n, @RequestBody VerdictBody body) {
		return this.reports.of(this.publishing.deny(this.publishing.waitingFor(n).id(), body.comment()));
	}

	/** What somebody wants published, in a sentence. */
	record WishBody(@JsonAlias("comment") @Nullable String message) {
	}

	/** Where each rule of a revision comes from. */
	record BlameBody(int revision, List<RuleBlameBody> rules) {
	}

	/** Where a rule comes from. */
	record RuleBlameBody(String rule, String file, int line, int revision, List<PersonBody> people, String message,
			Instant at) {

		static RuleBlameBody of(Blame one, People people) {
			return new RuleBlameBody(one.rule(), one.file(), one.line(), one.revision(),
					one.people().stream().map((id) -> PersonBody.of(id, people)).toList(), one.message(), one.at());
		}

	}

}
