package io.virtwise.ui.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.access.Role;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.WebUtils;

/**
 * What the frame of one page shows; in templates as {@code #frame}.
 */
public final class Frame {

	/** The cookie that keeps a person's choice of light or dark. */
	public static final String THEME_COOKIE = "theme";

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

	private static final List<Group> NAVIGATION = List.of(
			new Group("Operate",
					List.of(new Entry("overview", "Overview", "/", "ti-layout-dashboard", null),
							new Entry("assess", "Assess a node", "/assess", "ti-stethoscope", null),
							new Entry("nodes", "Nodes", "/nodes", "ti-server-2", Right.NODE_READ),
							new Entry("migration", "Migration", "/migration", "ti-arrows-exchange", Right.NODE_READ),
							new Entry("credentials", "Credentials", "/credentials", "ti-certificate", Right.NODE_WRITE),
							new Entry("changes", "Changes", "/changes", "ti-git-pull-request", Right.CHANGE_READ),
							new Entry("drift", "Drift", "/drift", "ti-git-compare", Right.NODE_READ))),
			new Group("Rules",
					List.of(new Entry("rules", "Rulebase", "/rules", "ti-file-code", Right.RULE_READ),
							new Entry("knowledge", "Knowledge", "/knowledge", "ti-book-2", null))),
			new Group("Govern",
					List.of(new Entry("approvals", "Approvals", "/approvals", "ti-gavel", Right.CHANGE_DECIDE),
							new Entry("waivers", "Waivers", "/waivers", "ti-eye-off", Right.NODE_READ),
							new Entry("audit", "Audit", "/audit", "ti-shield-check", Right.AUDIT_READ))),
			new Group("Admin",
					List.of(new Entry("users", "Users", "/users", "ti-users", Right.USER_WRITE),
							new Entry("approval-policy", "Approval policy", "/approval-policy", "ti-scale",
									Right.POLICY_WRITE),
							new Entry("webhooks", "Webhooks", "/webhooks", "ti-webhook", Right.WEBHOOK_WRITE))));

	private final CurrentUser currentUser;

	private final @Nullable HttpServletRequest request;

	public Frame(CurrentUser currentUser, @Nullable HttpServletRequest request) {
		this.currentUser = currentUser;
		this.request = request;
	}

	/** The groups of the navigation, with only what the person may open. */
	public List<Group> navigation() {
		Optional<Person> person = this.currentUser.find();
		if (person.isEmpty()) {
			return List.of();
		}
		List<Group> groups = new ArrayList<>();
		for (Group group : NAVIGATION) {
			List<Entry> open = group.entries().stream().filter((entry) -> entry.opensFor(person.get())).toList();
			if (!open.isEmpty()) {
				groups.add(new Group(group.title(), open));
			}
		}
		return groups;
	}

	/** Who is signed in, {@code null} where nobody is. */
	public @Nullable Person person() {
		return this.currentUser.find().orElse(null);
	}

	/** Whether the person may do this, by the right's authority such as "node:write". */
	public boolean may(String authority) {
		return this.currentUser.find()
			.map((person) -> person.rights().stream().anyMatch((right) -> right.authority().equals(authority)))
			.orElse(false);
	}

	/** The person's roles as a sentence part, for example "Operator, approver". */
	public String roles() {
		String titles = this.currentUser.find()
			.map((person) -> person.roles().stream().sorted().map(Role::title).collect(Collectors.joining(", ")))
			.orElse("");
		return titles.isEmpty() ? "No role yet" : titles;
	}

	/** One or two letters of the person's name. */
	public String initials() {
		return this.currentUser.find().map(Person::displayName).map(Frame::initialsOf).orElse("");
	}

	private static String initialsOf(String name) {
		List<String> words = WORD.matcher(name).results().map(MatchResult::group).toList();
		if (words.isEmpty()) {
			return "?";
		}
		String first = words.get(0).substring(0, words.get(0).offsetByCodePoints(0, 1));
		String last = words.get(words.size() - 1);
		String both = (words.size() == 1) ? first : first + last.substring(0, last.offsetByCodePoints(0, 1));
		return both.toUpperCase(Locale.ROOT);
	}

	/** What the person chose: light, dark, or "system" where they did not choose. */
	public String theme() {
		Cookie cookie = (this.request != null) ? WebUtils.getCookie(this.request, THEME_COOKIE) : null;
		String value = (cookie != null) ? cookie.getValue() : "";
		return (value.equals("light") || value.equals("dark")) ? value : "system";
	}

	/** What to paint before any script ran. */
	public String bootstrapTheme() {
		return theme().equals("dark") ? "dark" : "light";
	}

	/** Path and query of this page, to come back to. */
	public String here() {
		if (this.request == null || !this.request.getMethod().equals("GET")) {
			return "/";
		}
		String query = this.request.getQueryString();
		String path = this.request.getRequestURI().substring(this.request.getContextPath().length());
		return (query != null) ? path + "?" + query : path;
	}

	/** The header that htmx sends with every request from this page, as JSON. */
	public @Nullable String csrfHeaders() {
		Object token = (this.request != null) ? this.request.getAttribute(CsrfToken.class.getName()) : null;
		return (token instanceof CsrfToken csrf) ? "{\"" + csrf.getHeaderName() + "\":\"" + csrf.getToken() + "\"}"
				: null;
	}

	/** The address of another page of a list. */
	public String pageUrl(String baseUrl, int page) {
		return baseUrl + (baseUrl.contains("?") ? "&" : "?") + "page=" + page;
	}

	/** The ids of what explains a field, for {@code aria-describedby}. */
	public @Nullable String describedBy(String name, @Nullable String error, @Nullable String hint) {
		List<String> ids = new ArrayList<>();
		if (hint != null) {
			ids.add(name + "-hint");
		}
		if (error != null) {
			ids.add(name + "-error");
		}
		return ids.isEmpty() ? null : String.join(" ", ids);
	}

	/**
	 * A group of the navigation.
	 *
	 * @param title its name
	 * @param entries what is in it
	 */
	public record Group(String title, List<Entry> entries) {
	}

	/**
	 * A link of the navigation.
	 *
	 * @param key names it for the page that is current
	 * @param title its word
	 * @param path where it leads
	 * @param icon the icon's class
	 * @param right what one needs to open it, {@code null} for nothing but being signed
	 * in
	 */
	public record Entry(String key, String title, String path, String icon, @Nullable Right right) {

		boolean opensFor(Person person) {
			return this.right == null || person.may(this.right);
		}

	}

}
