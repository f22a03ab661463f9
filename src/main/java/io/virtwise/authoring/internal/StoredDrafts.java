package io.virtwise.authoring.internal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.authoring.Draft;
import io.virtwise.authoring.DraftStatus;
import io.virtwise.authoring.Drafts;
import io.virtwise.authoring.RulebaseDiff;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Drafts as authors see them. What changes a draft locks its row first.
 */
@Service
class StoredDrafts implements Drafts {

	private final DraftStore store;

	private final DraftTable table;

	private final DraftFiles files;

	private final RevisionTable revisions;

	private final TextTable texts;

	private final Comparison comparison;

	private final Writers writers;

	private final CurrentUser currentUser;

	StoredDrafts(DraftStore store, DraftTable table, DraftFiles files, RevisionTable revisions, TextTable texts,
			Comparison comparison, Writers writers, CurrentUser currentUser) {
		this.store = store;
		this.table = table;
		this.files = files;
		this.revisions = revisions;
		this.texts = texts;
		this.comparison = comparison;
		this.writers = writers;
		this.currentUser = currentUser;
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft begin(int from, String message) {
		if (this.revisions.find(from).isEmpty()) {
			throw Refused.invalid("from", "is " + from + ", but there is no such revision of the rulebase");
		}
		Tree tree = this.revisions.tree(from);
		int active = this.revisions.active().orElseThrow();
		Draft draft = new Draft(Ids.next(), this.table.nextNumber(), from, active, null, null, message(message),
				DraftStatus.DRAFT, this.store.now(), null, person().id(), this.store.now(), null, null, 0, List.of(),
				List.of(), tree.toPublish(active));
		return this.store.add(draft, tree);
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('rule:read')")
	public Draft get(String idOrNumber) {
		return this.store.get(idOrNumber);
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('rule:read')")
	public Slice<Draft> list(boolean open, SliceRequest request) {
		return this.table.list(open, request);
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('rule:read')")
	public String text(String id, String path) {
		Draft draft = this.store.get(id);
		return this.texts
			.text(draft.file(path).orElseThrow(() -> Refused.notFound("file in " + draft.name(), path)).sha256());
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft write(String id, String path, String text, Precondition expected) {
		return this.files.write(this.store.editable(id), path, text, expected, person());
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft remove(String id, String path, Precondition expected) {
		return this.files.remove(this.store.editable(id), path, expected, person());
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft restore(String id, String path, int revision) {
		Draft draft = this.store.editable(id);
		if (this.revisions.find(revision).isEmpty()) {
			throw Refused.invalid("revision", "is " + revision + ", but there is no such revision of the rulebase");
		}
		String sha256 = this.revisions.tree(revision).files().get(path);
		if (sha256 == null && draft.file(path).isEmpty()) {
			throw Refused.notFound("file in revision " + revision, path);
		}
		return (sha256 != null)
				? this.files.write(draft, path, this.texts.text(sha256),
						draft.file(path).isPresent() ? Precondition.ANY : Precondition.ABSENT, person())
				: this.files.remove(draft, path, Precondition.ANY, person());
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft upload(String id, byte[] archive) {
		return this.files.writeAll(this.store.editable(id), RulebaseZip.read(archive), person());
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('rule:read')")
	public byte[] zip(String id) {
		return RulebaseZip.write(this.texts.sources(this.table.tree(this.store.get(id).id())));
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft lock(String id, String path) {
		return this.files.lock(this.store.editable(id), path, person());
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft unlock(String id, String path) {
		return this.files.unlock(this.store.locked(id), path, person());
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('rule:unlock')")
	public Draft breakLock(String id, String path, String note) {
		return this.files.breakLock(this.store.locked(id), path, note, person());
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft rebase(String id) {
		Draft draft = this.store.editable(id);
		int active = this.revisions.active().orElseThrow();
		Merge merge = Merge.of(this.revisions.tree(draft.restsOn()), this.table.tree(draft.id()),
				this.revisions.tree(active));
		return this.files.take(draft, merge, this.revisions.tree(draft.restsOn()), this.revisions.tree(active), active);
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft resolve(String id, String path, Side side) {
		return this.files.resolve(this.store.editable(id), path, side, person());
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('rule:read')")
	public Optional<ThreeWay> conflict(String id, String path) {
		return this.files.conflict(this.store.get(id), path);
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft describe(String id, String message) {
		Draft draft = this.store.editable(id);
		String tidy = message(message);
		return this.store.changed(new Draft(draft.id(), draft.number(), draft.from(), draft.restsOn(),
				draft.activates(), draft.distribution(), tidy, draft.status(), draft.statusAt(), draft.statusNote(),
				draft.author(), draft.createdAt(), draft.submittedBy(), draft.publishedAs(), draft.version(),
				draft.files(), draft.conflicts(), draft.content()), "described", draft.message(), tidy);
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('rule:write')")
	public Draft discard(String id) {
		Draft draft = this.store.locked(id);
		if (!draft.status().editable()) {
			throw Refused.conflict("not-editable", draft.name() + " is " + draft.status().key()
					+ (draft.status().open() ? ". Withdraw it first." : " and stays so."));
		}
		return this.store.moved(draft, DraftStatus.DISCARDED, null, "discarded");
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('rule:read')")
	public RulebaseDiff diff(String id, @Nullable Integer revision) {
		Draft draft = this.store.get(id);
		int other = Objects.requireNonNullElse(revision, draft.restsOn());
		if (this.revisions.find(other).isEmpty()) {
			throw Refused.notFound("revision of the rulebase", Integer.toString(other));
		}
		return this.comparison.of(this.revisions.tree(other), this.table.tree(draft.id()));
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('rule:read')")
	public List<String> writers(String id) {
		return List.copyOf(this.writers.of(this.store.get(id)));
	}

	private Person person() {
		return this.currentUser.require();
	}

	static String message(String message) {
		if (message.isBlank()) {
			throw Refused.invalid("message", "is empty; say in a sentence what the rules are changed for");
		}
		if (message.length() > Draft.MAX_MESSAGE) {
			throw Refused.invalid("message", "is longer than " + Draft.MAX_MESSAGE + " characters; shorten it");
		}
		return message.strip();
	}

}
