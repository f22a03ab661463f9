package io.virtwise.overview.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.approval.ApprovalRequest;
import io.virtwise.approval.ApprovalStatus;
import io.virtwise.approval.Approvals;
import io.virtwise.approval.Demand;
import io.virtwise.approval.Grounds;
import io.virtwise.approval.Subject;
import io.virtwise.change.ChangeFilter;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeSummary;
import io.virtwise.change.Changes;
import io.virtwise.node.Nodes;
import io.virtwise.recommendation.NodeAssessments;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.Verdict;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Slice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;

/**
 * The first page.
 */
@WebMvcTest(OverviewPage.class)
@Import(Inbox.class)
@WithMockUser
class OverviewPageTests {

	private static final Instant THEN = Instant.parse("2026-11-22T14:02:00Z");

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private CurrentUser currentUser;

	@MockitoBean
	private People people;

	@MockitoBean
	private Nodes nodes;

	@MockitoBean
	private NodeAssessments assessments;

	@MockitoBean
	private Approvals approvals;

	@MockitoBean
	private Changes changes;

	@MockitoBean
	private Advisor advisor;

	@BeforeEach
	void nothingYet() {
		given(this.changes.list(any(), any())).willReturn(new Slice<>(List.of(), 0, 10, 0));
		given(this.advisor.rulebase()).willReturn(new RulebaseRevision(7, "ab".repeat(32)));
		given(this.people.nameOf("p-ines")).willReturn("Ines Moreau");
	}

	@Test
	void saysWhereToBegin() {
		signedIn(Role.ADMIN);

		assertThat(this.mvc.get().uri("/")).hasStatusOk()
			.bodyText()
			.contains("Start here", "href=\"/nodes/new\"", "href=\"/users/new\"", "No nodes yet", "Revision 7",
					"curl -sO http://localhost/collect.sh")
			.doesNotContain("Waits for you");
	}

	@Test
	void offersOnlyWhatThePersonMayDo() {
		signedIn(Role.REQUESTER);

		assertThat(this.mvc.get().uri("/")).bodyText()
			.contains("href=\"/assess\"", "An operator does this.", "An administrator does this.")
			.doesNotContain("href=\"/nodes/new\"", "href=\"/users/new\"");
	}

	@Test
	void saysWhatWaitsForAnApprover() {
		signedIn(Role.APPROVER);
		fleet();
		given(this.approvals.waitingFor(any(), anyInt())).willReturn(List
			.of(new ApprovalRequest("a1", new Subject("change", "c1", "Change 119: custom Nehalem", "/changes/c1"),
					ContentHash.of("x"), "p-ines", "p-ines", THEN, THEN.plusSeconds(600), Demand.of(2), Grounds.NONE,
					null, ApprovalStatus.OPEN, List.of(), null, 0)));
		given(this.approvals.countWaitingFor(any())).willReturn(1L);

		assertThat(this.mvc.get().uri("/")).bodyText()
			.contains("Change 119: custom Nehalem", "Ines Moreau asks for your approval, 0 of 2 given.",
					"href=\"/changes/c1\"", "1<span class=\"visually-hidden\"> waiting for you</span>");
	}

	@Test
	void saysWhatWaitsForAnOperatorAndWhatForOthers() {
		signedIn(Role.OPERATOR);
		fleet();
		change(ChangeStatus.APPROVED, 1, "p-other");
		change(ChangeStatus.RESTART_PENDING, 2, "p-other");
		change(ChangeStatus.WAITING_FOR_APPROVAL, 3, "p-me");
		change(ChangeStatus.RUNNING, 4, "p-other");
		change(ChangeStatus.DRAFT, 5, "p-other");

		assertThat(this.mvc.get().uri("/")).bodyText()
			.contains("Waits for you <span class=\"quiet fw-normal\">2</span>", "Change 1: title 1",
					"Approved and not started yet. 1 node.", "Change 2: title 2", "Yours, waiting for others",
					"Change 3: title 3", "Running now", "Change 4: title 4")
			.doesNotContain("Change 5");
	}

	@Test
	void showsTheFleetByVerdictAlsoThoseNeverAssessed() {
		signedIn(Role.AUDITOR);
		fleet();

		assertThat(this.mvc.get().uri("/")).bodyText()
			.contains("All nodes: 6 ready, 2 action required, 0 blocked, 1 undetermined, 3 not assessed",
					"href=\"/nodes?verdict=not-assessed\"", "12</span>", "6 need nothing", "Nothing waits for you.")
			.doesNotContain("href=\"/nodes?verdict=blocked\"", "Running now", "Yours, waiting");
	}

	@Test
	void tellsSomebodyWithoutARoleWhoGivesOne() {
		signedIn();

		assertThat(this.mvc.get().uri("/")).bodyText()
			.contains("You have no role yet")
			.doesNotContain("href=\"/nodes\"");
	}

	private void signedIn(Role... roles) {
		given(this.currentUser.find()).willReturn(Optional.of(person(roles)));
		given(this.currentUser.require()).willReturn(person(roles));
	}

	private static Person person(Role... roles) {
		return new Person("p-me", "me", "Me Myself", Set.of(roles));
	}

	private void fleet() {
		given(this.nodes.count()).willReturn(12L);
		given(this.assessments.countsByVerdict()).willReturn(
				Map.of(Verdict.READY, 6L, Verdict.ACTION_REQUIRED, 2L, Verdict.BLOCKED, 0L, Verdict.UNDETERMINED, 1L));
	}

	private void change(ChangeStatus status, long number, String by) {
		ChangeSummary summary = new ChangeSummary("c" + number, number, "title " + number, "why", status, THEN, by,
				THEN, by, List.of("cmp-1"), 1);
		given(this.changes.list(eq(new ChangeFilter(status, null)), any()))
			.willReturn(new Slice<>(List.of(summary), 0, 10, 1));
	}

}
