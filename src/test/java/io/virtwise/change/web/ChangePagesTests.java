package io.virtwise.change.web;

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
import io.virtwise.change.ChangeProgress.PlanProgress;
import io.virtwise.change.ChangeProgress.PlannedWave;
import io.virtwise.change.ChangeProgress.RolloutProgress;
import io.virtwise.change.ChangeProgress.WaveProgress;
import io.virtwise.change.ChangeProgress.WindowProgress;
import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReport.ApprovalReport;
import io.virtwise.change.ChangeReport.CheckReport;
import io.virtwise.change.ChangeReport.DecisionReport;
import io.virtwise.change.ChangeReport.DryRunReport;
import io.virtwise.change.ChangeReport.FileReport;
import io.virtwise.change.ChangeReport.LogReport;
import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeReport.PersonReport;
import io.virtwise.change.ChangeReport.RulebaseReport;
import io.virtwise.change.ChangeReport.SettingReport;
import io.virtwise.change.ChangeReport.StepReport;
import io.virtwise.change.ChangeReports;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeSummary;
import io.virtwise.change.Changes;
import io.virtwise.change.PlanCommand;
import io.virtwise.change.Seen;
import io.virtwise.change.SettingsFrom;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.GroupAdvice;
import io.virtwise.recommendation.GroupLines;
import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests for {@link ChangePages}.
 */
@WebMvcTest({ ChangePages.class, DecisionPages.class })
@Import(ChangeShow.class)
@MockitoBean(types = { Nodes.class, GroupAdvice.class })
@WithMockUser
class ChangePagesTests {

	private static final Instant AT = Instant.parse("2026-11-22T14:02:00Z");

	private static final String HASH = ContentHash.of("content").sha256();

	private static final Person INES = new Person("p1", "ines", "Ines Moreau", Set.of(Role.OPERATOR, Role.APPROVER));

	private static final Person MARA = new Person("p2", "mara", "Mara Lindqvist", Set.of(Role.APPROVER));

	private static final ApprovalPolicy POLICY = new ApprovalPolicy(0, 1, 2, List.of("virt_type"), true, 10, Map.of(),
			Map.of(), true, Duration.ofDays(3), Duration.ofDays(30), null, null);

	private static final RolloutProgress ROLLOUT = new RolloutProgress(1, "forward", 2,
			List.of(new WaveProgress(1, "restart-pending", 100, 1, Map.of("restart-pending", 1), List.of("n1")),
					new WaveProgress(2, "pending", 90, 0, Map.of("pending", 1), List.of("n2"))),
			new PlanProgress(List.of(new PlannedWave("1", 100), new PlannedWave("100%", 90)), "5%", 10,
					new WindowProgress("22:00", "04:00", List.of("SAT", "SUN"), false, AT)),
			1, 3);

	private static final GroupLines HASWELL = new GroupLines("dc1", "The nodes differ.", "Haswell", true,
			List.of(new ReasonedSetting(new Setting("libvirt", "cpu_models", "Haswell"), "V653", "Because.")), 1, HASH);

	private static final String EVIL = "<img src=x onerror=alert(1)> ${7*7}";

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Nodes nodes;

	@Autowired
	private GroupAdvice groups;

	@MockitoBean
	private Changes changes;

	@MockitoBean
	private ChangeReports reports;

	@MockitoBean
	private Approvals approvals;

	@MockitoBean
	private ApprovalPolicies policies;

	@MockitoBean
	private People people;

	@MockitoBean
	private CurrentUser currentUser;

	@BeforeEach
	void signedIn() {
		as(INES);
		given(this.policies.current()).willReturn(POLICY);
		given(this.changes.demand("c1")).willReturn(new Demand(2, List.of("virt_type changes"), Map.of()));
	}

