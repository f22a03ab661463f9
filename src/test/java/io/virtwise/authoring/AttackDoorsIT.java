package io.virtwise.authoring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.rules.RulesRefused;
import io.virtwise.rules.internal.Attacks;
import io.virtwise.shared.ContentHash;
import io.virtwise.testing.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.ReflectionTestUtils;

import static io.virtwise.authoring.RulePortal.AMARA;
import static io.virtwise.authoring.RulePortal.DRAFTS;
import static io.virtwise.authoring.RulePortal.TOMASZ;
import static io.virtwise.authoring.RulePortal.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every hostile text at every door of the portal that could build or run it. Where a door
 * does not even take the text, it is put into the database by hand behind that door.
 */
class AttackDoorsIT {

	private static final String FILE = "attack.drl";

	/** Far more than any door needs on a busy machine: what hangs is found out. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@TempDir
	private static Path folder;

	private static Database database;

	private static RulePortal portal;

	private static SmartLifecycle follower;

	private static String author;

	private static String approver;

	/** A draft that is edited. */
	private static String draft;

	/** A harmless draft that waits for approval, with what its approver saw. */
	private static String waiting;

	private static String seen;

	private final HttpClient http = HttpClient.newHttpClient();

	private final AtomicInteger revision = new AtomicInteger(1_000);

	@BeforeAll
	static void start() {
		database = Database.inFiles(folder.resolve("portal"));
		portal = new RulePortal(database);
		author = token(AMARA, "\"rule:read\", \"rule:write\", \"node:read\"");
		approver = token(TOMASZ, "\"rule:read\", \"change:decide\"");
		portal.node("one", "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t: fpu vmx\n");
		draft = portal.draft(1, "hostile");
		waiting = portal.draft(1, "harmless");
		assertThat(portal.put(AMARA, DRAFTS + "/" + waiting + "/files/" + FILE, "// nothing yet\n").statusCode())
			.isEqualTo(201);
		seen = json(portal.post(AMARA, DRAFTS + "/" + waiting + "/submit", "")).get("contentHash").asString();
		follower = (SmartLifecycle) portal.bean("rulebaseFollower");
		// it looks when this test says so, and nobody else does
		follower.stop();
	}

	@AfterAll
	static void close() {
		portal.close();
		database.end().run();
	}

	@TestFactory
	Stream<DynamicTest> noTextComesThroughAnyDoor() throws IOException {
		Map<String, String> texts = new Attacks(canary()).texts();
		assertThat(texts).hasSizeGreaterThan(150);
		return texts.entrySet()
			.stream()
			.map((one) -> DynamicTest.dynamicTest(one.getKey(), () -> knock(one.getValue())));
	}

	private void knock(String text) throws Exception {
		int lines = text.split("\n", -1).length;
		keep(text);
		write(text);
		checkAndCases(lines);
		publish(lines);
		approve();
		activate(text, lines);
		assertThat(portal.bean(RuleWorkshop.class).active().revision().revision()).isEqualTo(1);
		HttpResponse<String> alive = send("POST", author, "/api/v1/assessments", "application/json",
				"{\"release\":\"26\"}");
		assertThat(alive.statusCode()).as(alive.body()).isEqualTo(200);
		assertThat(json(alive).get("rulebase").get("revision").asInt()).isEqualTo(1);
		assertThat(canary()).doesNotExist();
	}

	/** The draft holds the text afterwards: by the door, or else by hand. */
	private void write(String text) throws Exception {
		boolean there = !rows("select count(*) from rule_draft_file where draft = ? and path = ?", draft, FILE)
			.equals(0L);
		HttpResponse<String> written = send("PUT", author, DRAFTS + "/" + draft + "/files/" + FILE,
				"text/plain;charset=UTF-8", text, there ? "If-Match" : "If-None-Match", "*");
		if (written.statusCode() >= 300) {
			assertThat(written.statusCode()).as(written.body()).isIn(400, 413);
			assertThat(json(written).get("detail").asString()).contains(FILE);
			hold(draft, text);
		}
	}

	private void checkAndCases(int lines) throws Exception {
		HttpResponse<String> checked = send("POST", author, DRAFTS + "/" + draft + "/check", "application/json", "");
		assertThat(checked.statusCode()).isEqualTo(200);
		List<JsonNode> errors = errors(json(checked).get("problems"));
		assertThat(errors).isNotEmpty().allSatisfy((one) -> {
			assertThat(one.get("file").asString()).isEqualTo(FILE);
			assertThat(one.get("line").asInt()).isBetween(1, lines);
			assertThat(one.get("column").asInt()).isPositive();
			assertThat(one.get("message").asString()).isNotBlank();
		});
		HttpResponse<String> cases = send("POST", author, DRAFTS + "/" + draft + "/cases", "application/json", "");
		assertThat(cases.statusCode()).isEqualTo(200);
		assertThat(json(cases).get("green").asBoolean()).isFalse();
		assertThat(json(cases).get("passed").asInt()).isZero();
	}

