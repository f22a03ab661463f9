package io.virtwise.approval.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.approval.ApprovalPolicies;
import io.virtwise.approval.ApprovalPolicy;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.ApprovalStatus;
import io.virtwise.approval.Approvals;
import io.virtwise.approval.Demand;
import io.virtwise.approval.Grounds;
import io.virtwise.approval.Obstacle;
import io.virtwise.approval.Subject;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.MediaType;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * The policy on its page and over HTTP, and the inbox.
 */
@WebMvcTest({ PolicyPages.class, PolicyApi.class, ApprovalPages.class })
@WithMockUser(authorities = { "change:decide", "policy:write" })
class PolicyPagesTests {

	private static final Person MARA = new Person("p-mara", "mara", "Mara Lindqvist", Set.of(Role.APPROVER));

	private static final Person CARL = new Person("p-carl", "carl", "Carl", Set.of(Role.ADMIN));

	private static final ApprovalPolicy POLICY = new ApprovalPolicy(4, 1, 2, List.of("virt_type", "cpu_mode"), true, 10,
			Map.of("dc1-prod", "leads"), Map.of("leads", Set.of("p-mara")), true, Duration.ofDays(3),
			Duration.ofDays(30), "p-carl", Instant.parse("2026-11-22T14:02:00Z"));

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private ApprovalPolicies policies;

	@MockitoBean
	private Approvals approvals;

	@MockitoBean
	private People people;

	@MockitoBean
	private CurrentUser currentUser;

	@BeforeEach
	void signedIn() {
		as(CARL);
		given(this.policies.current()).willReturn(POLICY);
		given(this.policies.toEdit()).willReturn(POLICY);
		given(this.people.find("p-mara")).willReturn(Optional.of(MARA));
		given(this.people.nameOf("p-carl")).willReturn("Carl");
		given(this.people.nameOf("p-ines")).willReturn("Ines Moreau");
		given(this.people.withRole(Role.APPROVER)).willReturn(List.of(MARA));
	}

	@Test
	void everybodyReadsItAndSeesWhoSetIt() {
		as(MARA);

		assertThat(this.mvc.get().uri("/approval-policy").exchange()).hasStatusOk()
			.bodyText()
			.contains("value=\"virt_type, cpu_mode\"", "leads: mara", "dc1-prod: leads", "Edition 4, set by Carl",
					"<fieldset class=\"card-body\"", "Setting it needs the right policy:write")
			.containsPattern("<fieldset[^>]*disabled")
			.doesNotContain("Set the policy");
	}

	@Test
	void anAdministratorSetsIt() {
		assertThat(form("2", "leads: mara", "dc1-prod: leads\ndc2-prod: leads")).hasRedirectedUrl("/approval-policy");

		then(this.policies).should()
			.set(new ApprovalPolicy(4, 2, 3, List.of("virt_type"), false, 5,
					Map.of("dc1-prod", "leads", "dc2-prod", "leads"), Map.of("leads", Set.of("p-mara")), false,
					Duration.ofHours(24), Duration.ofDays(7), null, null));
	}

	@Test
	void namesTheFieldThatCannotBeReadAndKeepsWhatWasTyped() {
		assertThat(form("two", "leads: nobody", "dc1-prod leads")).hasStatus(422)
			.bodyText()
			.contains("approvers must be a whole number", "names “nobody” in leads",
					"has the line “dc1-prod leads” without a colon", "value=\"two\"", "leads: nobody");
		then(this.policies).should(never()).set(any());
	}

	@Test
	void aStaleEditionIsToldSo() {
		given(this.policies.set(any())).willThrow(Refused.conflict("changed-meanwhile", "Carl set it at noon."));

		assertThat(form("2", "leads: mara", "")).hasStatus(409).bodyText().contains("Carl set it at noon.");
	}

	@Test
	void goesThroughTheApiAndBack() throws Exception {
		MvcTestResult read = this.mvc.get().uri("/api/v1/approval-policy").exchange();
		assertThat(read).hasStatusOk().bodyJson().extractingPath("$.approverGroups[0].members[0]").isEqualTo("p-mara");
		given(this.policies.set(any())).willReturn(POLICY);

		MvcTestResult set = this.mvc.put()
			.uri("/api/v1/approval-policy")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content(read.getResponse().getContentAsString())
			.exchange();

		assertThat(set).hasStatusOk();
		then(this.policies).should()
			.set(new ApprovalPolicy(4, 1, 2, POLICY.riskyOptions(), true, 10, POLICY.groups(), POLICY.members(), true,
					POLICY.validity(), POLICY.authorsBarred(), null, null));
	}

	@Test
	void theApiNamesEveryFieldThatIsMissing() {
		assertThat(this.mvc.put()
			.uri("/api/v1/approval-policy")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"version\":4,\"approvers\":1}")
			.exchange()).hasStatus(400)
			.bodyText()
			.contains("approversAtRisk", "riskyOptions", "validHours", "emergency");
	}

	@Test
	void theInboxTellsWhatWaitsForWhomAndWhy() {
		ApprovalRequest ordinary = request("Change 7: virt_type", null, ApprovalStatus.OPEN);
		ApprovalRequest emergency = request("Change 8: cpu_mode", "the rack is down", ApprovalStatus.USED);
		given(this.approvals.open(anyInt())).willReturn(List.of(ordinary));
		given(this.approvals.awaitingReview(anyInt())).willReturn(List.of(emergency));
		given(this.approvals.obstacle(any(), any())).willReturn(Optional.empty());
		given(this.approvals.reviewObstacle(any(), any())).willReturn(Optional.of(new Obstacle(Refused.Kind.FORBIDDEN,
				"own-approval", "You approved this emergency, so you cannot review it.", "Another approver has to.")));

		assertThat(this.mvc.get().uri("/approvals").exchange()).hasStatusOk()
			.bodyText()
			.contains("Change 7: virt_type", "Ines Moreau asked", "Two different approvers, because virt_type changes.",
					"Emergencies to look back at", "“the rack is down”", "You approved this emergency");

		given(this.approvals.open(anyInt())).willReturn(List.of());
		given(this.approvals.awaitingReview(anyInt())).willReturn(List.of());
		assertThat(this.mvc.get().uri("/approvals").exchange()).bodyText()
			.contains("Nothing waits for you")
			.doesNotContain("Emergencies to look back at");
	}

	private MvcTestResult form(String approvers, String approverGroups, String nodeGroups) {
		return this.mvc.post()
			.uri("/approval-policy")
			.with(csrf())
			.param("version", "4")
			.param("approvers", approvers)
			.param("approversAtRisk", "3")
			.param("riskyOptions", "virt_type")
			.param("riskyAbove", "5")
			.param("approverGroups", approverGroups)
			.param("nodeGroups", nodeGroups)
			.param("validHours", "24")
			.param("authorsBarredDays", "7")
			.exchange();
	}

	private static ApprovalRequest request(String name, @Nullable String emergency, ApprovalStatus status) {
		Instant at = Instant.parse("2026-11-22T14:02:00Z");
		return new ApprovalRequest("r1", new Subject("change", "c1", name, "/changes/c1"), ContentHash.of("x"),
				"p-ines", "p-ines", at, at.plusSeconds(3600), new Demand(2, List.of("virt_type changes"), Map.of()),
				Grounds.NONE, emergency, status, List.of(), null, 0);
	}

	private void as(Person person) {
		given(this.currentUser.find()).willReturn(Optional.of(person));
		given(this.currentUser.require()).willReturn(person);
	}

}