	@ParameterizedTest
	@EnumSource
	void showsAChangeOfEveryStatus(ChangeStatus status) {
		change(status, "restart-pending");

		String page = get("/changes/c1");

		assertThat(page).contains("<h1", "virt_type = kvm on cmp-1", "id=\"change-state\"", "aria-current=\"step\"",
				HASH, "virt_type = qemu");
		assertThat(page.split("<h1", -1)).hasSize(2);
		assertThat(page).doesNotContain("style=", "<script>", "onerror=alert(1)>").contains("&lt;img src=x");
		assertThat(page.contains("sse-connect")).isEqualTo(!status.allowed().isEmpty());
	}

	@ParameterizedTest
	@EnumSource
	void sendsWhatMovesWithItsPlace(ChangeStatus status) {
		change(status, "writing");

		String pieces = get("/changes/c1/progress");

		assertThat(pieces).contains("id=\"change-state\" hx-swap-oob=\"true\"", "id=\"state-n1\" hx-swap-oob=\"true\"",
				"id=\"body-n1\"", "id=\"change-flow\"");
		assertThat(pieces).doesNotContain("<html", "<main");
		assertThat(pieces.contains("id=\"approvals\"")).as("what is being typed stays")
			.isEqualTo(status != ChangeStatus.WAITING_FOR_APPROVAL);
	}

	@Test
	void loadsAPageAnewThatShowsAnotherStatusUnlessSomebodyMayBeTyping() {
		change(ChangeStatus.RUNNING, "writing");

		assertThat(this.mvc.get().uri("/changes/c1/progress?shown=approved").exchange()).hasHeader("HX-Refresh",
				"true");
		assertThat(this.mvc.get().uri("/changes/c1/progress?shown=running").exchange())
			.doesNotContainHeader("HX-Refresh");
		assertThat(this.mvc.get().uri("/changes/c1/progress?shown=waiting-for-approval").exchange())
			.doesNotContainHeader("HX-Refresh");
		assertThat(get("/changes/c1")).contains("shown=running");
	}

	@Test
	void keepsARefusedActionVisibleWithItsReason() {
		change(ChangeStatus.WAITING_FOR_APPROVAL, "pending");
		given(this.approvals.obstacle(any(), eq(INES))).willReturn(Optional.of(new Obstacle(Refused.Kind.FORBIDDEN,
				"own-request", "You asked for this change, so you cannot decide it.", "Another approver has to.")));

		String page = get("/changes/c1");

		assertThat(page)
			.containsPattern(
					"<button class=\"btn btn-primary flex-fill\"[^>]*aria-describedby=\"why-not\"[^>]*disabled")
			.contains("You asked for this change, so you cannot decide it.",
					"name=\"contentHash\" value=\"" + HASH + "\"");
	}

	@Test
	void saysWhichRightStartingNeeds() {
		as(MARA);
		change(ChangeStatus.APPROVED, "pending");

		assertThat(get("/changes/c1")).contains("aria-describedby=\"why-not-push\"",
				"Writing to nodes needs the right change:push");
	}

	@Test
	void approvesTheContentThatWasShown() {
		MvcTestResult result = this.mvc.post()
			.uri("/changes/c1/approve")
			.with(csrf())
			.param("contentHash", HASH)
			.param("version", "3")
			.param("confirmed", "true")
			.param("comment", "fine")
			.exchange();

		assertThat(result).hasRedirectedUrl("/changes/c1");
		then(this.changes).should().approve("c1", new Seen(3L, new ContentHash(HASH)), "fine");
	}