	private void publish(int lines) throws Exception {
		refused(send("POST", author, DRAFTS + "/" + draft + "/impact", "application/json", ""), lines);
		refused(send("POST", author, DRAFTS + "/" + draft + "/submit", "application/json", ""), lines);
	}

	/** The text comes into a draft that waits already, behind everybody's back. */
	private void approve() throws Exception {
		database.jdbc()
			.sql("update rule_draft_file set text_sha256 = (select text_sha256 from rule_draft_file where draft = ?"
					+ " and path = ?) where draft = ? and path = ?")
			.params(draft, FILE, waiting, FILE)
			.update();
		HttpResponse<String> approved = send("POST", approver, DRAFTS + "/" + waiting + "/approve", "application/json",
				"{\"contentHash\":\"" + seen + "\"}");
		assertThat(approved.statusCode()).as(approved.body()).isEqualTo(409);
		ReflectionTestUtils.invokeMethod(follower, "buildAhead");
		assertThat(rows("select count(*) from rule_revision where number < 1000")).isEqualTo(1L);
	}

	/** A revision is made of the text by hand, asked for, and put in force by hand. */
	private void activate(String text, int lines) throws Exception {
		int number = this.revision.incrementAndGet();
		String hash = ContentHash.of(text).sha256();
		JdbcClient jdbc = database.jdbc();
		jdbc.sql("insert into rule_revision (number, sha256, content_sha256, author, message, published_at)"
				+ " values (?, ?, ?, 'amara', 'by hand', ?)")
			.params(number, hash, hash, OffsetDateTime.parse("2026-11-20T08:00:00Z"))
			.update();
		jdbc.sql("insert into rule_revision_file (revision, path, text_sha256) values (?, ?, ?)")
			.params(number, FILE, hash)
			.update();
		refused(send("POST", author, "/api/v1/rulebase/revisions/" + number + "/activate", "application/json", ""),
				lines);
		jdbc.sql("update rule_active set revision = ?").params(number).update();
		try {
			assertThatExceptionOfType(RulesRefused.class)
				.isThrownBy(() -> ReflectionTestUtils.invokeMethod(follower, "follow"))
				.satisfies((ex) -> assertThat(ex.problems()).isNotEmpty().allSatisfy((one) -> isPlaced(one, lines)));
		}
		finally {
			jdbc.sql("update rule_active set revision = 1").update();
		}
		assertThatExceptionOfType(RulesRefused.class)
			.isThrownBy(() -> portal.bean(RuleWorkshop.class).build(number, List.of(new RuleSource(FILE, text))))
			.satisfies((ex) -> assertThat(ex.problems()).isNotEmpty().allSatisfy((one) -> isPlaced(one, lines)));
	}

	private static void isPlaced(RuleProblem problem, int lines) {
		assertThat(problem.line()).as(problem.toString()).isBetween(1, lines);
		assertThat(problem.column()).as(problem.toString()).isPositive();
	}

	private static void refused(HttpResponse<String> response, int lines) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(409);
		assertThat(json(response).get("type").asString()).as(response.body()).endsWith("has-problems");
		assertThat(json(response).get("errors")).isNotEmpty().allSatisfy((one) -> {
			String[] place = one.get("field").asString().split(":");
			assertThat(place).as(response.body()).hasSize(3).startsWith(FILE);
			assertThat(Integer.parseInt(place[1])).isBetween(1, lines);
			assertThat(Integer.parseInt(place[2])).isPositive();
		});
	}

	private static List<JsonNode> errors(JsonNode problems) {
		return problems.valueStream().filter((one) -> one.get("severity").asString().equals("error")).toList();
	}

	private static void keep(String text) {
		database.jdbc()
			.sql("insert into rule_text (sha256, size, content) values (?, ?, ?) on conflict do nothing")
			.params(ContentHash.of(text).sha256(), text.length(), text)
			.update();
	}

	private static void hold(String of, String text) {
		database.jdbc().sql("delete from rule_draft_file where draft = ? and path = ?").params(of, FILE).update();
		database.jdbc()
			.sql("insert into rule_draft_file (draft, path, text_sha256) values (?, ?, ?)")
			.params(of, FILE, ContentHash.of(text).sha256())
			.update();
	}

	private static Long rows(String count, Object... parameters) {
		return database.jdbc().sql(count).params(parameters).query(Long.class).single();
	}

	/** A token costs less than a password, a thousand times. */
	private static String token(String user, String scopes) {
		return json(portal.post(user, "/api/v1/tokens", "{\"name\":\"doors\",\"scopes\":[" + scopes + "]}"))
			.get("token")
			.asString();
	}

	private HttpResponse<String> send(String method, String token, String path, String type, String body,
			String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(portal.url() + path))
			.timeout(PATIENCE)
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", type)
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	private static Path canary() {
		return folder.resolve("canary");
	}

}
