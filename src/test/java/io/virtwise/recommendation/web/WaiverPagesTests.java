package io.virtwise.recommendation.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFactsReader.NodeReading;
import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.recommendation.Samples;
import io.virtwise.recommendation.Waiver;
import io.virtwise.recommendation.Waiver.Ending;
import io.virtwise.recommendation.Waivers;
import io.virtwise.recommendation.Waivers.Wish;
import io.virtwise.recommendation.internal.AssessmentFixtures;
import io.virtwise.recommendation.internal.NodeDossier;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.Slice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests for {@link WaiverPages} and {@link WaiverApi}.
 */
@WebMvcTest({ WaiverPages.class, WaiverApi.class })
@WithMockUser(authorities = "change:decide")
class WaiverPagesTests {

	private static final Instant NOW = Instant.parse("2026-11-22T14:02:00Z");

	private static final Wish WISH = new Wish("n1", "S19", "Module kvm_intel is not loaded", "it goes", "Compute",
			LocalDate.of(2026, 12, 24));

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private Waivers waivers;

	@MockitoBean
	private NodeDossier dossier;

	@MockitoBean
	private People people;

	@MockitoBean
	private CurrentUser currentUser;

	@BeforeEach
	void node() {
		given(this.currentUser.find())
			.willReturn(Optional.of(new Person("p2", "mara", "Mara Lindqvist", Set.of(Role.APPROVER))));
		given(this.people.nameOf("p2")).willReturn("Mara Lindqvist");
		given(this.dossier.node("n1")).willReturn(new Node("n1", "cmp-1", "cmp-1", 22, Transport.SSH, null, null, null,
				null, Map.of(), "/etc/nova/nova.conf", WriteMode.AUTO, 0, NOW));
		given(this.dossier.latest("n1")).willReturn(
				Optional.of(AssessmentFixtures.stored(
						"n1", NOW, new NodeReading(new Evidence(List.of(), null, Intent.UNKNOWN), "9.0.0", null,
								"cmp-1", 1, 1, List.of(), null, List.of()),
						Samples.intelWithoutModule(), Samples.blocked())));
		given(this.waivers.list(any(), any(), any()))
			.willReturn(new Slice<>(List.of(waiver(null), waiver(Ending.FACTS_CHANGED)), 0, 50, 2));
	}

	@Test
	void listsWaiversWithWhoAnswersForThem() {
		assertThat(page("/waivers")).contains("&lt;b&gt;it goes&lt;/b&gt;", "Compute", "2026-12-24", "Mara Lindqvist",
				"/waivers/w1/take-back", "The facts under the finding changed, so it is open again.");
		given(this.waivers.list(any(), any(), any())).willReturn(new Slice<>(List.of(), 0, 50, 0));
		assertThat(page("/waivers")).contains("Nothing is waived");
		assertThat(page("/waivers?status=ended")).contains("No waiver like that");
		assertThat(this.mvc.get().uri("/waivers?status=odd")).hasStatus(400);
	}

	@Test
	void showsWhatIsWaivedBesideTheForm() {
		assertThat(page("/nodes/n1/waivers/new?rule=S19&title=Module kvm_intel is not loaded")).contains(
				"lsmod: (printed nothing)", "value=\"2026-12-22\"", "type=\"date\"", "action=\"/nodes/n1/waivers\"");
	}

	@Test
	void keepsWhatWasTypedWhereAFieldCannotBeTaken() {
		given(this.waivers.waive(any()))
			.willThrow(Refused.invalid(List.of(new FieldFault("until", "is 2025-01-01; give a day after today"))));

		MvcTestResult result = this.mvc.post()
			.uri("/nodes/n1/waivers")
			.with(csrf())
			.param("rule", "S19")
			.param("reason", "<i>why</i>")
			.param("owner", "Compute")
			.param("until", "2025-01-01")
			.exchange();

		assertThat(result).hasStatus(422)
			.bodyText()
			.contains("is 2025-01-01; give a day after today", "&lt;i&gt;why&lt;/i&gt;", "href=\"#until\"",
					"aria-invalid=\"true\"");
		assertThat(this.mvc.post().uri("/nodes/n1/waivers").with(csrf()).param("until", "soon")).hasStatus(422)
			.bodyText()
			.contains("is not a day; write it as 2026-12-31");
	}

	@Test
	void waivesAndTakesBack() {
		assertThat(this.mvc.post()
			.uri("/nodes/n1/waivers")
			.with(csrf())
			.param("rule", "S19")
			.param("title", "Module kvm_intel is not loaded")
			.param("reason", "it goes")
			.param("owner", "Compute")
			.param("until", "2026-12-24")).hasRedirectedUrl("/nodes/n1#findings");
		then(this.waivers).should().waive(WISH);
		given(this.waivers.takeBack("w1")).willReturn(waiver(Ending.TAKEN_BACK));
		assertThat(this.mvc.post().uri("/waivers/w1/take-back").with(csrf())).hasRedirectedUrl("/waivers");
	}

	@Test
	void theApiDoesTheSame() {
		given(this.waivers.waive(WISH)).willReturn(waiver(null));
		assertThat(this.mvc.post()
			.uri("/api/v1/nodes/n1/waivers")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"rule\": \"S19\", \"title\": \"Module kvm_intel is not loaded\", \"reason\": \"it goes\","
					+ " \"owner\": \"Compute\", \"until\": \"2026-12-24\"}"))
			.hasStatus(201)
			.hasHeader("Location", "/api/v1/waivers/w1")
			.bodyJson()
			.satisfies((json) -> {
				assertThat(json).extractingPath("$.status").isEqualTo("active");
				assertThat(json).extractingPath("$.until").isEqualTo("2026-12-24");
				assertThat(json).extractingPath("$.createdBy.name").isEqualTo("Mara Lindqvist");
			});
		given(this.waivers.takeBack("w1")).willReturn(waiver(Ending.TAKEN_BACK));
		assertThat(this.mvc.delete().uri("/api/v1/waivers/w1").with(csrf())).hasStatusOk()
			.bodyJson()
			.extractingPath("$.ending")
			.isEqualTo("taken-back");
		assertThat(this.mvc.get().uri("/api/v1/waivers?status=all")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.total")
			.isEqualTo(2);
	}

	private String page(String path) {
		MvcTestResult result = this.mvc.get().uri(path).exchange();
		assertThat(result).hasStatusOk();
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private static Waiver waiver(@Nullable Ending ending) {
		return new Waiver("w1", "n1", "cmp-1", "S19", "Module kvm_intel is not loaded", "<b>it goes</b>", "Compute",
				LocalDate.of(2026, 12, 24), ContentHash.of("facts"), "p2", NOW, (ending != null) ? NOW : null, null,
				ending);
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