	@Test
	void asksOnceMoreBeforeItApproves() throws Exception {
		change(ChangeStatus.WAITING_FOR_APPROVAL, "pending");

		MvcTestResult result = this.mvc.post()
			.uri("/changes/c1/approve")
			.with(csrf())
			.param("contentHash", HASH)
			.param("version", "3")
			.param("comment", "fine")
			.exchange();

		assertThat(result).hasStatusOk()
			.bodyText()
			.contains("Approve this for 2 nodes?", "name=\"version\" value=\"3\"", "name=\"comment\" value=\"fine\"",
					"nodes, facts and rulebase are as they were");
		then(this.changes).should(never()).approve(any(), any(), any());
		given(this.changes.recheck(any(), any())).willReturn(List.of("facts of cmp-1 came in"));
		MvcTestResult moved = this.mvc.post()
			.uri("/changes/c1/approve")
			.with(csrf())
			.param("contentHash", HASH)
			.exchange();
		assertThat(moved).bodyText()
			.contains("It cannot be approved; plan it again")
			.containsPattern("value=\"true\" disabled");
	}

	@Test
	void saysWhyADraftNeedsTwoAndOffersTheEmergencyPath() {
		change(ChangeStatus.DRAFT, "pending");

		assertThat(get("/changes/c1")).contains("Two different approvers, because virt_type changes.",
				"name=\"emergencyReason\"");
		given(this.policies.current()).willReturn(new ApprovalPolicy(1, 1, 2, List.of(), true, 10, Map.of(), Map.of(),
				false, Duration.ofDays(3), Duration.ofDays(30), null, null));
		assertThat(get("/changes/c1")).doesNotContain("name=\"emergencyReason\"");
	}

	@Test
	void keepsTheReasonOfARefusedEmergency() throws Exception {
		change(ChangeStatus.DRAFT, "pending");
		given(this.changes.submit(any(), any(), any()))
			.willThrow(Refused.invalid("emergencyReason", "is longer than 2000 characters; shorten it"));

		MvcTestResult result = this.mvc.post()
			.uri("/changes/c1/submit")
			.with(csrf())
			.param("emergencyReason", "the rack is down")
			.exchange();

		assertThat(result).hasStatus(422).bodyText().contains("is longer than 2000 characters", ">the rack is down<");
	}

	@Test
	void saysOnThePageThatTheContentIsAnother() throws Exception {
		change(ChangeStatus.WAITING_FOR_APPROVAL, "pending");
		given(this.changes.approve(any(), any(), any()))
			.willThrow(Refused.conflict("content-changed", "You looked at other content."));

		MvcTestResult result = this.mvc.post()
			.uri("/changes/c1/approve")
			.with(csrf())
			.param("contentHash", HASH)
			.param("confirmed", "true")
			.exchange();

		assertThat(result).hasStatus(409);
		assertThat(result.getResponse().getContentAsString()).contains("role=\"alert\"",
				"You looked at other content.");
	}

	@Test
	void refusesToPlanOnTheFormAndKeepsTheReason() throws Exception {
		given(this.changes.plan(any()))
			.willThrow(Refused.conflict("cannot-plan", "This cannot be planned: probe first."));

		MvcTestResult result = this.mvc.post()
			.uri("/changes")
			.with(csrf())
			.param("nodes", "n1")
			.param("reason", "moved to real hardware")
			.exchange();

		assertThat(result).hasStatus(409);
		assertThat(result.getResponse().getContentAsString()).contains("probe first", "moved to real hardware",
				"name=\"nodes\" value=\"n1\"");
	}

	@Test
	@WithMockUser(authorities = "change:request")
	void offersTheLinesOfTheGroupWhereANodeIsInOne() {
		given(this.nodes.findAll(List.of("n1"))).willReturn(List.of(node("n1", null)));
		assertThat(get("/changes/new?nodes=n1")).doesNotContain("settingsFrom");

		given(this.nodes.findAll(List.of("n1"))).willReturn(List.of(node("n1", "dc1")));
		assertThat(get("/changes/new?nodes=n1"))
			.contains("value=\"recommendation\" checked", "The lines that its group needs")
			.doesNotContain("cpu_models = Haswell");
		then(this.groups).should(never()).of(any());
	}

