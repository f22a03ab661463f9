package io.virtwise.authoring;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.virtwise.approval.RecentAuthors;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.test.util.ReflectionTestUtils;

import static io.virtwise.authoring.RulePortal.AMARA;
import static io.virtwise.authoring.RulePortal.DRAFTS;
import static io.virtwise.authoring.RulePortal.INES;
import static io.virtwise.authoring.RulePortal.MARA;
import static io.virtwise.authoring.RulePortal.TOMASZ;
import static io.virtwise.authoring.RulePortal.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The rulebase over HTTP on both databases, from the first revision to the way back.
 */
@OnBothDatabases
class RulebaseLifeIT {

	private static final Map<Database, RulePortal> PORTALS = new ConcurrentHashMap<>();

	private static final String VMX = "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t: fpu vmx\n";

	private static final String FILE = SmallRulebase.RULES;

	private final Database database;

	private final RulePortal portal;

	RulebaseLifeIT(Database database) {
		this.database = database;
		this.portal = PORTALS.computeIfAbsent(database, RulePortal::new);
	}

	@AfterAll
	static void close() {
		PORTALS.values().forEach(RulePortal::close);
		PORTALS.clear();
	}

	@Test
	void beginsWithWhatThePortalCameWith() {
		JsonNode first = json(this.portal.get(INES, "/api/v1/rulebase/revisions/1"));

		assertThat(first.get("revision").asInt()).isEqualTo(1);
		assertThat(first.get("author").get("id").asString()).isEqualTo("portal");
		assertThat(first.get("files").size()).isEqualTo(3);
		assertThat(first.get("sha256").asString()).hasSize(64);
		assertThat(this.portal.get(INES, "/api/v1/rulebase/revisions/99").statusCode()).isEqualTo(404);
		assertThat(this.portal.get(INES, "/api/v1/rulebase/revisions/one").statusCode()).isEqualTo(400);
	}

	@Test
	void takesWhatANewerVersionComesWithAsADraft() {
		JsonNode drafts = json(this.portal.get(INES, DRAFTS + "?open=true&size=500")).get("items");
		JsonNode draft = drafts.get(drafts.size() - 1);

		assertThat(draft.get("author").get("id").asString()).isEqualTo("portal");
		assertThat(draft.get("restsOn").asInt()).isEqualTo(1);
		assertThat(draft.get("files").toString()).contains("cpu-model.drl", "index.yaml")
			.doesNotContain(SmallRulebase.RULES);
		assertThat(draft.get("conflicts")).isEmpty();
	}

