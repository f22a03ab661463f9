package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaRelease;
import io.virtwise.recommendation.Assessed;
import io.virtwise.recommendation.EvidenceAssessor;
import io.virtwise.recommendation.internal.ReleaseDifference.Change;
import io.virtwise.recommendation.internal.ReleaseDifference.Kind;
import io.virtwise.recommendation.internal.ReleaseDifference.Rename;
import io.virtwise.recommendation.internal.Said.Topic;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment.NovaVerdict;
import io.virtwise.rules.Assessment.ReleaseRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What another nova release would change, on the shipped rules.
 */
@SpringJUnitConfig
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ReleasePreviewTests {

	private static final String INTEL = "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vme vmx sse2\n";

	private static final String DRIVER = "[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n[libvirt]\n";

	private final FactReader reader;

	private final Advisor advisor;

	private final ReleaseRuns runs;

	ReleasePreviewTests(@Autowired FactReader reader, @Autowired Advisor advisor) {
		this.reader = reader;
		this.advisor = advisor;
		this.runs = new ReleaseRuns(advisor);
	}

	@Test
	void saysWhatBreaksWithNovasOwnWords() {
		ReleasePreview preview = preview("13", DRIVER + "virt_type = kvm\ncpu_model = Nehalem\ncpu_mode = none\n");

		assertThat(preview.difference(release("29")).breaks()).extracting(Change::sentence)
			.anySatisfy((each) -> assertThat(each).contains(
					"refuses nova.conf at start: " + "The cpu_models option is not required when cpu_mode!=custom"));
	}

	@Test
	void tellsFromWhichReleaseOn() {
		ReleasePreview preview = preview("13", DRIVER + "virt_type = xen\n");

		ReleasePreview.Stretch wallaby = preview.timeline()
			.stream()
			.filter((each) -> each.first().release().major() == 23)
			.findFirst()
			.orElseThrow();
		assertThat(wallaby.difference().breaks()).extracting(Change::rule).contains("N03");
		assertThat(wallaby.last().release().major()).isGreaterThan(23);
		assertThat(preview.difference(release("22")).breaks()).isEmpty();
		assertThat(preview.difference(release("23")).breaks()).isNotEmpty();
	}

	@Test
	void judgesEveryReleaseOnceAndPutsEqualOnesTogether() {
		ReleasePreview preview = preview("10", DRIVER + "virt_type = kvm\n");

		assertThat(preview.judged()).hasSize(NovaRelease.all().size());
		int covered = 0;
		for (ReleasePreview.Stretch stretch : preview.timeline()) {
			covered += stretch.last().release().major() - stretch.first().release().major() + 1;
			assertThat(stretch.difference().isEmpty())
				.isEqualTo(covered == stretch.last().release().major() - 9 && stretch.first().release().major() == 10);
		}
		assertThat(covered).isEqualTo(NovaRelease.all().size());
	}

	@Test
	void aReleaseDoesNotDifferFromItself() {
		ReleasePreview preview = preview("26", DRIVER + "virt_type = qemu\n");

		assertThat(preview.difference(release("26")).isEmpty()).isTrue();
	}

	@Test
	void theDifferenceIsThatOfTheTwoAssessments() {
		NodeFacts facts = facts("19", DRIVER + "virt_type = kvm\ncpu_mode = custom\ncpu_models = Nehalem\n");
		ReleasePreview preview = this.runs.preview(facts, Objects.requireNonNull(facts.release()));

		for (NovaRelease later : NovaRelease.all()) {
			if (later.major() > 19) {
				List<String> before = Said.of(preview.from().assessment()).stream().map(Said::toString).toList();
				List<String> after = Said.of(preview.at(later).assessment()).stream().map(Said::toString).toList();
				for (Change change : preview.difference(later).changes()) {
					assertThat(before.contains(String.valueOf(change.before())))
						.isEqualTo(change.kind() != Kind.APPEARS);
					assertThat(after.contains(String.valueOf(change.after()))).isEqualTo(change.kind() != Kind.GOES);
				}
				assertThat(Said.of(preview.from().assessment())).isEqualTo(Said.of(this.advisor.assess(facts)));
			}
		}
	}

	@Test
	void anOptionThatGoesAndOneThatComesWithItsValueIsARename() {
		ReleaseDifference difference = new ReleaseDifference(
				List.of(new Change(null, line("[libvirt] cpu_model", "is taken out")),
						new Change(null, line("[libvirt] cpu_models", "= Nehalem")),
						new Change(null, line("[libvirt] cpu_mode", "= custom"))));

		assertThat(difference.renames((name) -> name.equals("[libvirt] cpu_model") ? "Nehalem" : null))
			.containsExactly(new Rename("[libvirt] cpu_model", "[libvirt] cpu_models", "Nehalem"));
		assertThat(difference.renames((name) -> "EPYC")).isEmpty();
	}

	@Test
	void withoutAReleaseSaysWhatWouldDiffer() {
		Assessed assessed = assess(null, DRIVER + "virt_type = qemu\n", EvidenceKind.CPUINFO,
				"processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vme sse2 hypervisor\n");

		List<ReleaseRange> ranges = assessed.assessment().byRelease();
		assertThat(ranges.get(0).first().series()).isEqualTo("juno");
		assertThat(ranges.get(ranges.size() - 1).last().series()).isEqualTo("2026.1");
		assertThat(says(ranges, 19)).contains("[libvirt] cpu_model = Nehalem");
		assertThat(says(ranges, 20)).contains("[libvirt] cpu_models = Nehalem");
		assertThat(assessed.assessment().findings().stream().filter((one) -> one.rule().equals("N90"))).singleElement()
			.satisfies((one) -> assertThat(assessed.assessment().differs(one)).hasSameSizeAs(ranges)
				.anySatisfy((each) -> assertThat(each).contains("Stein (nova 19)", "[libvirt] cpu_model = Nehalem")));
	}

	@Test
	void rangesSayWhatARunForEachReleaseSays() {
		String conf = DRIVER + "virt_type = xen\ncpu_mode = host-model\n";
		List<ReleaseRange> ranges = assess(null, conf).assessment().byRelease();

		for (NovaRelease release : NovaRelease.all()) {
			ReleaseRange range = ranges.stream()
				.filter((each) -> each.first().major() <= release.major() && release.major() <= each.last().major())
				.findFirst()
				.orElseThrow();
			var alone = this.advisor.assess(facts(release.series(), conf));
			assertThat(range.verdict()).isEqualTo(alone.verdict());
			assertThat(words(range.nova())).as("%s", release).isEqualTo(words(alone.nova()));
		}
		assertThat(ranges).hasSizeGreaterThan(1);
	}

	@Test
	void novaHasOneAnswerWhereAllReleasesAgree() {
		assertThat(assess(null, DRIVER + "virt_type = kvm\n").assessment().nova())
			.isEqualTo(new NovaVerdict(null, true, null, null));
		assertThat(assess(null, "[libvirt]\nvirt_type = kvm\n").assessment().nova())
			.isEqualTo(new NovaVerdict(null, false, "start", "Compute driver option required, but not specified"));
	}

	@Test
	void novaRefusesWhereEveryReleaseDoesWhateverItSays() {
		NovaVerdict nova = assess(null, DRIVER + "virt_type = kvm\ncpu_mode = host-model\ncpu_model = Nehalem\n")
			.assessment()
			.nova();

		assertThat(Objects.requireNonNull(nova).accepted()).isFalse();
		assertThat(nova.when()).isNull();
		assertThat(nova.message()).contains("Every release refuses this file.", "Stein (nova 19): refuses it at launch",
				"2026.1 (nova 33): refuses it at start");
	}

	@Test
	void novaIsUndecidedOnlyWhereReleasesDiffer() {
		NovaVerdict nova = assess(null, DRIVER + "virt_type = xen\n").assessment().nova();

		assertThat(Objects.requireNonNull(nova).accepted()).isNull();
		assertThat(nova.message()).contains("Juno (nova 10) to Victoria (nova 22): takes it",
				"Wallaby (nova 23) to 2026.1 (nova 33): refuses it at load");
	}

	@Test
	void aKnownReleaseHasNoRanges() {
		assertThat(assess("26", DRIVER).assessment().byRelease()).isEmpty();
	}

	private static String words(@Nullable NovaVerdict nova) {
		return (nova == null) ? "" : nova.accepted() + " " + nova.when() + " " + nova.message();
	}

	private static List<String> says(List<ReleaseRange> ranges, int major) {
		return ranges.stream()
			.filter((each) -> each.first().major() <= major && major <= each.last().major())
			.findFirst()
			.orElseThrow()
			.says();
	}

	private static Said line(String name, String text) {
		return new Said(Topic.LINE, name, text, "V1", null, "");
	}

	private ReleasePreview preview(String release, String novaConf) {
		return this.runs.preview(facts(release, novaConf), release(release));
	}

	private static NovaRelease release(String name) {
		return NovaRelease.parse(name).orElseGet(() -> NovaRelease.all().get(0));
	}

	private NodeFacts facts(String release, String novaConf) {
		return this.reader.read(evidence(release, novaConf, EvidenceKind.CPUINFO, INTEL));
	}

	private Assessed assess(@Nullable String release, String novaConf) {
		return assess(release, novaConf, EvidenceKind.CPUINFO, INTEL);
	}

	private Assessed assess(@Nullable String release, String novaConf, EvidenceKind kind, String text) {
		return new EvidenceAssessor(this.reader, this.advisor, (facts, present) -> List.of(), this.runs)
			.assess(evidence(release, novaConf, kind, text));
	}

	private static Evidence evidence(@Nullable String release, String novaConf, EvidenceKind kind, String text) {
		List<Evidence.Item> items = new ArrayList<>();
		items.add(new Evidence.Item(kind, text));
		items.add(new Evidence.Item(EvidenceKind.NOVA_CONF, novaConf));
		Intent accepting = new Intent(Intent.Environment.LAB, io.virtwise.facts.Known.UNKNOWN,
				io.virtwise.facts.Known.UNKNOWN, io.virtwise.facts.Known.YES, java.util.Set.of(),
				io.virtwise.facts.Known.UNKNOWN);
		return new Evidence(items, release, accepting);
	}

	@Configuration
	@ComponentScan({ "io.virtwise.rules.internal", "io.virtwise.facts.internal", "io.virtwise.nova.internal",
			"io.virtwise.nova" })
	static class Rooms {

	}

	@Test
	void namesWhatALaterReleaseDoesNotRead() {
		NodeFacts facts = facts("13", """
				[DEFAULT]
				compute_driver = libvirt.LibvirtDriver
				libvirt_type = kvm
				[libvirt]
				cpu_models = Nehalem
				cpu_model_extra_flags = pcid
				[compute]
				cpu_shared_set = 0-3
				""");
		ReleasePreview preview = this.runs.preview(facts, Objects.requireNonNull(facts.release()));

		assertThat(preview.ignored(release("17"))).extracting(IgnoredOption::name)
			.containsExactly("[DEFAULT] libvirt_type", "[compute] cpu_shared_set", "[libvirt] cpu_models");
		assertThat(preview.ignored(release("19"))).extracting(IgnoredOption::name)
			.containsExactly("[DEFAULT] libvirt_type", "[libvirt] cpu_models");
		assertThat(preview.ignored(release("20"))).extracting(IgnoredOption::name)
			.containsExactly("[DEFAULT] libvirt_type");
		assertThat(preview.ignored(release("17"))).noneMatch(IgnoredOption::readToday);
	}

	@Test
	void tellsWhatIsReadTodayAndNotLater() {
		NodeFacts facts = facts("17.0.3", DRIVER + "cpu_model_extra_flags = pcid\n");
		ReleasePreview preview = this.runs.preview(facts, Objects.requireNonNull(facts.release()));

		assertThat(IgnoredOption.of(facts, release("17.0.3"), release("16.1.0"))).singleElement()
			.isEqualTo(new IgnoredOption("[libvirt] cpu_model_extra_flags", "pcid", true));
		assertThat(preview.ignored(release("18"))).isEmpty();
	}

}