	@Test
	@WithMockUser(authorities = "change:request")
	void showsTheLinesOfTheGroupNodeByNode() {
		given(this.nodes.findAll(List.of("n1", "n2"))).willReturn(List.of(node("n1", "dc1"), node("n2", null)));
		given(this.groups.of(List.of("n1", "n2"))).willReturn(Map.of("n1", HASWELL));
		given(this.groups.toChange("dc1")).willReturn(List.of("n1", "n2"));

		for (String address : List.of("/changes/new?nodes=n1&nodes=n2&settingsFrom=group", "/changes/new?group=dc1")) {
			assertThat(get(address)).contains("value=\"group\" aria-describedby=\"group-hint\" checked",
					"cpu_models = Haswell", "In no group", "name=\"nodes\" value=\"n2\"",
					"gets the lines that its group needs");
		}
		assertThat(this.mvc.get().uri("/changes/new?nodes=n1&settingsFrom=guess").exchange()).hasStatus(400);
	}

	@Test
	void plansWhatTheGroupNeedsAndKeepsTheChoiceWhereItIsRefused() throws Exception {
		given(this.groups.of(List.of("n1"))).willReturn(Map.of("n1", HASWELL));
		given(this.changes.plan(any())).willThrow(Refused.conflict("cannot-plan", "nodes[0] is in no group."));

		MvcTestResult result = this.mvc.post()
			.uri("/changes")
			.with(csrf())
			.param("nodes", "n1")
			.param("settingsFrom", "group")
			.param("reason", "two generations")
			.exchange();

		then(this.changes).should().plan(new PlanCommand(List.of("n1"), null, SettingsFrom.GROUP, "two generations"));
		assertThat(result).hasStatus(409);
		assertThat(result.getResponse().getContentAsString()).contains("is in no group",
				"value=\"group\" aria-describedby=\"group-hint\" checked");
	}

	private static Node node(String id, @Nullable String group) {
		return new Node(id, id, "10.0.0.1", 16514, Transport.TLS, null, null, null, group, Map.of(),
				"/etc/nova/nova.conf", WriteMode.AUTO, 0, AT);
	}

	@Test
	void listsChangesAndTellsTheTwoKindsOfEmptyApart() {
		given(this.changes.countsByStatus()).willReturn(Map.of(ChangeStatus.DRAFT, 1L));
		given(this.people.nameOf("p1")).willReturn("Ines Moreau");
		given(this.changes.list(any(), any())).willReturn(new Slice<>(List.of(new ChangeSummary("c1", 118, EVIL, EVIL,
				ChangeStatus.RESTART_PENDING, AT, "p1", AT, "p1", List.of("cmp-1", "cmp-2", "cmp-3"), 6)), 0, 50, 1));

		assertThat(get("/changes")).contains("118 &lt;img", "cmp-1, cmp-2, cmp-3", "and 3 more", "Restart pending")
			.doesNotContain("onerror=alert(1)>");

		given(this.changes.list(any(), any())).willReturn(new Slice<>(List.of(), 0, 50, 0));
		assertThat(get("/changes")).contains("No changes yet");
		assertThat(get("/changes?status=failed")).contains("No change matches", "Clear filters");
	}

	@Test
	void namesTheNodesWhoseGuestsMayBreak() {
		change(ChangeStatus.WAITING_FOR_APPROVAL, "pending");

		assertThat(get("/changes/c1")).contains("Guests run on 2 nodes whose CPU this changes.", "2 guests",
				"A second approver has to accept this", "Would break", "instance-1 without avx &lt;img", "Not checked",
				"Nobody looked yet.");
	}

	@Test
	void showsTheDiffOfOneNodeToWhoAsks() {
		change(ChangeStatus.APPROVED, "pending");

		assertThat(get("/changes/c1")).contains("2 nodes with the same bytes", "diff=n2#diff")
			.doesNotContain("All nodes");
		assertThat(get("/changes/c1?diff=n2")).contains("1 node: ", "All nodes").doesNotContain("with the same bytes");
		assertThat(get("/changes/c1?diff=unknown&diffs=-1")).contains("2 nodes with the same bytes");
	}

