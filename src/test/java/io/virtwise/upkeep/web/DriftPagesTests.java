package io.virtwise.upkeep.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.change.ChangeReports;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.Nodes;
import io.virtwise.nova.NovaConfEditor;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.upkeep.DriftFinding;
import io.virtwise.upkeep.DriftFinding.Closing;
import io.virtwise.upkeep.DriftFinding.Kind;
import io.virtwise.upkeep.DriftWatch;
import io.virtwise.upkeep.DriftWatch.Remains;
import io.virtwise.upkeep.DriftWatch.Standing;
import io.virtwise.upkeep.DriftWatch.Unreachable;
import io.virtwise.upkeep.DriftWatch.Which;
import io.virtwise.upkeep.NodeWatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.http.MediaType;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests for {@link DriftPages} and {@link DriftApi}.
 */
@WebMvcTest({ DriftPages.class, DriftApi.class })
@MockitoBean(types = { Nodes.class, ChangeReports.class })
@WithMockUser(authorities = "change:request")
class DriftPagesTests {

	private static final Instant AT = Instant.parse("2026-11-22T14:02:00Z");

	private static final String APPROVED = """
			[DEFAULT]
			transport_url = rabbit://nova:hunter2@mq:5672/
			[libvirt]
			virt_type = kvm
			""";

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private DriftWatch drift;

	@MockitoBean
	private CurrentUser currentUser;

	@BeforeEach
	void watched() {
		signIn(Role.OPERATOR);
		given(this.drift.standing()).willReturn(new Standing(true, Duration.ofHours(1), 3, 1, 1, AT,
				List.of(new Unreachable("n2", "cmp-2", AT, "cmp-2 did not answer within 15 s.", AT))));
		found(finding(Kind.CHANGED, APPROVED.replace("kvm", "<img src=x onerror=alert(1)> ${7*7}"), null));
	}

	@Test
	void listsWhatDriftedAndWhatWasNotCheckedApart() {
		assertThat(page("/drift")).contains("cmp-1", "/etc/nova/nova.conf holds something else.", "Drifted", "Change 7",
				"3 nodes are watched, each about every 1 h", "Not checked since", "cmp-2 did not answer within 15 s.");
		assertThat(this.mvc.get().uri("/drift?status=odd")).hasStatus(400);
	}

	@Test
	void tellsAnEmptyListFromAnEmptyWatchAndSaysWhenItIsOff() {
		given(this.drift.list(any(), any())).willReturn(new Slice<>(List.of(), 0, 50, 0));
		assertThat(page("/drift")).contains("No drift is known", "Not every node could be compared")
			.doesNotContain("Nothing is watched yet");

		given(this.drift.standing()).willReturn(new Standing(false, Duration.ofHours(1), 0, 0, 0, null, List.of()));
		assertThat(page("/drift")).contains("Nothing is watched yet", "The watch is switched off.");
	}

	@Test
	void showsTheDiffWithSecretsMaskedAndBothWaysOut() {
		assertThat(page("/drift/d1"))
			.contains("virt_type = kvm", "&lt;img src=x onerror=alert(1)&gt; ${7*7}", "/drift/d1/put-back",
					"/drift/d1/accept", "/nodes/n1/drift/check", "Writes nothing.")
			.doesNotContain("hunter2", "onerror=alert(1)>", "style=");
	}

	@Test
	void saysSoWhereOnlySecretsDiffer() {
		found(finding(Kind.CHANGED, APPROVED.replace("hunter2", "hunter3"), null));

		assertThat(page("/drift/d1")).contains("They differ only in values that are masked here")
			.doesNotContain("hunter3");
		assertThat(this.mvc.get().uri("/api/v1/drift/d1")).bodyJson().extractingPath("$.secretsOnly").isEqualTo(true);
	}

	@Test
	void offersNothingToAcceptWhereThereIsNothingAndNothingAtAllOnceItIsOver() {
		found(finding(Kind.MISSING, null, null));
		assertThat(page("/drift/d1")).contains("There is nothing on the node that could be accepted.")
			.containsPattern("formaction=\"/drift/d1/accept\"[^>]*disabled");

		found(finding(Kind.CHANGED, "x", Closing.BACK));
		assertThat(page("/drift/d1")).contains("Is back", "The file is what was approved again.")
			.doesNotContain("Answer it", "drift/check");
	}

	@Test
	void saysHowAPersonPutsANovaConfBackThatIsGone() {
		found(finding(Kind.MISSING, null, null));
		given(this.drift.remains(any()))
			.willReturn(Optional.of(new Remains("/etc/nova/nova.conf.virtwise-7", "owner 0, group 42, mode 0640")));
		assertThat(page("/drift/d1"))
			.contains("never makes one", "cp -pn /etc/nova/nova.conf.virtwise-7 /etc/nova/nova.conf",
					"It had owner 0, group 42, mode 0640", "Check again here", "/nodes/n1/drift/check")
			.doesNotContain("/drift/d1/put-back");

		given(this.drift.remains(any())).willReturn(Optional.of(new Remains(null, null)));
		assertThat(page("/drift/d1")).contains("put it there from a backup").doesNotContain("cp -pn", "It had");
	}