	@Test
	void keepsDraftsFromOverwritingEachOther() {
		String id = this.portal.draft(1, "tags");
		String path = DRAFTS + "/" + id + "/files/" + FILE;
		HttpResponse<String> read = this.portal.get(AMARA, path);
		String tag = read.headers().firstValue("ETag").orElseThrow();

		assertThat(read.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
		assertThat(this.portal.put(AMARA, path, "// x\n").statusCode()).isEqualTo(428);
		assertThat(this.portal.put(AMARA, path, "// x\n", "If-Match", "\"other\"").statusCode()).isEqualTo(412);
		assertThat(this.portal.put(AMARA, path, "// x\n", "If-None-Match", "*").statusCode()).isEqualTo(412);
		HttpResponse<String> written = this.portal.put(AMARA, path, "// é\n", "If-Match", tag);
		assertThat(written.statusCode()).isEqualTo(200);
		assertThat(this.portal.get(AMARA, path).body()).isEqualTo("// é\n");
		assertThat(this.portal.get(AMARA, path).headers().firstValue("ETag"))
			.isEqualTo(written.headers().firstValue("ETag"));
		assertThat(this.portal.put(AMARA, path, "// y\n", "If-Match", tag).statusCode()).isEqualTo(412);
		assertThat(this.portal
			.send(AMARA, "GET", path, "", "", "If-None-Match", written.headers().firstValue("ETag").orElseThrow())
			.statusCode()).isEqualTo(304);
		assertThat(this.portal.put(AMARA, DRAFTS + "/" + id + "/files/new.drl", "// n\n").statusCode()).isEqualTo(201);
		assertThat(this.portal.send(AMARA, "DELETE", DRAFTS + "/" + id + "/files/new.drl", "", "").statusCode())
			.isEqualTo(428);
		assertThat(this.portal.send(AMARA, "DELETE", DRAFTS + "/" + id + "/files/new.drl", "", "", "If-Match", "*")
			.statusCode()).isEqualTo(204);
		assertThat(this.portal.get(AMARA, DRAFTS + "/" + id + "/files/new.drl").statusCode()).isEqualTo(404);
	}

	@Test
	void refusesBadInputByName() {
		String id = this.portal.draft(1, "bad input");

		for (String path : List.of("UPPER.drl", "a.txt", ".hidden.drl", "a..drl", "%2e%2e%2fpasswd.drl", "a%00.drl")) {
			int status = this.portal.put(AMARA, DRAFTS + "/" + id + "/files/" + path, "// x\n").statusCode();
			assertThat(status).as(path).isEqualTo(400);
		}
		assertThat(this.portal.put(AMARA, DRAFTS + "/" + id + "/files/a.drl", "x".repeat(300_000)).statusCode())
			.isEqualTo(413);
		assertThat(this.portal.send(AMARA, "PUT", DRAFTS + "/" + id + "/files/a.drl", "application/json", "{}")
			.statusCode()).isEqualTo(415);
		assertThat(this.portal
			.send(AMARA, "PUT", DRAFTS + "/" + id + "/files/a.drl", "text/plain", new byte[] { (byte) 0xff, 'a' })
			.statusCode()).isEqualTo(400);
		HttpResponse<String> noMessage = this.portal.post(AMARA, DRAFTS, "{\"from\":1}");
		assertThat(noMessage.statusCode()).isEqualTo(400);
		assertThat(json(noMessage).get("errors").get(0).get("field").asString()).isEqualTo("message");
		HttpResponse<String> noRevision = this.portal.post(AMARA, DRAFTS, "{\"from\":99,\"message\":\"m\"}");
		assertThat(noRevision.statusCode()).isEqualTo(400);
		assertThat(json(noRevision).get("errors").get(0).get("field").asString()).isEqualTo("from");
		assertThat(this.portal.post(AMARA, DRAFTS, "{\"from\":\"x\",\"message\":\"m\"}").statusCode()).isEqualTo(400);
		assertThat(this.portal.post(INES, DRAFTS, "{\"from\":1,\"message\":\"m\"}").statusCode()).isEqualTo(403);
		assertThat(this.portal.get(AMARA, DRAFTS + "/nobody").statusCode()).isEqualTo(404);
	}

	@Test
	void goesAllTheWayAndBack() {
		int before = active();
		String id = this.portal.draft(before, "say it more kindly");
		this.portal.edit(id, FILE, SmallRulebase.SAYS, "vmx is there");
		String draft = DRAFTS + "/" + id;

		assertThat(json(this.portal.post(AMARA, draft + "/check", "")).get("problems").toString())
			.doesNotContain("\"error\"")
			.contains("no rule asks for a conclusion on Topic.HARDWARE");
		JsonNode cases = json(this.portal.post(AMARA, draft + "/cases", ""));
		assertThat(cases.get("green").asBoolean()).isTrue();
		assertThat(cases.get("failed").asInt()).isZero();
		assertThat(cases.get("passed").asInt()).isEqualTo(2);
		HttpResponse<String> submitted = this.portal.post(AMARA, draft + "/submit", "{\"message\":\"say it kindly\"}");
		assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(200);
		String hash = json(submitted).get("contentHash").asString();
		assertThat(json(submitted).get("status").asString()).isEqualTo("waiting-for-approval");
		assertThat(this.portal.put(AMARA, draft + "/files/" + FILE, "// x\n", "If-Match", "*").statusCode())
			.isEqualTo(409);
		assertThat(this.portal.post(AMARA, draft + "/approve", "{\"contentHash\":\"" + hash + "\"}").statusCode())
			.isEqualTo(403);
		assertThat(this.portal.post(TOMASZ, draft + "/approve", "{\"contentHash\":\"abc\"}").statusCode())
			.isEqualTo(400);
		assertThat(this.portal.post(TOMASZ, draft + "/approve", "{\"contentHash\":\"" + "0".repeat(64) + "\"}")
			.statusCode()).isEqualTo(409);
		assertThat(active()).isEqualTo(before);
		HttpResponse<String> approved = this.portal.post(TOMASZ, draft + "/approve",
				"{\"contentHash\":\"" + hash + "\",\"comment\":\"kinder indeed\"}");
		assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
		assertThat(json(approved).get("status").asString()).isEqualTo("published");
		int published = json(approved).get("revision").asInt();
		assertThat(active()).isEqualTo(published).isGreaterThan(before);
		assertThat(this.portal.revisionOfAssessments()).isEqualTo(published);
		assertThat(this.portal.post(TOMASZ, draft + "/approve", "{\"contentHash\":\"" + hash + "\"}").statusCode())
			.isEqualTo(409);

		JsonNode diff = json(this.portal.get(INES, "/api/v1/rulebase/revisions/" + before + "/diff/" + published));
		assertThat(diff.get("files").size()).isEqualTo(1);
		assertThat(diff.get("files").get(0).get("diff").asString())
			.contains("-    advise.finding(\"The processor has vmx\"", "+    advise.finding(\"vmx is there\"");
		assertThat(diff.get("rules").size()).isEqualTo(1);
		assertThat(diff.get("rules").get(0).get("rule").asString()).isEqualTo("V902");
		RecentAuthors authors = this.portal.bean(RecentAuthors.class);
		assertThat(authors.of(published, List.of("V901", "V902"), Instant.EPOCH)).singleElement()
			.satisfies((one) -> assertThat(one.revision()).isEqualTo(published));
		assertThat(authors.of(published, List.of("V902"), Instant.now().plusSeconds(60))).isEmpty();
		assertThat(authors.of(before, List.of("V901", "V902"), Instant.EPOCH)).hasSizeLessThanOrEqualTo(1);
		assertThat(blame(published, "V902")).isEqualTo(published);
		assertThat(blame(published, "V901")).isEqualTo(1);

		goesBack(before, published);
	}

	private void goesBack(int before, int published) {
		HttpResponse<String> asked = this.portal.post(AMARA, "/api/v1/rulebase/revisions/" + before + "/activate", "");
		assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
		assertThat(active()).isEqualTo(published);
		String verdict = "{\"contentHash\":\"" + json(asked).get("contentHash").asString() + "\"}";
		assertThat(this.portal.post(AMARA, "/api/v1/rulebase/revisions/" + before + "/activate", "").statusCode())
			.isEqualTo(409);
		HttpResponse<String> back = this.portal.post(TOMASZ,
				DRAFTS + "/" + json(asked).get("id").asString() + "/approve", verdict);
		assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
		assertThat(active()).isEqualTo(before);
		assertThat(this.portal.revisionOfAssessments()).isEqualTo(before);
		JsonNode audit = json(this.portal.get(MARA, "/api/v1/audit?action=rulebase.activated"));
		assertThat(audit.get("items").get(0).get("subjectId").asString()).isEqualTo(Integer.toString(before));
	}

	@Test
	void publishesNothingThatIsWrong() {
		String id = this.portal.draft(active(), "wrong");
		String draft = DRAFTS + "/" + id;
		HttpResponse<String> same = this.portal.post(AMARA, draft + "/submit", "");
		assertThat(same.statusCode()).isEqualTo(409);
		assertThat(same.body()).contains("nothing-changes");

		this.portal.edit(id, FILE, "vmx == Known.YES", "vmx == Known.YESS");
		JsonNode problems = json(this.portal.post(AMARA, draft + "/check", "")).get("problems");
		assertThat(problems.get(0).get("file").asString()).isEqualTo(FILE);
		assertThat(problems.get(0).get("line").asInt()).isPositive();
		assertThat(problems.get(0).get("severity").asString()).isEqualTo("error");
		assertThat(this.portal.post(AMARA, draft + "/submit", "").body()).contains("has-problems",
				"cannot be published");
		assertThat(this.portal.post(AMARA, draft + "/impact", "").body()).contains("has-problems", "2 errors.")
			.doesNotContain("published");

		this.portal.edit(id, FILE, "vmx == Known.YESS", "vmx == Known.NO");
		HttpResponse<String> red = this.portal.post(AMARA, draft + "/submit", "");
		assertThat(red.statusCode()).isEqualTo(409);
		assertThat(red.body()).contains("cases-differ", SmallRulebase.CASES);
	}

	@Test
	void locksAFileForWhoEditsIt() {
		String id = this.portal.draft(active(), "locked");
		String file = DRAFTS + "/" + id + "/files/" + FILE;
		author("berta");

		assertThat(this.portal.post(AMARA, file + "/lock", "").statusCode()).isEqualTo(200);
		HttpResponse<String> refused = this.portal.put("berta", file, "// b\n", "If-Match", "*");
		assertThat(refused.statusCode()).isEqualTo(409);
		assertThat(refused.body()).contains("Amara Okafor edits processor.drl since");
		assertThat(this.portal.post(AMARA, file + "/break-lock", "{\"note\":\"ill\"}").statusCode()).isEqualTo(403);
		assertThat(this.portal.post(MARA, file + "/break-lock", "{}").statusCode()).isEqualTo(400);
		assertThat(this.portal.post(MARA, file + "/break-lock", "{\"note\":\"Amara is ill\"}").statusCode())
			.isEqualTo(200);
		assertThat(this.portal.put("berta", file, "// b\n", "If-Match", "*").statusCode()).isEqualTo(200);
		assertThat(json(this.portal.get(INES, DRAFTS + "/" + id)).get("writers").toString()).contains("Amara", "berta");
	}

	@Test
	void tellsNobodyOfWhatTheyHelpedToWrite() {
		author("berta");
		String id = this.portal.draft(active(), "by two");
		this.portal.edit(id, FILE, SmallRulebase.SAYS, "vmx, say two");
		String cases = DRAFTS + "/" + id + "/files/" + SmallRulebase.CASES;
		assertThat(
				this.portal.put("berta", cases, this.portal.get("berta", cases).body() + "# berta\n", "If-Match", "*")
					.statusCode())
			.isEqualTo(200);
		assertThat(this.portal.page(TOMASZ, "/rules").body()).doesNotContain("waiting for you");

		assertThat(this.portal.post(AMARA, DRAFTS + "/" + id + "/submit", "").statusCode()).isEqualTo(200);

		assertThat(this.portal.page(TOMASZ, "/rules").body()).contains("waiting for you");
		assertThat(this.portal.page("berta", "/rules").body()).doesNotContain("waiting for you");
		assertThat(this.portal.page("berta", "/rules/drafts/" + id).body())
			.contains("You wrote something in this draft");
		assertThat(this.portal.post(AMARA, DRAFTS + "/" + id + "/withdraw", "").statusCode()).isEqualTo(200);
	}

	@Test
	void showsWhatADraftDoesToTheFleet() {
		String name = this.database.name().toLowerCase(Locale.ROOT);
		String with = this.portal.node(name + "-with", VMX);
		String same = this.portal.node(name + "-same", VMX);
		String without = this.portal.node(name + "-without", "processor\t: 0\nflags\t: fpu\n");
		String id = this.portal.draft(active(), "impact");
		this.portal.edit(id, FILE, SmallRulebase.SAYS, "vmx was seen");
		String path = DRAFTS + "/" + id + "/impact";

		assertThat(this.portal.get(AMARA, path).statusCode()).isEqualTo(404);
		assertThat(this.portal.post(INES, path, "").statusCode()).isEqualTo(403);
		JsonNode impact = json(this.portal.post(AMARA, path, ""));
		assertThat(impact.get("status").asString()).as(impact.toString()).isEqualTo("done");
		assertThat(impact.get("current").asBoolean()).isTrue();
		assertThat(impact.get("total").asInt()).isEqualTo(3);
		assertThat(impact.get("groups").get(0).get("kind").asString()).isEqualTo("findings");
		assertThat(impact.get("groups").get(0).get("nodes").asInt()).isEqualTo(2);
		assertThat(impact.get("nodes").toString()).contains(with, same, "INFO: vmx was seen").doesNotContain(without);
		JsonNode traces = json(this.portal.get(AMARA, path + "/nodes/" + with));
		assertThat(traces.get("before").get("findings").get(0).get("title").asString()).isEqualTo(SmallRulebase.SAYS);
		assertThat(traces.get("after").get("findings").get(0).get("title").asString()).isEqualTo("vmx was seen");
		assertThat(json(this.portal.get(AMARA, path + "/nodes?kind=verdict")).get("total").asInt()).isZero();
		assertThat(this.portal.get(AMARA, path + "/nodes?kind=odd").statusCode()).isEqualTo(400);

		this.portal.facts(same, VMX);
		assertThat(json(this.portal.get(AMARA, path)).get("current").asBoolean()).as("equal facts move nothing")
			.isTrue();
		HttpResponse<String> submitted = this.portal.post(AMARA, DRAFTS + "/" + id + "/submit", "");
		assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(200);
		this.portal.facts(without, VMX);
		assertThat(json(this.portal.get(AMARA, path)).get("current").asBoolean()).isFalse();
		String verdict = "{\"contentHash\":\"" + json(submitted).get("contentHash").asString() + "\"}";
		HttpResponse<String> unseen = this.portal.post(TOMASZ, DRAFTS + "/" + id + "/approve", verdict);
		assertThat(unseen.statusCode()).isEqualTo(409);
		assertThat(unseen.body()).contains("impact-changed", "3 of 3 nodes");
		assertThat(json(this.portal.get(TOMASZ, path)).get("changed").asInt()).isEqualTo(3);
		assertThat(this.portal.page(TOMASZ, "/rules/drafts/" + id).body()).contains("3 of 3",
				"nodes get another result", "For the content");
		assertThat(this.portal.page(TOMASZ, "/rules/drafts/" + id + "/impact/nodes").body()).contains(name + "-with",
				"reads otherwise: INFO: vmx was seen");
		assertThat(this.portal.page(TOMASZ, "/rules/drafts/" + id + "/impact/nodes/" + with).body())
			.contains("vmx was seen", SmallRulebase.SAYS);
		assertThat(this.portal.post(AMARA, DRAFTS + "/" + id + "/withdraw", "").statusCode()).isEqualTo(200);
	}

	/** No case has such a processor, so only the fleet can show it. */
	@Test
	void findsOnTheFleetWhereRulesDisagree() {
		String node = this.portal.node(this.database.name().toLowerCase(Locale.ROOT) + "-odd",
				"processor\t: 0\nvendor_id\t: CentaurHauls\nflags\t: fpu\n");
		String id = this.portal.draft(active(), "they disagree");
		String text = this.portal.get(AMARA, DRAFTS + "/" + id + "/files/" + FILE).body();
		for (String value : List.of("none", "host-model")) {
			text += """

					rule "V9%d One of two"
					@id(V9%1$d) @doc("nova virt") @severity(HIGH)
					when
					    CpuInfo(vendorId == "CentaurHauls")
					then
					    advise.settings("libvirt/cpu_mode=%s");
					end
					""".formatted(10 + value.length(), value);
		}
		assertThat(this.portal.put(AMARA, DRAFTS + "/" + id + "/files/" + FILE, text, "If-Match", "*").statusCode())
			.isEqualTo(200);
		assertThat(json(this.portal.post(AMARA, DRAFTS + "/" + id + "/cases", "")).get("green").asBoolean()).isTrue();

		JsonNode impact = json(this.portal.post(AMARA, DRAFTS + "/" + id + "/impact", ""));

		assertThat(impact.get("groups").get(0).get("kind").asString()).as(impact.toString()).isEqualTo("conflicts");
		assertThat(impact.get("nodes").get(0).get("id").asString()).isEqualTo(node);
		assertThat(impact.get("nodes").get(0).get("conflicts").toString()).contains("V914", "V920", "cpu_mode");
		assertThat(this.portal.page(AMARA, "/rules/drafts/" + id).body()).contains("Rules disagree");
		assertThat(this.portal.page(AMARA, "/rules/drafts/" + id + "/impact/nodes?kind=conflicts").body())
			.contains("V914", "V920");
		assertThat(this.portal.submit(AMARA, "/rules/drafts/" + id + "/discard").statusCode()).isEqualTo(200);
		assertThat(this.portal.send("sven", "DELETE", "/api/v1/nodes/" + node, "", "").statusCode()).isBetween(200,
				204);
	}

	@Test
	void showsBothSidesOfAFileThatBothChanged() {
		int before = active();
		String late = this.portal.draft(before, "late, too");
		this.portal.edit(late, FILE, SmallRulebase.SAYS, "vmx, says the draft");
		String first = this.portal.draft(before, "first, too");
		this.portal.edit(first, FILE, SmallRulebase.SAYS, "vmx, says the revision");
		String hash = json(this.portal.post(AMARA, DRAFTS + "/" + first + "/submit", "")).get("contentHash").asString();
		assertThat(this.portal.post(TOMASZ, DRAFTS + "/" + first + "/approve", "{\"contentHash\":\"" + hash + "\"}")
			.statusCode()).isEqualTo(200);
		int published = active();
		String file = DRAFTS + "/" + late + "/files/" + FILE;

		JsonNode rebased = json(this.portal.post(AMARA, DRAFTS + "/" + late + "/rebase", ""));

		assertThat(rebased.get("conflicts").toString()).contains(FILE);
		assertThat(this.portal.page(AMARA, "/rules/drafts/" + late).body()).contains("Changed on both sides",
				"vmx, says the draft", "vmx, says the revision", SmallRulebase.SAYS);
		assertThat(this.portal.post(AMARA, DRAFTS + "/" + late + "/submit", "").statusCode()).isEqualTo(409);
		assertThat(this.portal.post(AMARA, file + "/resolve", "{\"take\":\"neither\"}").statusCode()).isEqualTo(400);
		JsonNode resolved = json(this.portal.post(AMARA, file + "/resolve", "{\"take\":\"theirs\"}"));
		assertThat(resolved.get("conflicts")).isEmpty();
		assertThat(this.portal.get(AMARA, file).body()).contains("vmx, says the revision");

		assertThat(this.portal.post(AMARA, file + "/restore", "{\"revision\":" + before + "}").statusCode())
			.isEqualTo(200);
		assertThat(this.portal.get(AMARA, file).body()).contains(SmallRulebase.SAYS)
			.doesNotContain("says the revision");
		HttpResponse<String> zip = this.portal.get(INES, "/api/v1/rulebase/revisions/" + published + "/zip");
		assertThat(zip.headers().firstValue("Content-Type")).hasValue("application/zip");
		assertThat(zip.body()).startsWith("PK").contains(FILE, SmallRulebase.CASES);
		goesBack(before, published);
	}

	/**
	 * The portal is updated while an author still has to decide: the new rules wait as a
	 * draft of their own, with what they and the revision in force both changed.
	 */
	@Test
	void takesANewerVersionInWhileADraftIsInConflict() {
		int before = active();
		String late = this.portal.draft(before, "late, and then an update");
		this.portal.edit(late, FILE, SmallRulebase.SAYS, "vmx, says the draft");
		String first = this.portal.draft(before, "ours, before the update");
		this.portal.edit(first, FILE, SmallRulebase.SAYS, "vmx, says our revision");
		this.portal.edit(first, "base-nodes.yaml", "nothing: {}", "nothing: {} # ours");
		String hash = json(this.portal.post(AMARA, DRAFTS + "/" + first + "/submit", "")).get("contentHash").asString();
		assertThat(this.portal.post(TOMASZ, DRAFTS + "/" + first + "/approve", "{\"contentHash\":\"" + hash + "\"}")
			.statusCode()).isEqualTo(200);
		int published = active();
		assertThat(json(this.portal.post(AMARA, DRAFTS + "/" + late + "/rebase", "")).get("conflicts").toString())
			.contains(FILE);

		forgetWhatThisVersionCameWith();
		ReflectionTestUtils.invokeMethod(this.portal.bean("distribution"), "takeIn");

		JsonNode arrived = json(this.portal.get(INES, DRAFTS + "?open=true")).get("items").get(0);
		String draft = DRAFTS + "/" + arrived.get("id").asString();
		assertThat(arrived.get("author").get("id").asString()).isEqualTo("portal");
		assertThat(arrived.get("restsOn").asInt()).isEqualTo(published);
		assertThat(arrived.get("conflicts").toString()).contains(FILE, "base-nodes.yaml")
			.doesNotContain(SmallRulebase.CASES);
		assertThat(arrived.get("files").toString()).contains("cpu-model.drl", FILE).doesNotContain(SmallRulebase.CASES);
		assertThat(active()).isEqualTo(published);
		assertThat(this.portal.page(AMARA, "/rules/drafts/" + arrived.get("id").asString()).body())
			.contains("Changed on both sides", "vmx, says our revision", "# ours");
		HttpResponse<String> undecided = this.portal.post(AMARA, draft + "/submit", "");
		assertThat(undecided.statusCode()).isEqualTo(409);
		assertThat(undecided.body()).contains("undecided", FILE, "base-nodes.yaml");

		assertThat(json(this.portal.get(AMARA, DRAFTS + "/" + late)).get("conflicts").toString())
			.as("what the author has to decide stays")
			.contains(FILE);
		assertThat(json(
				this.portal.post(AMARA, DRAFTS + "/" + late + "/files/" + FILE + "/resolve", "{\"take\":\"ours\"}"))
			.get("conflicts")).isEmpty();
		assertThat(this.portal.get(AMARA, DRAFTS + "/" + late + "/files/" + FILE).body())
			.contains("vmx, says the draft");

		this.portal.post(AMARA, draft + "/files/" + FILE + "/resolve", "{\"take\":\"theirs\"}");
		JsonNode decided = json(
				this.portal.post(AMARA, draft + "/files/base-nodes.yaml/resolve", "{\"take\":\"theirs\"}"));
		assertThat(decided.get("conflicts")).as(decided.toString()).isEmpty();
		assertThat(decided.get("files").toString()).contains("base-nodes.yaml").doesNotContain(FILE);
		assertThat(this.portal.get(AMARA, draft + "/files/base-nodes.yaml").body()).doesNotContain("# ours");
		assertThat(this.portal.submit(AMARA, "/rules/drafts/" + arrived.get("id").asString() + "/discard").statusCode())
			.isEqualTo(200);
		goesBack(before, published);
	}

	/** As in the database of an earlier version. */
	private void forgetWhatThisVersionCameWith() {
		String latest = this.database.jdbc()
			.sql("select content_sha256 from rule_distribution order by seen_at desc limit 1")
			.query(String.class)
			.single();
		this.database.jdbc().sql("update rule_draft set distribution = null").update();
		this.database.jdbc().sql("delete from rule_distribution_file where content_sha256 = ?").params(latest).update();
		this.database.jdbc().sql("delete from rule_distribution where content_sha256 = ?").params(latest).update();
	}

	/**
	 * A run that goes on in another replica, which asks between pages whether to go on.
	 */
	@Test
	void stopsARunThatGoesOnSomewhere() {
		String id = this.portal.draft(active(), "too long");
		String page = "/rules/drafts/" + id;
		String content = json(this.portal.get(AMARA, DRAFTS + "/" + id)).get("contentHash").asString();
		this.database.jdbc()
			.sql("insert into rule_impact (id, draft, content_sha256, revision, pulse_nodes, status, total, done,"
					+ " judged, changed, asked_by, begun_at, seen_at) values (?, ?, ?, ?, 9000, 'running', 9000, 4000,"
					+ " 4000, 7, 'amara', ?, ?)")
			.params("run" + id.substring(3), id, content, active(), now(), now())
			.update();
		assertThat(this.portal.page(AMARA, page).body()).contains("4000 of 9000 nodes judged, 7 change so far",
				">Stop<", "hx-trigger=\"every 1s\"");

		HttpResponse<String> refused = this.portal.send(INES, "DELETE", DRAFTS + "/" + id + "/impact", "", "");
		HttpResponse<String> stopped = this.portal.submit(AMARA, page + "/impact/cancel");

		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(stopped.statusCode()).isEqualTo(200);
		assertThat(json(this.portal.get(AMARA, DRAFTS + "/" + id + "/impact")).get("status").asString())
			.isEqualTo("stopping");
		this.database.jdbc()
			.sql("update rule_impact set status = 'cancelled', ended_at = ? where draft = ?")
			.params(now(), id)
			.update();
		assertThat(this.portal.page(AMARA, page).body()).contains("The run was stopped after 4000 of 9000 nodes.");
		JsonNode audit = json(this.portal.get(MARA, "/api/v1/audit?action=rules.impact-cancelled"));
		assertThat(audit.get("items")).as(audit.toString()).isNotEmpty();
	}

	private static OffsetDateTime now() {
		return OffsetDateTime.now(ZoneOffset.UTC);
	}

	@Test
	void takesArchivesAndWhatCameIntoForceMeanwhile() throws IOException {
		int before = active();
		String late = this.portal.draft(before, "late");
		this.portal.edit(late, SmallRulebase.CASES, "case: it can", "case: it really can");
		String first = this.portal.draft(before, "first");
		this.portal.edit(first, FILE, SmallRulebase.SAYS, "vmx is there now");
		String hash = json(this.portal.post(AMARA, DRAFTS + "/" + first + "/submit", "")).get("contentHash").asString();
		assertThat(this.portal.post(TOMASZ, DRAFTS + "/" + first + "/approve", "{\"contentHash\":\"" + hash + "\"}")
			.statusCode()).isEqualTo(200);
		int published = active();

		assertThat(this.portal.post(AMARA, DRAFTS + "/" + late + "/submit", "").statusCode()).isEqualTo(409);
		HttpResponse<String> rebased = this.portal.post(AMARA, DRAFTS + "/" + late + "/rebase", "");
		assertThat(json(rebased).get("restsOn").asInt()).as(rebased.body()).isEqualTo(published);
		assertThat(json(rebased).get("conflicts")).isEmpty();
		assertThat(this.portal.get(AMARA, DRAFTS + "/" + late + "/files/" + FILE).body()).contains("vmx is there now");
		goesBack(before, published);

		byte[] archive = archive("more.cases.yaml", "# nothing yet\n[]\n");
		HttpResponse<String> uploaded = this.portal.send(AMARA, "PUT", DRAFTS + "/" + late + "/zip", "application/zip",
				archive);
		assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(200);
		assertThat(json(uploaded).get("files").toString()).contains("more.cases.yaml", FILE);
		assertThat(this.portal.send(AMARA, "PUT", DRAFTS + "/" + late + "/zip", "application/zip", new byte[] { 1, 2 })
			.statusCode()).isEqualTo(400);
		assertThat(this.portal.send(INES, "PUT", DRAFTS + "/" + late + "/zip", "application/zip", archive).statusCode())
			.isEqualTo(403);
		HttpResponse<String> idle = this.portal.send(AMARA, "DELETE", DRAFTS + "/" + late + "/impact", "", "");
		assertThat(idle.statusCode()).isEqualTo(409);
		assertThat(idle.body()).contains("not-running");
	}

	/** The walls hold at every verb that could build or run a text. */
	@Test
	void runsNothingOfAHostileTextAtAnyVerb() throws Exception {
		Path canary = Files.createTempDirectory("virtwise-canary").resolve("sings");
		String id = this.portal.draft(active(), "hostile");
		this.portal.edit(id, FILE, "advise.finding(",
				"new java.io.File(\"" + canary + "\").createNewFile(); advise.finding(");
		String draft = DRAFTS + "/" + id;

		assertThat(json(this.portal.post(AMARA, draft + "/check", "")).get("problems").size()).isPositive();
		assertThat(json(this.portal.post(AMARA, draft + "/cases", "")).get("green").asBoolean()).isFalse();
		assertThat(this.portal.post(AMARA, draft + "/impact", "").statusCode()).isEqualTo(409);
		assertThat(this.portal.post(AMARA, draft + "/submit", "").body()).contains("has-problems");
		assertThat(
				this.portal
					.post(TOMASZ, draft + "/approve",
							"{\"contentHash\":\"" + json(this.portal.get(AMARA, draft)).get("contentHash").asString()
									+ "\"}")
					.statusCode())
			.isBetween(400, 409);
		assertThat(this.portal.revisionOfAssessments()).isEqualTo(active());
		assertThat(canary).doesNotExist();
	}

	@Test
	void worksOnPagesWithoutScript() {
		assertThat(this.portal.page(INES, "/rules").body())
			.contains("is in force", "processor.drl", "you need the right rule:write")
			.doesNotContain("style=", "<script>");
		HttpResponse<String> begun = this.portal.submit(AMARA, "/rules/drafts", "message", "by hand <b>", "from", "1");
		assertThat(begun.statusCode()).isEqualTo(200);
		assertThat(begun.body()).contains("by hand &lt;b&gt;", "Nothing differs").doesNotContain("<b>");
		String address = begun.uri().getPath();
		String file = address + "/files/" + FILE;
		String page = this.portal.page(AMARA, file).body();
		Matcher tag = Pattern.compile("name=\"etag\"[^>]* value=\"([0-9a-f]{64})\"").matcher(page);
		assertThat(tag.find()).isTrue();
		assertThat(page).contains("data-editor=\"drools\"", "rule &quot;V901 It can&quot;");
		HttpResponse<String> wrong = this.portal.submit(AMARA, file + "/problems", "text", "rule \"V9\"\r\nnone");
		assertThat(wrong.body()).contains("data-problem-line=", "Error").doesNotContain("<html");
		HttpResponse<String> saved = this.portal.submit(AMARA, file, "etag", tag.group(1), "text",
				"// only\r\n// a comment <i>\r\n");
		assertThat(saved.body()).contains("You edit this file since", "// a comment &lt;i&gt;");
		assertThat(this.portal.get(AMARA, "/api/v1/rulebase/drafts/" + address.substring(14) + "/files/" + FILE).body())
			.isEqualTo("// only\n// a comment <i>\n");
		HttpResponse<String> late = this.portal.submit(AMARA, file, "etag", tag.group(1), "text", "// late");
		assertThat(late.statusCode()).isEqualTo(412);
		assertThat(late.body()).contains("// late", "Read it again");
		assertThat(this.portal.page(AMARA, address).body()).contains("V902", "removed");
		assertThat(this.portal.submit(AMARA, address + "/cases").body()).contains("id=\"cases\"");
		assertThat(this.portal.page(INES, "/rules/revisions/1").body()).contains("Where each rule comes from", "V901",
				"The portal");
		assertThat(this.portal.page(INES, "/rules/revisions/1/files/" + FILE).body()).contains("V902 It is told");
		assertThat(this.portal.submit(AMARA, address + "/discard").body()).contains("Given up");
	}

	@Test
	void everyReplicaFollows() throws Exception {
		assumeThat(this.database.name()).as("several replicas share PostgreSQL").isEqualTo("PostgreSQL");
		int before = active();
		String id = this.portal.draft(before, "replicas");
		this.portal.edit(id, FILE, SmallRulebase.SAYS, "vmx, everywhere");
		try (RulePortal other = new RulePortal(this.database)) {
			assertThat(other.revisionOfAssessments()).isEqualTo(before);
			String hash = json(this.portal.post(AMARA, DRAFTS + "/" + id + "/submit", "")).get("contentHash")
				.asString();
			HttpResponse<String> approved = this.portal.post(TOMASZ, DRAFTS + "/" + id + "/approve",
					"{\"contentHash\":\"" + hash + "\"}");
			assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
			int published = json(approved).get("revision").asInt();
			long began = System.nanoTime();
			int seen = before;
			// each answer is asked for, and each must come: one that is dropped fails the
			// test
			while (seen != published && System.nanoTime() - began < Duration.ofSeconds(30).toNanos()) {
				seen = other.revisionOfAssessments();
				assertThat(seen).isIn(before, published);
			}
			assertThat(seen).isEqualTo(published);
			assertThat(Duration.ofNanos(System.nanoTime() - began)).as("how long the other replica took")
				.isLessThan(Duration.ofSeconds(5));
			stopsARunOfTheOther(other);
		}
		goesBack(before, json(this.portal.get(INES, "/api/v1/rulebase")).get("revision").asInt());
	}

	/**
	 * A run is held up where it keeps what it found, so that there is time to stop it
	 * from elsewhere.
	 */
	private void stopsARunOfTheOther(RulePortal other) throws Exception {
		String node = this.portal.node("stopped-run", VMX);
		String id = this.portal.draft(active(), "stopped elsewhere");
		this.portal.edit(id, FILE, "vmx, everywhere", "vmx, nowhere");
		String path = DRAFTS + "/" + id + "/impact";
		CompletableFuture<HttpResponse<String>> asked;
		try (Connection holding = this.database.dataSource().getConnection()) {
			holding.setAutoCommit(false);
			try (Statement statement = holding.createStatement()) {
				statement.execute("lock table rule_impact_node in exclusive mode");
			}
			asked = CompletableFuture.supplyAsync(() -> this.portal.post(AMARA, path, ""));
			long began = System.nanoTime();
			while (!other.get(AMARA, path).body().contains("\"running\"")) {
				assertThat(Duration.ofNanos(System.nanoTime() - began)).as("the run begins")
					.isLessThan(Duration.ofMinutes(1));
			}
			assertThat(other.send(AMARA, "DELETE", path, "", "").statusCode()).isEqualTo(200);
			assertThat(json(other.get(AMARA, path)).get("status").asString()).isEqualTo("stopping");
			holding.rollback();
			holding.setAutoCommit(true);
		}
		HttpResponse<String> ended = asked.get(1, TimeUnit.MINUTES);

		assertThat(json(ended).get("status").asString()).as(ended.body()).isEqualTo("cancelled");
		assertThat(json(other.get(AMARA, path)).get("status").asString()).isEqualTo("cancelled");
		assertThat(this.portal.submit(AMARA, "/rules/drafts/" + id + "/discard").statusCode()).isEqualTo(200);
		assertThat(this.portal.send("sven", "DELETE", "/api/v1/nodes/" + node, "", "").statusCode()).isBetween(200,
				204);
	}

	private static byte[] archive(String path, String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.putNextEntry(new ZipEntry(path));
			zip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	private void author(String name) {
		this.portal.post(MARA, "/api/v1/users", "{\"username\":\"" + name
				+ "\",\"password\":\"hypervisor-demo\",\"roles\":[\"rule-author\",\"approver\"]}");
	}

	private int blame(int revision, String rule) {
		JsonNode rules = json(this.portal.get(INES, "/api/v1/rulebase/revisions/" + revision + "/blame")).get("rules");
		for (JsonNode one : rules) {
			if (one.get("rule").asString().equals(rule)) {
				return one.get("revision").asInt();
			}
		}
		return 0;
	}

	private int active() {
		return json(this.portal.get(INES, "/api/v1/rulebase")).get("revision").asInt();
	}

}