	@Test
	void givesThePatchToTakeAway() {
		change(ChangeStatus.APPROVED, "pending");

		MvcTestResult result = this.mvc.get().uri("/changes/c1/patch").exchange();

		assertThat(result).hasStatusOk()
			.hasHeader("Content-Disposition", "attachment; filename=\"change-118.diff\"")
			.bodyText()
			.contains("-virt_type = qemu");
	}

	private void as(Person person) {
		given(this.currentUser.find()).willReturn(Optional.of(person));
		given(this.currentUser.require()).willReturn(person);
	}

	private void change(ChangeStatus status, String nodeStatus) {
		boolean asked = status != ChangeStatus.DRAFT;
		ApprovalReport approval = asked ? new ApprovalReport("open", 1, 1, AT.plusSeconds(3600),
				List.of(new DecisionReport(new PersonReport("p2", "Mara Lindqvist"), "approved", EVIL, AT)),
				"One approver.", List.of(), null, null) : null;
		given(this.reports.of("c1")).willReturn(new ChangeReport("c1", 118, "virt_type = kvm on cmp-1", EVIL,
				status.key(), AT, EVIL, HASH, new RulebaseReport(1, "c".repeat(64)),
				new PersonReport("p1", "Ines Moreau"), AT, asked ? new PersonReport("p1", "Ines Moreau") : null,
				asked ? AT : null, approval, ROLLOUT, List.of(node("n1", nodeStatus, AT), node("n2", "pending", null)),
				List.of(new LogReport(AT, null, "planned", "draft", EVIL)), 3));
		given(this.approvals.latest("change", "c1")).willReturn(Optional.of(new ApprovalRequest("r1",
				new Subject("change", "c1", "Change 118", "/changes/c1"), new ContentHash(HASH), "p1", "p1", AT,
				AT.plusSeconds(3600), Demand.of(1), Grounds.NONE, null, ApprovalStatus.OPEN, List.of(), null, 0)));
		given(this.approvals.obstacle(any(), any())).willReturn(Optional.empty());
	}

	private static NodeReport node(String id, String status, @Nullable Instant since) {
		boolean restart = status.equals("restart-pending");
		List<StepReport> journal = (since == null) ? List.of() : List.of(new StepReport(1, AT, "connect", "done", EVIL),
				new StepReport(2, AT, "write", "running", "writing"), new StepReport(3, AT, "prove", "failed", "no"),
				new StepReport(4, AT, "put-back", "put-back", "back"),
				new StepReport(5, AT, "examine", "note", "seen"));
		return new NodeReport(id, "cmp-" + id, "/etc/nova/nova.conf", "in-place", "set so", null, status, 1, since,
				"a summary", status.equals("writing"), restart ? "systemctl restart nova-compute" : null, 2,
				new FileReport(HASH, 10, "[libvirt]\nvirt_type = qemu\n"),
				new FileReport(HASH, 10, "[libvirt]\nvirt_type = kvm\n\n\n"),
				"--- a\n+++ b\n@@ -1 +1,3 @@\n-virt_type = qemu\n+virt_type = kvm\n+\n+\n",
				List.of(new SettingReport("libvirt", "virt_type", "kvm", "P22", "KVM works here and is not used.")),
				id.equals("n1")
						? new DryRunReport(AT, "would-fail", "Hash agrees.",
								List.of(new CheckReport("file", "would-work", EVIL),
										new CheckReport("libvirt", "not-checked", EVIL),
										new CheckReport("guests", "would-fail", "instance-1 without avx " + EVIL)))
						: null,
				journal);
	}

	private String get(String path) {
		MvcTestResult result = this.mvc.get().uri(path).exchange();
		assertThat(result).hasStatusOk();
		try {
			return result.getResponse().getContentAsString();
		}
		catch (java.io.UnsupportedEncodingException ex) {
			throw new AssertionError(ex);
		}
	}

}
