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
import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFactsReader;
import io.virtwise.facts.NodeFactsReader.CheckStep;
import io.virtwise.facts.NodeFactsReader.NodeReading;
import io.virtwise.facts.NodeFactsReader.Reachability;
import io.virtwise.facts.internal.sosreport.Reports;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.recommendation.FactSource;
import io.virtwise.recommendation.SampleOrders;
import io.virtwise.recommendation.Samples;
import io.virtwise.recommendation.Waiver;
import io.virtwise.recommendation.Waivers;
import io.virtwise.recommendation.WorkOrders;
import io.virtwise.recommendation.internal.AssessmentDesk;
import io.virtwise.recommendation.internal.AssessmentFixtures;
import io.virtwise.recommendation.internal.HistoryEntry;
import io.virtwise.recommendation.internal.NodeDossier;
import io.virtwise.recommendation.internal.NodeStanding;
import io.virtwise.rules.Verdict;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.BDDMockito;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests for {@link NodeDossierPages}.
 */
@WebMvcTest(NodeDossierPages.class)
@WithMockUser
class NodeDossierPagesTests {

	private static final Instant NOW = Instant.parse("2026-11-22T14:02:00Z");

	private static final Node NODE = new Node("n1", "cmp-r07-14", "cmp-r07-14.dc1.example.net", 22, Transport.SSH,
			"virtwise", null, "mitaka", "dc1", Map.of("rack", "r07"), "/etc/nova/nova.conf", WriteMode.IN_PLACE, 2,
			NOW);

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private NodeDossier dossier;

	@MockitoBean
	private AssessmentDesk desk;

	@MockitoBean
	private NodeFactsReader reader;

	@MockitoBean
	private Waivers waivers;

	@MockitoBean
	private CurrentUser currentUser;

	@BeforeEach
	void nodeWithoutFacts() {
		signIn(Role.OPERATOR);
		given(this.dossier.node("n1")).willReturn(NODE);
		given(this.dossier.standing("n1")).willReturn(NodeStanding.NONE);
		given(this.dossier.latest("n1")).willReturn(Optional.empty());
		given(this.dossier.history(eq("n1"), any())).willReturn(new Slice<>(List.of(), 0, 20, 0));
		given(this.reader.reachability()).willReturn(new Reachability(true, "9.0.0", null));
	}

	@Test
	void saysTheFirstStepBeforeThereAreFacts() {
		assertThat(show())
			.contains("Nothing is known about this node yet", "Read facts", "Not assessed",
					"action=\"/nodes/n1/probe\"", "action=\"/nodes/n1/facts\"")
			.doesNotContain("id=\"ask\"", "In force and recommended");
	}

	@Test
	void showsFactsRecommendationAndWhatDiffers() {
		assessed();

		assertThat(show())
			.contains("This node cannot launch a guest, because kvm_intel is not loaded.", "Blocked",
					"3 options differ", "Xeon E5-2690", "/proc/cpuinfo, line 19", "4 min ago",
					"Facts read over libvirt, rulebase revision 3",
					"Verdict became <strong>Blocked</strong> (was Ready", "action=\"/changes\"",
					"name=\"nodes\" value=\"n1\"", "modprobe -a kvm-intel", "No vendor module is loaded")
			.containsPattern("virt_type</th><td><code>qemu</code>")
			.contains("2 running: instance-1, instance-2");
	}

	@Test
	void showsTheWorkOrderInTheFormThatWasChosen() {
		assessed();

		assertThat(show())
			.contains("Load the kernel module kvm_intel", "#!/bin/sh", "id=\"order-sh\"",
					"href=\"/nodes/n1?order=ansible#work-order\"",
					"href=\"/api/v1/nodes/n1/work-order?format=sh\" download=\"work-order-cmp-r07-14.sh\"")
			.doesNotContain("id=\"order-ansible\"", "base64");

		assertThat(this.mvc.get().uri("/nodes/n1?order=ansible")).hasStatusOk()
			.bodyText()
			.contains("id=\"order-ansible\"", "ansible.builtin.command:")
			.doesNotContain("id=\"order-sh\"");
		assertThat(this.mvc.get().uri("/nodes/n1?order=salt")).hasStatus(400);
	}

