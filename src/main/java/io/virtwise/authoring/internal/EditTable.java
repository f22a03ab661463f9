package io.virtwise.authoring.internal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who wrote what in a draft, and which files were changed on both sides.
 */
@Repository
class EditTable {

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	EditTable(JdbcClient jdbc, JdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/**
	 * Notes that a person touched these rules of a file, or text outside of rules where
	 * none is named.
	 */
	void note(String draft, String path, List<String> rules, String person, Instant at) {
		Set<String> added = new TreeSet<>(rules.isEmpty() ? List.of("") : rules);
		List<String> known = this.jdbc
			.sql("select rule_id from rule_draft_edit where draft = :draft and path = :path and person = :person")
			.param("draft", draft)
			.param("path", path)
			.param("person", person)
			.query(String.class)
			.list()
			.stream()
			.filter(added::remove)
			.toList();
		OffsetDateTime when = at.atOffset(ZoneOffset.UTC);
		// one text can hold more than a thousand rules
		this.batches.batchUpdate(
				"update rule_draft_edit set last_at = ? where draft = ? and path = ? and person = ? and rule_id = ?",
				known.stream().map((rule) -> new Object[] { when, draft, path, person, rule }).toList());
		this.batches.batchUpdate(
				"insert into rule_draft_edit (last_at, draft, path, person, rule_id) values (?, ?, ?, ?, ?)",
				added.stream().map((rule) -> new Object[] { when, draft, path, person, rule }).toList());
	}

	/** Everybody who wrote anything in a draft. */
	Set<String> people(String draft) {
		return new TreeSet<>(this.jdbc.sql("select distinct person from rule_draft_edit where draft = :draft")
			.param("draft", draft)
			.query(String.class)
			.list());
	}

	/** For each rule who touched it. */
	Map<String, Set<String>> byRule(String draft) {
		Map<String, Set<String>> people = new HashMap<>();
		this.jdbc.sql("select rule_id, person from rule_draft_edit where draft = :draft and rule_id <> ''")
			.param("draft", draft)
			.query((row) -> {
				people.computeIfAbsent(row.getString("rule_id"), (key) -> new TreeSet<>()).add(row.getString("person"));
			});
		return people;
	}

	/** Who edited the draft last. */
	Optional<String> last(String draft) {
		return this.jdbc
			.sql("select person from rule_draft_edit where draft = :draft order by last_at desc, person limit 1")
			.param("draft", draft)
			.query(String.class)
			.optional();
	}

	void addConflict(String draft, String path, @Nullable String ancestor, @Nullable String theirs) {
		removeConflict(draft, path);
		this.jdbc
			.sql("insert into rule_draft_conflict (draft, path, ancestor_sha256, theirs_sha256)"
					+ " values (:draft, :path, :ancestor, :theirs)")
			.param("draft", draft)
			.param("path", path)
			.param("ancestor", ancestor)
			.param("theirs", theirs)
			.update();
	}

	void removeConflict(String draft, String path) {
		this.jdbc.sql("delete from rule_draft_conflict where draft = :draft and path = :path")
			.param("draft", draft)
			.param("path", path)
			.update();
	}

	Optional<Conflict> conflict(String draft, String path) {
		return this.jdbc
			.sql("select ancestor_sha256, theirs_sha256 from rule_draft_conflict where draft = :draft and path = :path")
			.param("draft", draft)
			.param("path", path)
			.query((row, number) -> new Conflict(row.getString("ancestor_sha256"), row.getString("theirs_sha256")))
			.optional();
	}

	/**
	 * The other two texts of a file in conflict, by their hashes.
	 *
	 * @param ancestor before both sides changed it, {@code null} where it was not there
	 * @param theirs on the other side, {@code null} where it is gone
	 */
	record Conflict(@Nullable String ancestor, @Nullable String theirs) {
	}

}
