package io.virtwise;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import io.virtwise.access.Right;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

/**
 * What must hold whatever the room: four eyes see the person, reading changes nothing,
 * every answer carries its headers, and a sign-in grows old.
 */
class WholePortalTests extends WholePortal {

	private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)");

	private static final int MOST_PAGES = 400;

	@Test
	void fourEyesSeeThePersonWhateverTheyComeInBy() {
		made("mara", "/api/v1/users", "{\"username\": \"both\", \"password\": \"" + PASSWORD
				+ "\", \"roles\": [\"operator\", \"approver\"]}");
		String asks = token("both", Set.of(Right.CHANGE_READ, Right.CHANGE_REQUEST));
		String decides = token("both", Set.of(Right.CHANGE_READ, Right.CHANGE_DECIDE));
		String change = change("both", node("cmp-eyes"));
		assertThat(postBy(asks, "/api/v1/changes/" + change + "/submit", "{}")).hasStatusOk();
		String approval = "{\"contentHash\": \"%s\", \"comment\": \"fine\"}".formatted(contentHash("both", change));

		assertThat(postBy(asks, "/api/v1/changes/" + change + "/approve", approval)).hasStatus(403)
			.bodyText()
			.contains("urn:virtwise:problem:missing-scope", "change:decide");
		assertThat(postBy(decides, "/api/v1/changes/" + change + "/approve", approval)).hasStatus(403)
			.bodyText()
			.doesNotContain("missing-scope");
		assertThat(post("both", "/api/v1/changes/" + change + "/approve", approval)).hasStatus(403);
		assertThat(this.mvc.post()
			.uri("/changes/" + change + "/approve")
			.session(signIn("both"))
			.with(csrf())
			.param("confirmed", "true")
			.param("contentHash", contentHash("both", change))).hasStatus(403);
		assertThat(
				postBy(token("tomasz", Set.of(Right.CHANGE_READ)), "/api/v1/changes/" + change + "/approve", approval))
			.hasStatus(403);

		String tomasz = token("tomasz", Set.of(Right.CHANGE_READ, Right.CHANGE_DECIDE));
		assertThat(postBy(tomasz, "/api/v1/changes/" + change + "/approve", approval)).hasStatusOk();
		assertThat(post("priya", "/api/v1/changes/" + change + "/approve", approval)).hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("$.status", (status) -> assertThat(status).isEqualTo("approved"));
		assertThat(get("jonas", "/api/v1/audit?subject=" + change + "&person=tomasz")).bodyJson()
			.hasPathSatisfying("$.items[0].username", (name) -> assertThat(name).isEqualTo("tomasz"))
			.hasPathSatisfying("$.items[0].via",
					(via) -> assertThat(via).isEqualTo("token " + tomasz.substring(0, 12)));
	}

	@Test
	void fourEyesHoldForWhoGetsTheRoleMeanwhile() {
		String ida = made("mara", "/api/v1/users",
				"{\"username\": \"ida\", \"password\": \"" + PASSWORD + "\", \"roles\": [\"requester\"]}");
		String change = change("ida", node("cmp-role"));
		assertThat(post("ida", "/api/v1/changes/" + change + "/submit", "{}")).hasStatusOk();
		assertThat(this.mvc.patch()
			.uri("/api/v1/users/" + ida)
			.with(httpBasic("mara", PASSWORD))
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"roles\": [\"approver\", \"requester\", \"admin\"]}")).hasStatusOk();

		assertThat(post("ida", "/api/v1/changes/" + change + "/approve",
				"{\"contentHash\": \"%s\"}".formatted(contentHash("ida", change))))
			.hasStatus(403);
	}

	@Test
	void readingChangesNothingAndEveryAnswerHasItsHeaders() {
		String change = change("sven", node("cmp-crawl"));
		MockHttpSession mara = signIn("mara");
		Map<String, String> before = contents();

		Deque<String> left = new ArrayDeque<>(List.of("/", "/changes/" + change, "/api/docs", "/api/v1/changes"));
		this.mappings.stream()
			.flatMap((mapping) -> mapping.getHandlerMethods().keySet().stream())
			.flatMap((info) -> info.getPatternValues().stream())
			.filter((path) -> !path.contains("{") && !path.contains("*") && !path.equals("/error"))
			.forEach(left::add);
		Set<String> seen = new LinkedHashSet<>();
		while (!left.isEmpty() && seen.size() < MOST_PAGES) {
			String path = left.remove();
			if (!seen.add(path)) {
				continue;
			}
			MvcTestResult answer = this.mvc.get().uri(URI.create(path)).session(mara).exchange();
			assertThat(status(answer)).as(path).isLessThan(500);
			if (!path.startsWith("/webjars/")) {
				expectHeaders(path, answer);
			}
			if (String.valueOf(answer.getResponse().getContentType()).startsWith("text/html")) {
				Matcher links = LINK.matcher(raw(answer));
				while (links.find()) {
					left.add(links.group(1).replace("&amp;", "&"));
				}
			}
		}

		assertThat(seen).as("pages and calls looked at").hasSizeGreaterThan(60);
		assertThat(contents()).isEqualTo(before);
	}

	private static void expectHeaders(String path, MvcTestResult answer) {
		assertThat(answer.getResponse().getHeader("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
		assertThat(answer.getResponse().getHeader("X-Frame-Options")).as(path).isEqualTo("DENY");
		assertThat(answer.getResponse().getHeader("Referrer-Policy")).as(path).isEqualTo("same-origin");
		assertThat(answer.getResponse().getHeader("Cross-Origin-Opener-Policy")).as(path).isEqualTo("same-origin");
		assertThat(answer.getResponse().getHeader("Permissions-Policy")).as(path).isNotNull();
		assertThat(answer.getResponse().getHeader("Content-Security-Policy")).as(path)
			.contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'")
			.doesNotContain("unsafe");
		if (String.valueOf(answer.getResponse().getContentType()).startsWith("text/html")) {
			assertThat(answer.getResponse().getHeader("Cache-Control")).as(path).contains("no-store");
			assertThat(raw(answer)).as(path)
				.doesNotContainPattern("<[^>]+ style=")
				.doesNotContainPattern("<[^>]+ on[a-z]+=")
				.doesNotContainPattern("<script(?![^>]* src=)");
		}
	}

	/** All that is stored, table by table. */
	private Map<String, String> contents() {
		Map<String, String> contents = new TreeMap<>();
		this.jdbc
			.sql("select table_name from information_schema.tables where table_schema = 'public' "
					+ "and table_name not like 'flyway%' and table_name <> 'portal_job'") // the
																							// jobs'
																							// own
																							// clock
			.query(String.class)
			.list()
			.forEach((table) -> contents.put(table,
					this.jdbc.sql("select * from \"" + table + "\" order by 1, 2")
						.query()
						.listOfRows()
						.stream()
						.map((row) -> row.values()
							.stream()
							.map((value) -> (value instanceof byte[] bytes) ? ContentHash.of(bytes).sha256()
									: String.valueOf(value))
							.toList()
							.toString())
						.toList()
						.toString()));
		assertThat(contents).containsKeys("account", "audit_entry", "api_token", "node");
		return contents;
	}

	@Test
	void asksForThePasswordAgainBeforeApprovingAndStarting() {
		String change = change("sven", node("cmp-again"));
		assertThat(post("sven", "/api/v1/changes/" + change + "/submit", "{}")).hasStatusOk();
		MockHttpSession tomasz = signIn("tomasz");
		MovableClock.forward(Duration.ofMinutes(16));

		MvcTestResult asked = approve(tomasz, change, null);
		assertThat(asked).hasStatus(403).bodyText().contains("Your password again", "a &lt;remark&gt;");
		assertThat(raw(asked)).contains("name=\"contentHash\"", "name=\"confirmPassword\"").doesNotContain(PASSWORD);
		assertThat(approve(tomasz, change, "not this one")).hasStatus(403)
			.bodyText()
			.contains("This is not your password.");
		assertThat(this.mvc.post()
			.uri("/api/v1/changes/" + change + "/approve")
			.session(tomasz)
			.with(csrf().asHeader())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{}")).hasStatus(403).bodyText().contains("urn:virtwise:problem:confirm-sign-in");
		assertThat(JsonPath.<String>read(raw(get("sven", "/api/v1/changes/" + change)), "$.status"))
			.isEqualTo("waiting-for-approval");

		String id = tomasz.getId();
		assertThat(approve(tomasz, change, PASSWORD)).hasRedirectedUrl("/changes/" + change);
		assertThat(tomasz.getId()).as("session id after the password").isNotEqualTo(id);
		assertThat(this.mvc.get().uri("/changes/" + change).session(tomasz)).bodyText().contains("a &lt;remark&gt;");
		assertThat(get("jonas", "/api/v1/audit?action=session.confirmed&person=tomasz")).bodyText()
			.contains("session.confirmed");

		MockHttpSession sven = signIn("sven");
		MovableClock.forward(Duration.ofMinutes(16));
		assertThat(this.mvc.post().uri("/changes/" + change + "/start").session(sven).with(csrf())).hasStatus(403)
			.bodyText()
			.contains("Your password again", "This writes to nodes");
	}

	@Test
	void aSessionLastsNoLongerThanADay() {
		MockHttpSession ines = signIn("ines");
		MovableClock.forward(Duration.ofHours(11));
		assertThat(this.mvc.get().uri("/nodes").session(ines)).hasStatusOk();

		MovableClock.forward(Duration.ofMinutes(61));

		assertThat(this.mvc.get().uri("/nodes").session(ines)).hasRedirectedUrl("/signin");
		assertThat(ines.isInvalid()).isTrue();
	}

	@Test
	void slowsDownGuessingByBasicToo() {
		made("mara", "/api/v1/users", "{\"username\": \"target\", \"password\": \"" + PASSWORD + "\", \"roles\": []}");
		for (int i = 0; i < 5; i++) {
			assertThat(this.mvc.get().uri("/api/v1/tokens").with(httpBasic("target", "guess number " + i)))
				.hasStatus(401)
				.bodyText()
				.contains("urn:virtwise:problem:not-signed-in");
		}

		MvcTestResult paused = get("target", "/api/v1/tokens");

		assertThat(paused).hasStatus(401).bodyText().contains("urn:virtwise:problem:sign-in-paused", "Wait");
		assertThat(Integer.parseInt(String.valueOf(paused.getResponse().getHeader("Retry-After")))).isBetween(1, 61);
		MovableClock.forward(Duration.ofSeconds(62));
		assertThat(get("target", "/api/v1/tokens")).hasStatusOk();
	}

	private MvcTestResult approve(MockHttpSession session, String change, @Nullable String password) {
		var request = this.mvc.post()
			.uri("/changes/" + change + "/approve")
			.session(session)
			.with(csrf())
			.param("contentHash", contentHash("sven", change))
			.param("confirmed", "true")
			.param("comment", "a <remark>");
		return ((password != null) ? request.param("confirmPassword", password) : request).exchange();
	}

	private String contentHash(String username, String change) {
		return JsonPath.read(raw(get(username, "/api/v1/changes/" + change)), "$.contentHash");
	}

}