	@Test
	void offersOnlyWhatTheRoleMayDo() {
		assessed();
		signIn(Role.AUDITOR);

		assertThat(show()).doesNotContain("/nodes/n1/probe", "/nodes/n1/check", "/nodes/n1/facts",
				"action=\"/changes\"", "/nodes/n1/edit");

		signIn(Role.REQUESTER);

		assertThat(show()).contains("/nodes/n1/facts", "action=\"/changes\"").doesNotContain("/nodes/n1/probe");
	}

	@Test
	void showsAWaivedFindingAsWaivedAndDoesNotCountIt() {
		assessed();
		signIn(Role.APPROVER);
		assertThat(show()).contains("/nodes/n1/waivers/new?rule=S19&amp;title=Module%20kvm_intel%20is%20not%20loaded");

		given(this.waivers.active("n1")).willReturn(
				List.of(new Waiver("w1", "n1", "cmp-r07-14", "S19", "Module kvm_intel is not loaded", "It goes <soon>",
						"Compute team", LocalDate.of(2026, 12, 24), ContentHash.of("x"), "p2", NOW, null, null, null)));

		assertThat(show())
			.contains("Waived", "It goes &lt;soon&gt;", "2026-12-24", "Compute team", "1 waived, not counted",
					"Findings<span class=\"quiet ms-1\">1</span>")
			.doesNotContain("new?rule=S19&");
	}

	@Test
	void saysWhyTheLastReadingFailedAndKeepsTheOlderOne() {
		assessed();
		given(this.dossier.standing("n1")).willReturn(new NodeStanding(Verdict.BLOCKED, NOW, "x", 1,
				"cmp-r07-14 did not answer within 10 s.", NOW.minusSeconds(120)));

		assertThat(show()).contains("The last try to read this node failed", "did not answer within 10 s.",
				"What is shown below is from before.");
	}

	@Test
	void saysPlainlyWhenNoNodeCanBeReached() {
		given(this.reader.reachability()).willReturn(new Reachability(false, null, "Run apt install libvirt0."));

		assertThat(show()).contains("Nodes cannot be reached from this machine.", "Run apt install libvirt0.");
	}

	@Test
	void comesBackToThePageAfterAFailedProbe() {
		given(this.desk.probe("n1"))
			.willThrow(new NodeFailure(NodeFailure.Kind.UNREACHABLE, "cmp-r07-14 refused the connection."));

		assertThat(this.mvc.post().uri("/nodes/n1/probe").with(csrf())).hasStatus(HttpStatus.FOUND)
			.hasRedirectedUrl("/nodes/n1");
	}

	@Test
	void showsTheStepsOfACheck() {
		given(this.desk.check("n1")).willReturn(List.of(new CheckStep("Name resolves", true, "to 10.20.7.14", 4),
				new CheckStep("libvirt answers", false, "Connection refused. Start libvirtd.", 12)));

		MvcTestResult result = this.mvc.post().uri("/nodes/n1/check").with(csrf()).exchange();

		assertThat(result).hasStatusOk()
			.bodyText()
			.contains("Worked: ", "to 10.20.7.14", "Failed: ", "Connection refused. Start libvirtd.", "12 ms");
	}

	@Test
	void tellsFieldsLeftEmptyFromCommandsThatPrintedNothing() {
		assertThat(this.mvc.post()
			.uri("/nodes/n1/facts")
			.with(csrf())
			.param("cpuinfo", "flags : vmx")
			.param("modules", "")
			.param("printed-nothing", "modules")
			.param("dev-kvm", " ")
			.param("collector", "")).hasRedirectedUrl("/nodes/n1");

		ArgumentCaptor<Evidence> evidence = ArgumentCaptor.forClass(Evidence.class);
		then(this.desk).should().submit(eq("n1"), evidence.capture());
		assertThat(evidence.getValue().items()).containsExactly(new Evidence.Item(EvidenceKind.CPUINFO, "flags : vmx"),
				new Evidence.Item(EvidenceKind.MODULES, "lsmod | grep kvm", ""));
	}

