package io.virtwise.recommendation.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.virtwise.facts.NodeFactsReader;
import io.virtwise.node.Nodes;
import io.virtwise.recommendation.internal.NodeListing;
import io.virtwise.recommendation.internal.NodeListing.Filter;
import io.virtwise.rules.Verdict;
import io.virtwise.shared.Refused;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The list of nodes. Filter, sort and page are parameters of the address, so that a list
 * can be sent to somebody.
 */
@Controller
class NodeListPage {

	private final NodeListing listing;

	private final Nodes nodes;

	private final NodeFactsReader reader;

	NodeListPage(NodeListing listing, Nodes nodes, NodeFactsReader reader) {
		this.listing = listing;
		this.nodes = nodes;
		this.reader = reader;
	}

	@GetMapping("/nodes")
	String list(@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort, @RequestParam(required = false) @Nullable String q,
			@RequestParam(required = false) @Nullable String group,
			@RequestParam(required = false) @Nullable String verdict, Model model) {
		SliceRequest request = SliceRequest.of(page, size, sort, NodeListing.sortable());
		Query query = new Query(given(q), given(group), given(verdict), given(sort), size);
		model.addAttribute("nodes", this.listing.list(filter(query), request))
			.addAttribute("list",
					new ListView(query.q(), query.group(), query.verdict(), query.sort(), this.nodes.count(),
							query.filtered(), this.listing.groups(), verdicts(), columns(query, request),
							query.url(query.sort())))
			.addAttribute("unreachable", NodeDossierPages.remedy(this.reader.reachability()));
		return "recommendation/nodes";
	}

	private static Filter filter(Query query) {
		if (NodeListing.NOT_ASSESSED.equals(query.verdict())) {
			return new Filter(query.q(), query.group(), null, false);
		}
		Verdict verdict = (query.verdict() == null) ? null
				: Arrays.stream(Verdict.values())
					.filter((each) -> each.key().equals(query.verdict()))
					.findFirst()
					.orElseThrow(() -> Refused.invalid("verdict", "is not one of " + String.join(", ", verdicts())));
		return new Filter(query.q(), query.group(), verdict, null);
	}

	private static List<String> verdicts() {
		List<String> keys = new ArrayList<>();
		Arrays.stream(Verdict.values()).map(Verdict::key).forEach(keys::add);
		keys.add(NodeListing.NOT_ASSESSED);
		return keys;
	}

	private static List<Column> columns(Query query, SliceRequest request) {
		return List.of(column("name", "Name", "", query, request), column("verdict", "Verdict", "", query, request),
				column("differing", "Differ", "num", query, request),
				column("group", "Group", "hide-sm", query, request),
				column("release", "Release", "hide-sm", query, request),
				column("assessedAt", "Assessed", "num hide-sm", query, request));
	}

	private static Column column(String key, String title, String css, Query query, SliceRequest request) {
		boolean current = key.equals((request.sortBy() != null) ? request.sortBy() : "name");
		boolean next = current && !request.descending();
		return new Column(title, css, current ? (request.descending() ? "descending" : "ascending") : null,
				query.url(key + (next ? ",desc" : ",asc")));
	}

	private static @Nullable String given(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text.strip();
	}

	/**
	 * What the address asks for.
	 */
	private record Query(@Nullable String q, @Nullable String group, @Nullable String verdict, @Nullable String sort,
			@Nullable Integer size) {

		boolean filtered() {
			return this.q != null || this.group != null || this.verdict != null;
		}

		/** The list's address with another sort and without a page. */
		String url(@Nullable String otherSort) {
			UriComponentsBuilder url = UriComponentsBuilder.fromPath("/nodes");
			List<Object> values = new ArrayList<>();
			add(url, values, "q", this.q);
			add(url, values, "group", this.group);
			add(url, values, "verdict", this.verdict);
			add(url, values, "sort", otherSort);
			add(url, values, "size", this.size);
			return url.encode().buildAndExpand(values.toArray()).toUriString();
		}

		private static void add(UriComponentsBuilder url, List<Object> values, String name, @Nullable Object value) {
			if (value != null) {
				url.queryParam(name, "{" + name + "}");
				values.add(value);
			}
		}

	}

	/**
	 * What the page needs beside the rows.
	 */
	record ListView(@Nullable String q, @Nullable String group, @Nullable String verdict, @Nullable String sort,
			long registered, boolean filtered, List<String> groups, List<String> verdicts, List<Column> columns,
			String pagerUrl) {
	}

	/**
	 * The head of a column.
	 *
	 * @param title its word
	 * @param css its class
	 * @param order ascending or descending, {@code null} where the list is not sorted by
	 * it
	 * @param url the list sorted by it, the other way round if it is already
	 */
	record Column(String title, String css, @Nullable String order, String url) {
	}

}
