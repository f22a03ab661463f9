package io.virtwise.recommendation.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.nova.Setting;
import io.virtwise.node.Nodes;
import io.virtwise.recommendation.GroupLines;
import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.recommendation.migration.GroupCpu;
import io.virtwise.recommendation.migration.GroupJudgement;
import io.virtwise.recommendation.migration.GroupJudgement.Kind;
import io.virtwise.recommendation.migration.GroupJudgement.Matrix;
import io.virtwise.recommendation.migration.GroupJudgement.Ref;
import io.virtwise.recommendation.migration.MigrationGroups;
import io.virtwise.recommendation.migration.MigrationGroups.Group;
import io.virtwise.recommendation.migration.Passage;
import io.virtwise.recommendation.migration.Passage.Answer;
import io.virtwise.rules.Assessment.Document;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.Assessment.Step;
import io.virtwise.rules.Severity;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;
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
import static org.mockito.BDDMockito.given;

/**
 * Tests for {@link MigrationPages}.
 */
@WebMvcTest(MigrationPages.class)
@WithMockUser
class MigrationPagesTests {

	private static final Instant NOW = Instant.parse("2026-11-22T14:02:00Z");

	private static final Passage YES = new Passage(Answer.YES, List.of("They can."), List.of("V668"));

	private static final Passage NO = new Passage(Answer.NO, List.of("Guests come with Skylake & cannot."),
			List.of("V669"));

	private static final Passage UNKNOWN = new Passage(Answer.UNKNOWN, List.of("Nobody knows."), List.of("V666"));

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private MigrationGroups groups;

	@MockitoBean
	private Nodes nodes;

	@MockitoBean
	private CurrentUser currentUser;

	@BeforeEach
	void someGroups() {
		given(this.currentUser.find())
			.willReturn(Optional.of(new Person("u1", "ines", "Ines Moreau", Set.of(Role.REQUESTER))));
		given(this.groups.groups()).willReturn(List.of(new Group("dc1 & co", 12, 11), new Group("lab", 1, 0)));
	}

	@Test
	void listsTheGroups() {
		assertThat(page("/migration")).contains("href=\"/migration?group=dc1%20%26%20co\"", "dc1 &amp; co", ">12<",
				">11<");
	}

	@Test
	void saysWhatToDoWhereNoNodeIsInAGroup() {
		given(this.groups.groups()).willReturn(List.of());

		assertThat(page("/migration?group=")).contains("No node is in a group", "href=\"/nodes\"");
	}

	@Test
	void showsBothMatricesWithTheirReasons() {
		given(this.groups.judge("dc1")).willReturn(group(List.of(kind(1, "old", NOW), kind(2, "new", NOW)),
				Matrix.of(rows(List.of(row(null, YES), row(NO, null)))),
				Matrix.of(rows(List.of(row(null, YES), row(YES, null))))));

		assertThat(page("/migration?group=dc1")).contains("Haswell is the newest", "1 of 2", "2 of 2", "id=\"now\"",
				"id=\"recommended\"", "Every way is open.", "Guests come with Skylake &amp; cannot.",
				"href=\"/knowledge/rules/V669\"", "href=\"#kind-1\"", "1 old", "Why not from new",
				"cpu_models = Haswell", "avx512f", "One named model", "href=\"/nodes/old\"", "as root",
				"virsh domcapabilities --virttype kvm", "never-read", "Of emulating libvirt was asked");
	}

	@Test
	void marksOldFactsAndSaysWhereNothingWasSaidAboutMigration() {
		given(this.groups.judge("dc1")).willReturn(group(List.of(kind(1, "old", NOW.minusSeconds(40L * 86_400))),
				Matrix.of(rows(List.of(row((Passage) null)))), Matrix.of(rows(List.of(row((Passage) null))))));

		assertThat(page("/migration?group=dc1"))
			.contains("older than 30 days", ", old", "Not of every node has somebody said")
			.doesNotContain("id=\"now\"");
	}

	@Test
	void staysUsableWithManyKindsAndLongNames() {
		List<Kind> kinds = IntStream.rangeClosed(1, 24).mapToObj((at) -> kind(at, "n".repeat(63) + at, NOW)).toList();
		Passage[] unknown = IntStream.range(0, 24).mapToObj((at) -> UNKNOWN).toArray(Passage[]::new);
		Matrix matrix = Matrix.of(rows(IntStream.range(0, 24).mapToObj((at) -> row(unknown)).toList()));
		given(this.groups.judge("dc1")).willReturn(group(kinds, matrix, matrix));

		assertThat(page("/migration?group=dc1")).contains("0 of 576", "576 unknown", "1 reason",
				"class=\"table-responsive\" tabindex=\"0\"");
	}