	@Test
	void anAnswerSetToNotDecidedIsTakenBack() {
		assertThat(this.mvc.post()
			.uri("/nodes/n1/facts")
			.with(csrf())
			.param("intent.environment", "lab")
			.param("intent.nested", "")
			.param("intent.image-formats", "", "raw", "qcow2")).hasRedirectedUrl("/nodes/n1");

		ArgumentCaptor<Evidence> evidence = ArgumentCaptor.forClass(Evidence.class);
		then(this.desk).should().submit(eq("n1"), evidence.capture());
		assertThat(evidence.getValue().leftOpen()).containsExactly("intent.nested");
		assertThat(evidence.getValue().intent().environment()).isEqualTo(Intent.Environment.LAB);
		assertThat(evidence.getValue().intent().imageFormats()).containsExactly("qcow2", "raw");
	}

	@Test
	void ofASosreportOnlyItsTextsAreHandedOn() {
		byte[] archive = Reports.in("r").file("proc/cpuinfo", "flags : vmx").packed("gz");
		assertThat(this.mvc.post()
			.uri("/nodes/n1/facts")
			.multipart()
			.file(new MockMultipartFile("sosreport", "r.tar.gz", null, archive))
			.with(csrf())).hasRedirectedUrl("/nodes/n1");

		ArgumentCaptor<Evidence> evidence = ArgumentCaptor.forClass(Evidence.class);
		then(this.desk).should().submit(eq("n1"), evidence.capture());
		assertThat(evidence.getValue().items()).singleElement().satisfies((item) -> {
			assertThat(item.kind()).isEqualTo(EvidenceKind.SOSREPORT);
			assertThat(item.text()).contains("| flags : vmx");
		});
	}

	@Test
	void aSosreportThatCannotBeReadIsRefusedWithTheReason() {
		assertThat(this.mvc.post()
			.uri("/nodes/n1/facts")
			.multipart()
			.file(new MockMultipartFile("sosreport", "r.tar.gz", null, "nothing".getBytes(StandardCharsets.UTF_8)))
			.with(csrf())
			.exchange()).hasStatus(422).bodyText().contains("The field sosreport was not read. This is no sosreport");
	}

	@Test
	void keepsWhatWasPastedWhenFactsAreRefused() {
		BDDMockito.willThrow(Refused.invalid("cpuinfo", "is absent")).given(this.desk).submit(any(), any());

		MvcTestResult result = this.mvc.post()
			.uri("/nodes/n1/facts")
			.with(csrf())
			.param("cpuinfo", "<b>odd</b>")
			.exchange();

		assertThat(result).hasStatus(422).bodyText().contains("The field cpuinfo is absent.", "&lt;b&gt;odd&lt;/b&gt;");
	}

	private String show() {
		MvcTestResult result = this.mvc.get().uri("/nodes/n1").exchange();
		assertThat(result).hasStatusOk();
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private void assessed() {
		Instant at = NOW.minusSeconds(240);
		given(this.dossier.latest("n1")).willReturn(Optional.of(AssessmentFixtures.stored("n1", at,
				new NodeReading(new Evidence(List.of(), null, Intent.UNKNOWN), "9.0.0", "7.2.0", "cmp-r07-14", 1024, 32,
						List.of("instance-1", "instance-2"), null, List.of("nova.conf could not be read")),
				Samples.intelWithoutModule(), Samples.blocked())));
		given(this.dossier.standing("n1")).willReturn(new NodeStanding(Verdict.BLOCKED, at, "x", 3, null, null));
		given(this.dossier.history(eq("n1"), any())).willReturn(new Slice<>(List.of(
				new HistoryEntry("a2", at, FactSource.LIBVIRT, "cd".repeat(32), 3, Verdict.BLOCKED, "kvm_intel"),
				new HistoryEntry("a1", at.minusSeconds(86400), FactSource.SUBMITTED, "cd".repeat(32), 2, Verdict.READY,
						"fine")),
				0, 20, 2));
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
		WorkOrders orders() {
			return new SampleOrders();
		}

		@Bean
		Clock clock() {
			return Clock.fixed(NOW, ZoneOffset.UTC);
		}

	}

}
