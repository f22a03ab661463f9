package io.virtwise.audit.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.audit.AuditEntry;
import io.virtwise.audit.AuditFilter;
import io.virtwise.audit.AuditVerification;
import io.virtwise.audit.internal.ExportCheck.Finding;
import io.virtwise.audit.internal.ExportCheck.Outcome;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.SliceRequest;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The audit chain on both databases.
 */
@OnBothDatabases
class AuditTrailIT {

	private static final Instant NOW = Instant.parse("2026-11-22T14:02:03.123456789Z");

	private static final SliceRequest FIRST = new SliceRequest(0, 50, null, false);

	private final Database database;

	private final ChainedAuditTrail trail;

	private Optional<Person> person = Optional.of(new Person("p1", "ines", "Ines Moreau", Set.of(Role.OPERATOR)));

	AuditTrailIT(Database database) {
		this.database = database;
		this.trail = new ChainedAuditTrail(new AuditRepository(database.jdbc()), () -> this.person,
				database.transaction(), Clock.fixed(NOW, ZoneOffset.UTC));
	}

	@BeforeEach
	void empty() {
		tamper("delete from audit_entry");
		tamper("update audit_head set seq = 0, hash = '" + Chain.START + "'");
	}

	/** Does what nobody may: on PostgreSQL only after switching the triggers off. */
	private void tamper(String sql, Object... values) {
		boolean guarded = this.database.name().equals("PostgreSQL");
		for (String table : List.of("audit_entry", "audit_head")) {
			if (guarded) {
				this.database.jdbc().sql("alter table " + table + " disable trigger user").update();
			}
		}
		this.database.jdbc().sql(sql).params(values).update();
		for (String table : List.of("audit_entry", "audit_head")) {
			if (guarded) {
				this.database.jdbc().sql("alter table " + table + " enable trigger user").update();
			}
		}
	}

	@Test
	void cannotBeAlteredThroughTheDatabaseAccountOnPostgreSql() {
		Assumptions.assumeTrue(this.database.name().equals("PostgreSQL"), "H2 has no such triggers");
		writeMany(3);

		for (String sql : List.of("update audit_entry set after_text = 'denied' where seq = 2",
				"delete from audit_entry where seq = 3", "truncate audit_entry", "delete from audit_head",
				"update audit_head set seq = 1", "update audit_head set seq = seq + 2")) {
			assertThatThrownBy(() -> this.database.jdbc().sql(sql).update()).as(sql)
				.rootCause()
				.hasMessageContaining("audit log");
		}
		assertThat(this.trail.verify()).satisfies((verification) -> assertThat(verification.intact()).isTrue());
	}

	@Test
	void exportsLinesThatAreCheckedWithoutThePortal(@TempDir Path folder) throws IOException {
		writeMany(1100);
		AuditExport export = new AuditExport(new AuditRepository(this.database.jdbc()), folder.resolve("key.pem"));
		String text = text(export);
		String key = export.publicKey();

		assertThat(text.lines()).hasSize(1102);
		assertThat(check(text, key).outcome()).isEqualTo(Outcome.INTACT);
		assertThat(check(text, null).outcome()).isEqualTo(Outcome.INTACT);
		assertThat(Files.getPosixFilePermissions(folder.resolve("key.pem")))
			.containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

		String[] lines = text.split("\n", -1);
		assertThat(check(text.replace(lines[700], lines[700].replace("approved", "denied")), key).text())
			.startsWith("Broken at entry 700 (line 701): The entry was changed");
		assertThat(check(text.replace(lines[700] + "\n", ""), key).text())
			.startsWith("Broken at entry 700 (line 701): The entry is missing.");
		assertThat(check(text.replace(lines[1100] + "\n", ""), key).text()).startsWith("Broken at entry 1100");
		assertThat(check(text.replace(lines[1101] + "\n", ""), key).outcome()).isEqualTo(Outcome.UNSIGNED);
		assertThat(check(text + lines[5] + "\n", key).outcome()).isEqualTo(Outcome.BROKEN);
		assertThat(check("", key).outcome()).isEqualTo(Outcome.UNREADABLE);
		assertThat(check("{\"a\":1}\n", key).outcome()).isEqualTo(Outcome.UNREADABLE);

		AuditExport other = new AuditExport(new AuditRepository(this.database.jdbc()), folder.resolve("other.pem"));
		assertThat(check(text(other), key).text()).contains("another key");
		assertThat(check(text.replace(lines[1101], text(other).split("\n", -1)[1101]), null).outcome())
			.as("the same lines under somebody else's seal")
			.isEqualTo(Outcome.INTACT);
		assertThat(check(text.replace(lines[1101], text(other).split("\n", -1)[1101]), key).outcome())
			.isEqualTo(Outcome.UNSIGNED);
	}

