package io.virtwise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.virtwise.RightsTable.Row;
import io.virtwise.access.Right;
import io.virtwise.access.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.RequestMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Every handler of the portal, as its mappings name it, asked for by everybody who could:
 * nobody, a person without a role, each role; by session, by a token with all scopes, by
 * a token with none. What is to come out stands in {@link RightsTable}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RightsMatrixTests extends WholePortal {

	/** Nothing has it, so that what is allowed changes nothing. */
	private static final String NO_ID = "nosuchid000000000000";

	private final Map<String, MockHttpSession> sessions = new LinkedHashMap<>();

	private final Map<String, String> tokens = new LinkedHashMap<>();

	private final Map<String, String> objects = new LinkedHashMap<>();

	private int asked;

	@BeforeAll
	void makeEverybody() {
		nodesAnswer();
		makeObjects();
		for (String name : names()) {
			this.sessions.put(name, signIn(name));
			Role role = PEOPLE.get(name);
			this.tokens.put(name + " all", token(name, (role != null) ? role.rights() : Set.of()));
			this.tokens.put(name + " none", token(name, Set.of()));
		}
	}

	@Test
	void everyRouteIsInTheTableAndNothingElse() {
		assertThat(new TreeSet<>(RightsTable.rows().keySet()))
			.as("rows of RightsTable; a new route needs a row that says who may use it")
			.isEqualTo(new TreeSet<>(routes()));
	}

	/**
	 * Whoever may not do it is told so, also where nothing of what was sent makes sense.
	 */
	@TestFactory
	Stream<DynamicTest> theRightIsAskedForBeforeTheInputIsRead() {
		return RightsTable.rows()
			.values()
			.stream()
			.filter((row) -> row.isApi() && !row.rights().isEmpty() && !row.method().matches("GET|DELETE"))
			.map((row) -> DynamicTest.dynamicTest(row.toString(), () -> {
				for (Caller caller : callers()) {
					if (!row.allows(caller.rights()) && caller.session() != null) {
						String asked = row + " as " + caller;
						// where only one type of body is taken, no other one leads to the
						// handler
						assertThat(status(ask(row.sending("json {\"odd"), caller, true))).as(asked).isIn(403, 415);
						assertThat(status(ask(row.sending(null), caller, true))).as(asked).isIn(403, 415);
					}
				}
			}));
	}

	@TestFactory
	Stream<DynamicTest> everyRouteAnswersEverybodyAsTheTableSays() {
		List<String> known = routes().stream().filter(RightsTable.rows()::containsKey).toList();
		return Stream.concat(
				known.stream()
					.map((route) -> DynamicTest.dynamicTest(route, () -> check(RightsTable.rows().get(route)))),
				Stream.of(DynamicTest.dynamicTest("the matrix has a decent size",
						() -> assertThat(this.asked).as("answers looked at, of %d routes", known.size())
							.isGreaterThan(known.size() * 10))));
	}

	private void check(@Nullable Row row) {
		Objects.requireNonNull(row);
		if (row.isPublic()) {
			assertThat(status(ask(row, Caller.NOBODY, true))).as(row + " without sign-in").isNotIn(401, 403);
			return;
		}
		expectSignIn(row, ask(row, Caller.NOBODY, true));
		for (Caller caller : callers()) {
			boolean api = row.isApi();
			if (caller.token() != null && !api) {
				if (caller.role() == Role.ADMIN) {
					expectSignIn(row, ask(row, caller, true));
				}
				continue;
			}
			MvcTestResult answer = ask(row, caller, true);
			String asked = row + " as " + caller;
			if (row.byPassword() && caller.token() != null) {
				assertThat(body(answer)).as(asked).contains("urn:virtwise:problem:not-by-token");
				assertThat(status(answer)).as(asked).isEqualTo(403);
			}
			else if (row.allows(caller.rights())) {
				assertThat(status(answer)).as(asked + "\n" + body(answer)).isEqualTo(row.answer());
			}
			else {
				expectRefusal(row, caller, answer, asked);
			}
			if (!row.method().equals("GET") && caller.token() == null && caller.role() == Role.ADMIN) {
				MvcTestResult forged = ask(row, caller, false);
				assertThat(status(forged)).as(asked + " without CSRF token").isEqualTo(403);
				assertThat(body(forged)).as(asked + " without CSRF token").contains("lacks the token of a page");
			}
		}
	}

	private void expectSignIn(Row row, MvcTestResult answer) {
		if (row.isApi()) {
			assertThat(status(answer)).as(row + " without sign-in").isEqualTo(401);
			assertThat(answer.getResponse().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			assertThat(answer.getResponse().getHeaders("WWW-Authenticate")).hasSize(2);
		}
		else {
			assertThat(status(answer)).as(row + " without sign-in").isEqualTo(302);
			assertThat(answer.getResponse().getRedirectedUrl()).isEqualTo("/signin");
		}
	}

	private void expectRefusal(Row row, Caller caller, MvcTestResult answer, String asked) {
		if (row.looksFirst() && status(answer) == 302) {
			assertThat(answer.getMvcResult().getFlashMap().get("refusal")).as(asked).isNotNull();
			return;
		}
		assertThat(status(answer)).as(asked + "\n" + body(answer)).isEqualTo(403);
		// whoever may not even see the object is told so first
		Right named = Arrays.stream(Right.values())
			.filter((right) -> !caller.rights().contains(right))
			.filter((right) -> row.rights().contains(right) || right.authority().endsWith(":read"))
			.filter((right) -> body(answer).contains(right.authority()))
			.findFirst()
			.orElseThrow(() -> new AssertionError(asked + " does not name the right: " + body(answer)));
		if (caller.role() != null && caller.role().rights().contains(named)) {
			assertThat(body(answer)).as(asked).contains("urn:virtwise:problem:missing-scope");
		}
		else if (row.isApi()) {
			assertThat(body(answer)).as(asked).contains("urn:virtwise:problem:missing-right", "An administrator");
		}
		else {
			assertThat(body(answer)).as(asked).contains("Who grants it", "Mara Lindqvist");
		}
	}

	private MvcTestResult ask(Row row, Caller caller, boolean withCsrf) {
		this.asked++;
		var request = this.mvc.method(HttpMethod.valueOf(row.method()))
			.uri(row.filled(id(row, caller), NO_ID))
			.accept(row.isApi() ? "*/*" : "text/html,*/*");
		MockHttpSession session = caller.session();
		if (session != null) {
			request.session(session).with((sent) -> {
				sent.setRequestedSessionId(session.getId());
				sent.setRequestedSessionIdValid(true);
				return sent;
			});
		}
		if (caller.token() != null) {
			request.header("Authorization", "Bearer " + caller.token());
		}
		if (withCsrf && !row.method().equals("GET") && (!row.isApi() || session != null)) {
			request.with(csrf());
		}
		row.fill(request);
		return request.exchange();
	}

	/**
	 * Who may not do it asks for an object that is there, and somebody else's: 404 would
	 * say nothing of rights.
	 */
	private String id(Row row, Caller caller) {
		boolean may = row.allows(caller.rights());
		return may ? NO_ID
				: this.objects.entrySet()
					.stream()
					.filter((object) -> row.path().replace("/api/v1", "").startsWith(object.getKey()))
					.findFirst()
					.map(Map.Entry::getValue)
					.orElse(NO_ID);
	}

	/** Everybody who can be signed in, each by all ways. */
	private List<Caller> callers() {
		List<Caller> callers = new ArrayList<>();
		for (String name : names()) {
			Role role = PEOPLE.get(name);
			Set<Right> rights = (role != null) ? role.rights() : Set.of();
			callers.add(new Caller(name, role, rights, this.sessions.get(name), null));
			callers.add(new Caller(name, role, rights, null, this.tokens.get(name + " all")));
			if (role == Role.ADMIN || role == Role.APPROVER) {
				callers.add(new Caller(name, role, Set.of(), null, this.tokens.get(name + " none")));
			}
		}
		return callers;
	}

	private static List<String> names() {
		return Stream.concat(PEOPLE.keySet().stream().sorted(), Stream.of("nemo")).toList();
	}

	/** A person without a role, a node, a change of it, and a draft of rules. */
	private void makeObjects() {
		this.objects.put("/users/", made("mara", "/api/v1/users",
				"{\"username\": \"nemo\", \"password\": \"" + PASSWORD + "\", \"roles\": []}"));
		String node = node("cmp-1");
		this.objects.put("/nodes/", node);
		this.objects.put("/changes/", change("mara", node));
		String draft = made("amara", "/api/v1/rulebase/drafts", "{\"message\": \"somebody's\"}");
		this.objects.put("/rules/drafts/", draft);
		this.objects.put("/rulebase/drafts/", draft);
	}

	private List<String> routes() {
		return this.mappings.stream()
			.flatMap((mapping) -> mapping.getHandlerMethods().keySet().stream())
			.flatMap((info) -> {
				Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
				return info.getPatternValues()
					.stream()
					.filter((path) -> !path.equals("/error"))
					.flatMap((path) -> (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods).stream()
						.map((method) -> method.name() + " " + path));
			})
			.distinct()
			.sorted()
			.toList();
	}

	/**
	 * Somebody who asks.
	 *
	 * @param name the username
	 * @param role the one role, {@code null} for none
	 * @param rights what they may this way
	 * @param session where they come from a page
	 * @param token where they come by one
	 */
	private record Caller(String name, @Nullable Role role, Set<Right> rights, @Nullable MockHttpSession session,
			@Nullable String token) {

		static final Caller NOBODY = new Caller("nobody", null, Set.of(), null, null);

		@Override
		public String toString() {
			String way = (this.session != null) ? "session" : "token with "
					+ Arrays.stream(Right.values()).filter(this.rights::contains).map(Right::authority).toList();
			return this.name + " (" + ((this.role != null) ? this.role.name().toLowerCase(Locale.ROOT) : "no role")
					+ ", " + way + ")";
		}

	}

}
