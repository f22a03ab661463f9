package io.virtwise.authoring.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Draft.DraftFile;
import io.virtwise.authoring.Draft.Lock;
import io.virtwise.authoring.Drafts.Precondition;
import io.virtwise.authoring.Drafts.Side;
import io.virtwise.authoring.Drafts.ThreeWay;
import io.virtwise.rules.RuleSource;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Edits of the files of one draft, whose row the caller has locked.
 */
@Component
class DraftFiles {

	private final DraftStore store;

	private final DraftTable table;

	private final EditTable edits;

	private final LockTable locks;

	private final TextTable texts;

	private final Comparison comparison;

	private final People people;

	DraftFiles(DraftStore store, DraftTable table, EditTable edits, LockTable locks, TextTable texts,
			Comparison comparison, People people) {
		this.store = store;
		this.table = table;
		this.edits = edits;
		this.locks = locks;
		this.texts = texts;
		this.comparison = comparison;
		this.people = people;
	}

	Draft write(Draft draft, String path, String text, Precondition expected, Person person) {
		RulePath.check(RulePath.check(path), text);
		String before = draft.file(path).map(DraftFile::sha256).orElse(null);
		holds(path, before, expected);
		checkRoom(draft, List.of(path));
		hold(draft, path, person);
		if (!put(draft, path, text, person)) {
			return this.store.get(draft.id());
		}
		return this.store.touched(draft, "file-written", said(path, before),
				said(path, this.table.tree(draft.id()).files().get(path)));
	}

	Draft writeAll(Draft draft, List<RuleSource> files, Person person) {
		checkRoom(draft, files.stream().map(RuleSource::path).toList());
		List<String> written = new ArrayList<>();
		for (RuleSource file : files) {
			boolean same = draft.file(file.path())
				.map(DraftFile::sha256)
				.filter(this.texts.keep(file.text())::equals)
				.isPresent();
			if (!same) {
				hold(draft, file.path(), person);
				put(draft, file.path(), file.text(), person);
				written.add(file.path());
			}
		}
		return written.isEmpty() ? this.store.get(draft.id())
				: this.store.touched(draft, "files-uploaded", null, String.join("\n", written));
	}

	Draft remove(Draft draft, String path, Precondition expected, Person person) {
		String before = draft.file(path)
			.map(DraftFile::sha256)
			.orElseThrow(() -> Refused.notFound("file in " + draft.name(), path));
		holds(path, before, expected);
		hold(draft, path, person);
		note(draft, path, this.texts.text(before), "", person);
		this.table.remove(draft.id(), path);
		this.locks.release(draft.id(), path);
		return this.store.touched(draft, "file-removed", said(path, before), null);
	}

	Draft lock(Draft draft, String path, Person person) {
		boolean held = draft.file(path).map(DraftFile::lock).map(Lock::person).filter(person.id()::equals).isPresent();
		hold(draft, RulePath.check(path), person);
		if (!held) {
			this.store.tell(draft, "file-locked", null, path);
		}
		return this.store.get(draft.id());
	}

	Draft unlock(Draft draft, String path, Person person) {
		Optional<Lock> lock = this.locks.find(draft.id(), path);
		if (lock.isPresent() && lock.get().person().equals(person.id())) {
			this.locks.release(draft.id(), path);
			this.store.tell(draft, "file-unlocked", path, null);
		}
		return this.store.get(draft.id());
	}

	Draft breakLock(Draft draft, String path, String note, Person person) {
		if (note.isBlank() || note.length() > Draft.MAX_MESSAGE) {
			throw Refused.invalid("note",
					"must say in 1 to " + Draft.MAX_MESSAGE + " characters why the lock is broken");
		}
		Lock lock = this.locks.find(draft.id(), path)
			.orElseThrow(() -> Refused.conflict("not-locked", "Nobody edits " + path + "; there is no lock to break."));
		this.locks.release(draft.id(), path);
		this.store.tell(draft, "lock-broken",
				path + " held by " + this.people.nameOf(lock.person()) + " since " + lock.since(), note.strip());
		return this.store.get(draft.id());
	}