	@Test
	void namesTheFileThatOverrulesAndOffersNoAnswerThatWouldNotHelp() {
		found(finding(Kind.OVERRULED, APPROVED, null));

		assertThat(page("/drift/d1"))
			.contains("as approved, but nova also reads something else",
					"virt_type = qemu stands in /etc/nova/x.conf, line 3", "Take that line out there")
			.doesNotContain("/drift/d1/put-back", "/drift/d1/accept");
	}

	@Test
	void whoMayNotAskSeesWhy() {
		signIn(Role.AUDITOR);

		assertThat(page("/drift/d1")).contains("Asking needs the right change:request.")
			.doesNotContain("/nodes/n1/drift/check");
	}

	@Test
	void comesBackWithWhatWasTypedAndWhatWasRefused() {
		given(this.drift.putBack("d1", "a <b>reason</b>"))
			.willThrow(Refused.conflict("drift-over", "There is nothing left to answer."));

		MvcTestResult result = this.mvc.post()
			.uri("/drift/d1/put-back")
			.with(csrf())
			.param("reason", "a <b>reason</b>")
			.exchange();

		assertThat(result).hasStatus(409)
			.bodyText()
			.contains("There is nothing left to answer.", "a &lt;b&gt;reason&lt;/b&gt;");

		given(this.drift.accept("d1", "x"))
			.willThrow(new NodeFailure(NodeFailure.Kind.TIMED_OUT, "cmp-1 did not answer in time."));
		assertThat(this.mvc.post().uri("/drift/d1/accept").with(csrf()).param("reason", "x")).hasStatus(503)
			.bodyText()
			.contains("Nothing was planned. cmp-1 did not answer in time.");
	}

	@Test
	void saysWhatACheckFoundOrThatNobodyKnows() {
		given(this.drift.check("n1"))
			.willThrow(new NodeFailure(NodeFailure.Kind.TIMED_OUT, "cmp-1 did not answer in time."));

		assertThat(this.mvc.post().uri("/nodes/n1/drift/check").with(csrf()).param("drift", "d1"))
			.hasRedirectedUrl("/drift/d1")
			.flash()
			.containsEntry("refusal", "Not checked. cmp-1 did not answer in time.");
		assertThat(this.mvc.post().uri("/nodes/n1/drift/check").with(csrf()).param("drift", "//evil.example"))
			.hasRedirectedUrl("/nodes/n1");
	}

	@Test
	void theApiTellsTheSame() {
		assertThat(this.mvc.get().uri("/api/v1/drift?status=open")).hasStatusOk().bodyJson().satisfies((json) -> {
			assertThat(json).extractingPath("$.items[0].node.name").isEqualTo("cmp-1");
			assertThat(json).extractingPath("$.items[0].status").isEqualTo("open");
			assertThat(json).extractingPath("$.items[0].kind").isEqualTo("changed");
			assertThat(json).extractingPath("$.items[0].approved.text").asString().doesNotContain("hunter2");
		});
		assertThat(this.mvc.get().uri("/api/v1/drift?status=odd")).hasStatus(400)
			.bodyText()
			.contains("\"field\":\"status\"");
		given(this.drift.of("n1")).willReturn(Optional.of(new NodeWatch("n1", "/etc/nova/nova.conf", "c1", 7, AT,
				"it is off", AT, AT, finding(Kind.CHANGED, "x", null))));
		Nodes nodes = this.nodes;
		given(nodes.get("n1")).willReturn(
				new io.virtwise.node.Node("n1", "cmp-1", "cmp-1", 22, io.virtwise.node.Transport.SSH, null, null, null,
						null, java.util.Map.of(), "/etc/nova/nova.conf", io.virtwise.node.WriteMode.AUTO, 0, AT));
		assertThat(this.mvc.get().uri("/api/v1/nodes/n1/drift")).bodyJson()
			.extractingPath("$.state")
			.isEqualTo("not-checked");
		given(this.drift.putBack("d1", "")).willThrow(Refused.invalid("reason", "is empty; say why"));
		assertThat(this.mvc.post()
			.uri("/api/v1/drift/d1/put-back")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{}")).hasStatus(400).bodyText().contains("\"field\":\"reason\"");
	}

	@Autowired
	private Nodes nodes;

	private void found(DriftFinding finding) {
		given(this.drift.get("d1")).willReturn(finding);
		given(this.drift.list(any(Which.class), any())).willReturn(new Slice<>(List.of(finding), 0, 50, 1));
	}

	private static DriftFinding finding(Kind kind, @Nullable String actual, @Nullable Closing closing) {
		return new DriftFinding("d1", "n1", "cmp-1", "/etc/nova/nova.conf", kind, "c1", 7,
				APPROVED.getBytes(StandardCharsets.UTF_8),
				(actual != null) ? actual.getBytes(StandardCharsets.UTF_8) : null, AT, AT,
				(closing != null) ? AT : null, closing,
				(kind == Kind.OVERRULED) ? "virt_type = qemu stands in /etc/nova/x.conf, line 3" : null);
	}

	private String page(String path) {
		MvcTestResult result = this.mvc.get().uri(path).exchange();
		assertThat(result).hasStatusOk();
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private void signIn(Role role) {
		given(this.currentUser.find()).willReturn(Optional.of(new Person("p1", "ines", "Ines Moreau", Set.of(role))));
	}

	/**
	 * The real diff.
	 */
	@org.springframework.boot.test.context.TestConfiguration
	@ComponentScan(basePackageClasses = NovaConfEditor.class)
	static class Beans {

	}

}
