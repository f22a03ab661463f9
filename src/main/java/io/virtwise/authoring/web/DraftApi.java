package io.virtwise.authoring.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Drafts;
import io.virtwise.authoring.Drafts.Precondition;
import io.virtwise.authoring.Drafts.Side;
import io.virtwise.authoring.Revisions;
import io.virtwise.authoring.web.DraftBody.FileBody;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Drafts and their files over HTTP.
 */
@RestController
@RequestMapping("/api/v1/rulebase/drafts")
class DraftApi {

	private static final Set<String> SORTABLE = Set.of("number", "createdAt", "statusAt");

	private final Drafts drafts;

	private final Revisions revisions;

	private final DraftReports reports;

	DraftApi(Drafts drafts, Revisions revisions, DraftReports reports) {
		this.drafts = drafts;
		this.revisions = revisions;
		this.reports = reports;
	}

	@PostMapping
	@PreAuthorize("hasAuthority('rule:write')")
	@ResponseStatus(HttpStatus.CREATED)
	ResponseEntity<DraftBody> begin(@RequestBody BeginBody body) {
		int from = (body.from() != null) ? body.from() : this.revisions.active().number();
		Draft draft = this.drafts.begin(from, Objects.requireNonNullElse(body.message(), ""));
		return ResponseEntity.created(URI.create("/api/v1/rulebase/drafts/" + draft.id())).body(this.reports.of(draft));
	}

	@GetMapping
	Slice<DraftBody> list(@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort, @RequestParam(defaultValue = "false") boolean open) {
		return this.drafts.list(open, SliceRequest.of(page, size, sort, SORTABLE)).map(this.reports::of);
	}

	@GetMapping("/{id}")
	DraftBody get(@PathVariable String id) {
		return this.reports.of(this.drafts.get(id));
	}

	@PatchMapping("/{id}")
	@PreAuthorize("hasAuthority('rule:write')")
	DraftBody describe(@PathVariable String id, @RequestBody RulebaseApi.WishBody body) {
		return this.reports.of(this.drafts.describe(id, Objects.requireNonNullElse(body.message(), "")));
	}

	@DeleteMapping("/{id}")
	DraftBody discard(@PathVariable String id) {
		return this.reports.of(this.drafts.discard(id));
	}

	@GetMapping("/{id}/files/{path}")
	ResponseEntity<String> read(@PathVariable String id, @PathVariable String path,
			@RequestHeader(name = "If-None-Match", required = false) @Nullable String known) {
		return FileTags.answer(this.drafts.text(id, path), known);
	}

	@PutMapping(path = "/{id}/files/{path}", consumes = MediaType.TEXT_PLAIN_VALUE)
	@PreAuthorize("hasAuthority('rule:write')")
	ResponseEntity<FileBody> write(@PathVariable String id, @PathVariable String path,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch,
			HttpServletRequest request) throws IOException {
		boolean known = this.drafts.get(id).file(path).isPresent();
		String text = Uploads.text(path, request.getContentType(), request.getInputStream());
		Draft draft = this.drafts.write(id, path, text, FileTags.expected(ifMatch, ifNoneMatch));
		FileBody file = this.reports.of(draft)
			.files()
			.stream()
			.filter((one) -> one.path().equals(path))
			.findFirst()
			.orElseThrow();
		return ResponseEntity.status(known ? 200 : 201).eTag(FileTags.of(file.sha256())).body(file);
	}

	@DeleteMapping("/{id}/files/{path}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	ResponseEntity<Void> remove(@PathVariable String id, @PathVariable String path,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		Precondition expected = FileTags.expected(ifMatch, null);
		this.drafts.remove(id, path, expected);
		return ResponseEntity.noContent().build();
	}

	@PostMapping("/{id}/files/{path}/restore")
	@PreAuthorize("hasAuthority('rule:write')")
	DraftBody restore(@PathVariable String id, @PathVariable String path, @RequestBody RestoreBody body) {
		if (body.revision() == null) {
			throw Refused.invalid("revision", "is missing; say which revision's text is wanted");
		}
		return this.reports.of(this.drafts.restore(id, path, body.revision()));
	}

	@PostMapping("/{id}/files/{path}/lock")
	DraftBody lock(@PathVariable String id, @PathVariable String path) {
		return this.reports.of(this.drafts.lock(id, path));
	}

	@DeleteMapping("/{id}/files/{path}/lock")
	DraftBody unlock(@PathVariable String id, @PathVariable String path) {
		return this.reports.of(this.drafts.unlock(id, path));
	}

	@PostMapping("/{id}/files/{path}/break-lock")
	@PreAuthorize("hasAuthority('rule:unlock')")
	DraftBody breakLock(@PathVariable String id, @PathVariable String path, @RequestBody NoteBody body) {
		return this.reports.of(this.drafts.breakLock(id, path, Objects.requireNonNullElse(body.note(), "")));
	}

	@PostMapping("/{id}/files/{path}/resolve")
	@PreAuthorize("hasAuthority('rule:write')")
	DraftBody resolve(@PathVariable String id, @PathVariable String path, @RequestBody ResolveBody body) {
		return this.reports.of(this.drafts.resolve(id, path, side(body.take())));
	}

	@PostMapping("/{id}/rebase")
	DraftBody rebase(@PathVariable String id) {
		return this.reports.of(this.drafts.rebase(id));
	}

	@GetMapping("/{id}/diff")
	DiffBody diff(@PathVariable String id, @RequestParam(required = false) @Nullable Integer revision) {
		int from = (revision != null) ? revision : this.drafts.get(id).restsOn();
		return DiffBody.of(from, null, this.drafts.diff(id, from));
	}

	@GetMapping(path = "/{id}/zip", produces = "application/zip")
	ResponseEntity<byte[]> zip(@PathVariable String id) {
		return FileTags.archive("draft-" + this.drafts.get(id).number() + ".zip", this.drafts.zip(id));
	}

	@PutMapping(path = "/{id}/zip", consumes = { "application/zip", MediaType.APPLICATION_OCTET_STREAM_VALUE })
	DraftBody upload(@PathVariable String id, HttpServletRequest request) throws IOException {
		try (InputStream body = request.getInputStream()) {
			return this.reports.of(this.drafts.upload(id, Uploads.archive(body)));
		}
	}

	static Side side(@Nullable String word) {
		return switch (String.valueOf(word).toLowerCase(Locale.ROOT)) {
			case "ours" -> Side.OURS;
			case "theirs" -> Side.THEIRS;
			default -> throw Refused.invalid("take", "must be ours, for what the draft has, or theirs");
		};
	}

	/** What a draft begins with: a revision, the one in force if none is named. */
	record BeginBody(@Nullable Integer from, @Nullable String message) {
	}

	/** Which revision's text is wanted back. */
	record RestoreBody(@Nullable Integer revision) {
	}

	/** Why a lock is broken. */
	record NoteBody(@Nullable String note) {
	}

	/** Whose text is taken: {@code ours} or {@code theirs}. */
	record ResolveBody(@Nullable String take) {
	}

}