	/** Takes over what a comparison of three rulebases came to. */
	Draft take(Draft draft, Merge merge, Tree ancestor, Tree theirs, int restsOn) {
		Tree ours = this.table.tree(draft.id());
		List<String> taken = new ArrayList<>();
		ours.files().keySet().stream().filter((path) -> !merge.merged().files().containsKey(path)).forEach((path) -> {
			this.table.remove(draft.id(), path);
			taken.add("- " + path);
		});
		merge.merged().files().forEach((path, sha256) -> {
			if (!sha256.equals(ours.files().get(path))) {
				this.table.write(draft.id(), path, sha256, null, this.store.now());
				taken.add("+ " + path);
			}
		});
		merge.conflicts()
			.forEach((path) -> this.edits.addConflict(draft.id(), path, ancestor.files().get(path),
					theirs.files().get(path)));
		Draft next = new Draft(draft.id(), draft.number(), draft.from(), restsOn, draft.activates(),
				draft.distribution(), draft.message(), draft.status(), draft.statusAt(), draft.statusNote(),
				draft.author(), draft.createdAt(), draft.submittedBy(), draft.publishedAs(), draft.version(),
				draft.files(), draft.conflicts(), draft.content());
		return this.store.changed(next, "compared", "rests on revision " + draft.restsOn(),
				"rests on revision " + restsOn + "\ntaken over: " + taken + "\nto decide: " + merge.conflicts());
	}

	Draft resolve(Draft draft, String path, Side side, Person person) {
		EditTable.Conflict conflict = this.edits.conflict(draft.id(), path)
			.orElseThrow(() -> Refused.conflict("no-conflict", path + " is not in conflict."));
		hold(draft, path, person);
		String theirs = conflict.theirs();
		if (side == Side.THEIRS) {
			String before = draft.file(path).map(DraftFile::sha256).map(this.texts::text).orElse("");
			note(draft, path, before, (theirs != null) ? this.texts.text(theirs) : "", person);
			if (theirs != null) {
				this.table.write(draft.id(), path, theirs, person.id(), this.store.now());
			}
			else {
				this.table.remove(draft.id(), path);
			}
		}
		this.edits.removeConflict(draft.id(), path);
		return this.store.touched(draft, "conflict-decided", path, side.name());
	}

	Optional<ThreeWay> conflict(Draft draft, String path) {
		return this.edits.conflict(draft.id(), path).map((conflict) -> {
			String ancestor = text(conflict.ancestor());
			String theirs = text(conflict.theirs());
			String ours = text(draft.file(path).map(DraftFile::sha256).orElse(null));
			return new ThreeWay(path, ancestor, ours, theirs, this.comparison.unified(path, ancestor, ours),
					this.comparison.unified(path, ancestor, theirs));
		});
	}

	private boolean put(Draft draft, String path, String text, Person person) {
		String sha256 = this.texts.keep(text);
		String before = draft.file(path).map(DraftFile::sha256).orElse(null);
		if (sha256.equals(before)) {
			return false;
		}
		note(draft, path, (before != null) ? this.texts.text(before) : "", text, person);
		this.table.write(draft.id(), path, sha256, person.id(), this.store.now());
		return true;
	}

	private void note(Draft draft, String path, String before, String after, Person person) {
		List<String> rules = path.endsWith(".drl")
				? RuleOutline.differing(RuleOutline.of(path, before), RuleOutline.of(path, after)) : List.of();
		this.edits.note(draft.id(), path, rules.stream().map(DraftFiles::shortened).toList(), person.id(),
				this.store.now());
	}

	/** Refuses what somebody else edits, and takes the lock. */
	private void hold(Draft draft, String path, Person person) {
		Lock lock = this.locks.find(draft.id(), path).orElse(null);
		if (lock != null && !lock.person().equals(person.id())) {
			throw Refused.conflict("locked",
					this.people.nameOf(lock.person()) + " edits " + path + " since " + lock.since() + ". It is free at "
							+ lock.endsAt() + " at the latest; an administrator can break the lock.");
		}
		this.locks.take(draft.id(), path, person.id());
	}

	private static void holds(String path, @Nullable String present, Precondition expected) {
		if (expected.holds(present)) {
			return;
		}
		if (expected.mode() == Precondition.Mode.NONE) {
			throw Refused.stateNeeded(path
					+ " is there already; send If-Match with the ETag that you read, so that nobody's edit is lost.");
		}
		throw Refused.outdated("edited-meanwhile",
				path + ((present != null)
						? " is not as you take it to be, its ETag is \"" + present + "\" now. Read it again."
						: " is not there. Send it without If-Match to make it anew."));
	}

	private static void checkRoom(Draft draft, List<String> paths) {
		long after = draft.files().size() + paths.stream().filter((path) -> draft.file(path).isEmpty()).count();
		if (after > RulePath.MAX_FILES) {
			throw Refused.tooLarge("A rulebase has at most " + RulePath.MAX_FILES + " files.");
		}
	}

	private @Nullable String text(@Nullable String sha256) {
		return (sha256 != null) ? this.texts.text(sha256) : null;
	}

	private static @Nullable String said(String path, @Nullable String sha256) {
		return (sha256 != null) ? path + " " + sha256 : null;
	}

	private static String shortened(String rule) {
		return (rule.length() <= 64) ? rule : rule.substring(0, 64);
	}

}