	@Test
	void findsARowThatWasAlteredInTheDatabaseInItsExport(@TempDir Path folder) throws IOException {
		writeMany(20);
		tamper("update audit_entry set username = 'mallory' where seq = 7");

		AuditExport export = new AuditExport(new AuditRepository(this.database.jdbc()), folder.resolve("key.pem"));

		assertThat(check(text(export), null).text()).startsWith("Broken at entry 7 ");
	}

	private static Finding check(String text, @Nullable String key) throws IOException {
		return ExportCheck.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), key);
	}

	private static String text(AuditExport export) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		export.writeTo(out);
		return out.toString(StandardCharsets.UTF_8);
	}

	@Test
	void tellsWhoDidWhatToWhat() {
		write("node.edited", "n1", "cmp-1", "port 16514", "port 16515");

		assertThat(all()).singleElement().satisfies((entry) -> {
			assertThat(entry.seq()).isEqualTo(1);
			assertThat(entry.at()).isEqualTo(Instant.parse("2026-11-22T14:02:03.123456Z"));
			assertThat(entry.personId()).isEqualTo("p1");
			assertThat(entry.username()).isEqualTo("ines");
			assertThat(entry.remoteAddress()).isNull();
			assertThat(entry.action()).isEqualTo("node.edited");
			assertThat(entry.subjectName()).isEqualTo("cmp-1");
			assertThat(entry.before()).isEqualTo("port 16514");
			assertThat(entry.after()).isEqualTo("port 16515");
			assertThat(entry.previousHash()).isEqualTo(Chain.START);
		});
	}

	@Test
	void saysThatThePortalItselfDidIt() {
		this.person = Optional.empty();
		write("change.expired", "c1", "Change 1", null, null);

		assertThat(all()).singleElement().satisfies((entry) -> {
			assertThat(entry.username()).isEqualTo("portal");
			assertThat(entry.personId()).isNull();
		});
	}

	@Test
	void goesWithItsTransaction() {
		this.database.transaction().executeWithoutResult((status) -> {
			write("node.removed", "n1", "cmp-1", "registered", null);
			status.setRollbackOnly();
		});

		assertThat(all()).isEmpty();
		assertThat(this.trail.verify()).isEqualTo(new AuditVerification(true, 0, Chain.START, null, null));
	}

	@Test
	void filtersBySubjectActionAndPerson() {
		write("node.created", "n1", "cmp-r07-14", null, "registered");
		write("node.edited", "n2", "CMP_r08", null, "x");
		this.person = Optional.of(new Person("p2", "sven", "Sven Koch", Set.of()));
		write("user.created", "u1", "nodes-admin", null, "x");

		assertThat(found(new AuditFilter("n1", null, null))).containsExactly("cmp-r07-14");
		assertThat(found(new AuditFilter("cmp", null, null))).containsExactly("CMP_r08", "cmp-r07-14");
		assertThat(found(new AuditFilter("_", null, null))).containsExactly("CMP_r08");
		assertThat(found(new AuditFilter("%", null, null))).isEmpty();
		assertThat(found(new AuditFilter(null, "node", null))).containsExactly("CMP_r08", "cmp-r07-14");
		assertThat(found(new AuditFilter(null, "node.created", null))).containsExactly("cmp-r07-14");
		assertThat(found(new AuditFilter(null, "nod", null))).isEmpty();
		assertThat(found(new AuditFilter(" ", null, "Sven"))).containsExactly("nodes-admin");
		assertThat(found(new AuditFilter("n1", null, "sven"))).isEmpty();
	}

	@Test
	void pagesFromTheNewest() {
		for (int i = 1; i <= 5; i++) {
			write("node.edited", "n" + i, "node " + i, null, null);
		}

		var second = this.trail.find(AuditFilter.NONE, new SliceRequest(1, 2, null, false));

		assertThat(second.items()).extracting(AuditEntry::seq).containsExactly(3L, 2L);
		assertThat(second.total()).isEqualTo(5);
	}

	@Test
	void findsTheEntryThatWasChanged() {
		writeMany(1100);
		assertThat(this.trail.verify().intact()).isTrue();

		tamper("update audit_entry set after_text = 'denied' where seq = 1042");

		AuditVerification verification = this.trail.verify();
		assertThat(verification.intact()).isFalse();
		assertThat(verification.brokenAt()).isEqualTo(1042);
		assertThat(verification.entries()).isEqualTo(1041);
		assertThat(verification.reason()).contains("changed");
	}

	@Test
	void findsTheEntryThatIsMissing() {
		writeMany(3);
		tamper("delete from audit_entry where seq = 2");

		assertThat(this.trail.verify()).satisfies((verification) -> {
			assertThat(verification.brokenAt()).isEqualTo(2);
			assertThat(verification.reason()).contains("missing");
		});
	}

	@Test
	void findsThatTheEndWasCutOff() {
		writeMany(3);
		tamper("delete from audit_entry where seq = 3");

		assertThat(this.trail.verify()).satisfies((verification) -> {
			assertThat(verification.intact()).isFalse();
			assertThat(verification.brokenAt()).isEqualTo(3);
		});
	}

	@Test
	void findsAnEntryThatWasWrittenAnewWithItsHash() {
		writeMany(3);
		AuditEntry second = all().get(1);
		AuditEntry forged = Chain.sealed(new AuditEntry(2, second.id(), second.at(), "p9", "mallory", null, null, "x",
				"x", "x", "x", null, null, "", ""), second.previousHash());
		tamper("update audit_entry set person_id = ?, username = ?, action = ?, subject_type = 'x', subject_id = 'x', "
				+ "subject_name = 'x', after_text = null, hash = ? where seq = 2", "p9", forged.username(),
				forged.action(), forged.hash());

		assertThat(this.trail.verify().brokenAt()).isEqualTo(3);
	}

	@Test
	void keepsOneChainWhenManyWriteAtOnce() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(6);
		try {
			List<Future<?>> running = new ArrayList<>();
			for (int i = 0; i < 60; i++) {
				String id = "n" + i;
				running.add(threads.submit(() -> write("node.edited", id, id, null, null)));
			}
			for (Future<?> future : running) {
				future.get();
			}
		}
		finally {
			threads.shutdownNow();
		}

		assertThat(this.trail.verify()).satisfies((verification) -> {
			assertThat(verification.intact()).isTrue();
			assertThat(verification.entries()).isEqualTo(60);
		});
	}

	private void writeMany(int count) {
		this.database.transaction().executeWithoutResult((status) -> {
			for (int i = 0; i < count; i++) {
				write("node.edited", "n" + i, "node", null, "approved");
			}
		});
	}

	private void write(String action, String id, String name, @Nullable String before, @Nullable String after) {
		this.trail.write(new AuditableEvent(action, "node", id, name, before, after));
	}

	private List<AuditEntry> all() {
		return this.trail.find(AuditFilter.NONE, FIRST).items();
	}

	private List<String> found(AuditFilter filter) {
		return this.trail.find(filter, FIRST).items().stream().map(AuditEntry::subjectName).toList();
	}

}
