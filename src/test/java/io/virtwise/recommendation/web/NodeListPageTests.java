package io.virtwise.recommendation.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.facts.NodeFactsReader;
import io.virtwise.facts.NodeFactsReader.Reachability;
import io.virtwise.node.Nodes;
import io.virtwise.recommendation.internal.NodeListing;
import io.virtwise.recommendation.internal.NodeListing.Filter;
import io.virtwise.recommendation.internal.NodeListing.Row;
import io.virtwise.rules.Verdict;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;

/**
 * Tests for {@link NodeListPage}.
 */
@WebMvcTest(NodeListPage.class)
@WithMockUser
class NodeListPageTests {

	private static final Instant NOW = Instant.parse("2026-11-22T14:02:00Z");

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private NodeListing listing;

	@MockitoBean
	private Nodes nodes;

	@MockitoBean
	private NodeFactsReader reader;

	@MockitoBean
	private CurrentUser currentUser;

	@BeforeEach
	void twoNodes() {
		signIn(Role.OPERATOR);
		given(this.reader.reachability()).willReturn(new Reachability(true, "9.0.0", null));
		given(this.nodes.count()).willReturn(120L);
		given(this.listing.groups()).willReturn(List.of("dc1", "dc 2"));
		given(this.listing.list(any(), any())).willReturn(new Slice<>(
				List.of(new Row("n1", "cmp-1", "10.0.0.1", "SSH", "mitaka", "dc1", "blocked", NOW.minusSeconds(600), 2,
						false), new Row("n2", "cmp-2", "10.0.0.2", "TLS", null, null, null, null, null, true)),
				0, 50, 120));
	}

	@Test
	void showsEachNodeWithItsVerdict() {
		assertThat(page("/nodes")).contains("120 nodes are registered", "href=\"/nodes/n1\"", "Blocked", "10 min ago",
				"10.0.0.1 · ssh", "Not assessed", "last reading failed", "never", "1 to 2 of 120",
				"href=\"/nodes/new\"");
	}

	@Test
	void keepsFilterAndSortInEveryLink() {
		String page = page("/nodes?q=a%26b&verdict=blocked&group=dc%202&sort=verdict,desc");

		assertThat(page).contains("120 of 120 match", "Clear filters", "value=\"a&amp;b\"")
			.contains("/nodes?q=a%26b&amp;group=dc%202&amp;verdict=blocked&amp;sort=name%2Casc")
			.contains("/nodes?q=a%26b&amp;group=dc%202&amp;verdict=blocked&amp;sort=verdict%2Cdesc&amp;page=1")
			.contains("aria-sort=\"descending\"");
		then(this.listing).should()
			.list(new Filter("a&b", "dc 2", Verdict.BLOCKED, null), new SliceRequest(0, 50, "verdict", true));
	}

	@Test
	void findsNodesThatWereNeverAssessed() {
		page("/nodes?verdict=not-assessed");

		then(this.listing).should().list(new Filter(null, null, null, false), new SliceRequest(0, 50, null, false));
	}

	@Test
	void saysTheFirstStepWhereThereIsNoNode() {
		given(this.nodes.count()).willReturn(0L);
		given(this.listing.list(any(), any())).willReturn(new Slice<>(List.of(), 0, 50, 0));

		assertThat(page("/nodes")).contains("No nodes yet", "Register the first compute node")
			.doesNotContain("placeholder=\"Name or host\"");

		signIn(Role.AUDITOR);

		assertThat(page("/nodes")).contains("An operator registers the first compute node")
			.doesNotContain("href=\"/nodes/new\"");
	}

	@Test
	void offersToClearFiltersWhereNothingMatches() {
		given(this.listing.list(any(), any())).willReturn(new Slice<>(List.of(), 0, 50, 0));

		assertThat(page("/nodes?q=zzz")).contains("No node matches", "0 of 120 match");
	}

	@Test
	void saysTheRemedyWhereLibvirtsLibraryIsMissing() {
		given(this.reader.reachability()).willReturn(new Reachability(false, null, "Run apt install libvirt0."));

		assertThat(page("/nodes")).contains("Nodes cannot be reached from this machine.", "Run apt install libvirt0.");
	}

	private String page(String uri) {
		MvcTestResult result = this.mvc.get().uri(java.net.URI.create(uri)).exchange();
		assertThat(result).hasStatusOk();
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private void signIn(Role role) {
		given(this.currentUser.find()).willReturn(Optional.of(new Person("p1", "ines", "Ines Moreau", Set.of(role))));
	}

	/**
	 * The time of these tests.
	 */
	@TestConfiguration
	static class Beans {

		@Bean
		Clock clock() {
			return Clock.fixed(NOW, ZoneOffset.UTC);
		}

	}

}