	@Test
	void offersToAskForTheLinesOfAllNodesThatNeedThem() {
		given(this.groups.judge("dc1")).willReturn(group(List.of(kind(1, "old", NOW), kind(2, "new", NOW)),
				Matrix.of(rows(List.of())), Matrix.of(rows(List.of()))));

		assertThat(page("/migration?group=dc1")).contains("Ask for the lines of 2 nodes",
				"href=\"/changes/new?group=dc1\"");
	}

	@Test
	void saysOnTheNodesPageWhatItsGroupNeeds() {
		given(this.groups.of(List.of("n1"))).willReturn(Map.of("n1", lines(true, line("cpu_models", "Haswell"))));

		assertThat(page("/nodes/n1/group"))
			.contains("id=\"group\"", "Haswell is the newest", "cpu_models = Haswell", "Ask for these lines",
					"href=\"/migration?group=dc1%20%26%20co\"", "href=\"/changes/new?nodes=n1&amp;settingsFrom=group\"",
					"href=\"/knowledge/rules/V653\"")
			.doesNotContain("<html");
	}

	@Test
	void offersNothingToAskForWhereTheNodeNeedsNoLineOrIsNotJudged() {
		given(this.groups.of(List.of("n1"))).willReturn(Map.of("n1", lines(true)));
		assertThat(page("/nodes/n1/group")).contains("needs no other line").doesNotContain("Ask for these lines");

		given(this.groups.of(List.of("n1"))).willReturn(Map.of("n1", lines(false)));
		assertThat(page("/nodes/n1/group")).contains("not judged with the others", "no facts yet")
			.doesNotContain("needs no other");

		given(this.groups.of(List.of("n1"))).willReturn(Map.of());
		assertThat(page("/nodes/n1/group")).contains("in no group any more");
	}

	@Test
	void knowsNoGroupOfANodeThatThereIsNot() {
		given(this.nodes.get("zz")).willThrow(Refused.notFound("node", "zz"));

		assertThat(this.mvc.get().uri("/nodes/zz/group").exchange()).hasStatus(404);
	}

	@Test
	void knowsNoGroupOfAnotherName() {
		given(this.groups.judge("nowhere")).willThrow(Refused.notFound("group", "nowhere"));

		assertThat(this.mvc.get().uri("/migration?group=nowhere").exchange()).hasStatus(404);
	}

	private static GroupJudgement group(List<Kind> kinds, Matrix now, Matrix recommended) {
		return new GroupJudgement("dc1", 4, 0, List.of(new Ref("x", "never-read")), List.of("never-read"),
				List.of("emulating"), GroupCpu.COMMON,
				"Haswell is the newest model that guests can have on all of them.", "Haswell", "Skylake", null, false,
				kinds, now, recommended, 0, new RulebaseRevision(1, "0".repeat(64)));
	}

	private static Kind kind(int number, String name, Instant at) {
		Finding finding = new Finding("V653", Severity.HIGH, false, "One named model", "Because.", List.of("seen"),
				List.of(new Step("systemctl restart openstack-nova-compute", true, null)), List.of(),
				new Document("nova", "cpu-models"), List.of());
		return new Kind(number, List.of(new Ref(name, name)), at, "Xeon", "Haswell", "Haswell", "2024.1 (nova 29)",
				List.of("QEMU 8.2.2"), "kvm, host-model", "kvm, custom: Haswell",
				List.of(line("cpu_mode", "custom"), line("cpu_models", "Haswell")), List.of("avx512f"), List.of("vmx"),
				List.of(finding));
	}

	private static GroupLines lines(boolean judged, ReasonedSetting... settings) {
		return new GroupLines("dc1 & co", "Haswell is the newest model that guests can have on all of them.", "Haswell",
				judged, List.of(settings), 1, "0".repeat(64));
	}

	private static ReasonedSetting line(String option, String value) {
		return new ReasonedSetting(new Setting("libvirt", option, value), "V653", "One named model. Because.");
	}

	private static List<@Nullable Passage> row(@Nullable Passage... cells) {
		return Arrays.asList(cells);
	}

	private static List<List<@Nullable Passage>> rows(List<List<@Nullable Passage>> rows) {
		return rows;
	}

	private String page(String address) {
		MvcTestResult result = this.mvc.get().uri(address).exchange();
		assertThat(result).hasStatusOk();
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	@TestConfiguration
	static class Time {

		@Bean
		Clock clock() {
			return Clock.fixed(NOW, ZoneOffset.UTC);
		}

	}

}
