package io.virtwise.recommendation.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.virtwise.Corpus;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.Intent;
import io.virtwise.recommendation.migration.GroupJudgement.Kind;
import io.virtwise.recommendation.migration.GroupJudgement.Matrix;
import io.virtwise.recommendation.migration.GroupJudgement.Ref;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Groups of nodes judged by the shipped rules, real domain capabilities among them.
 */
@SpringJUnitConfig
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class GroupJudgeTests {

	private static final String HOST_MODEL = "cpu_mode = host-model\n";

	private final FactReader reader;

	private final Nodes nodes;

	private final Advisor advisor;

	GroupJudgeTests(@Autowired FactReader reader, @Autowired Advisor advisor) {
		this.reader = reader;
		this.nodes = new Nodes(reader);
		this.advisor = advisor;
	}

	@Test
	void realNodesOfTwoGenerationsGetTheNewestModelThatBothHave() {
		GroupJudgement group = judge(
				this.nodes.intel("old", "Haswell", Corpus.text("domcapabilities/kvm-x86_64-rhel7-unknown-usable.xml"),
						HOST_MODEL),
				this.nodes.intel("new", "Skylake", Corpus.text("domcapabilities/kvm-x86_64-qemu4.2.xml"), HOST_MODEL));

		assertThat(group.answer()).isEqualTo(GroupCpu.COMMON);
		assertThat(group.common()).isEqualTo("Nehalem-IBRS");
		assertThat(group.newest()).isEqualTo("Skylake-Client-IBRS");
		assertThat(words(group.now())).containsExactly("- yes", "no -");
		assertThat(words(group.recommended())).containsExactly("- yes", "yes -");
		assertThat(kind(group, "old").lines()).isEqualTo("cpu_mode = custom\ncpu_models = Nehalem-IBRS");
		assertThat(kind(group, "new").lines())
			.isEqualTo("cpu_mode = custom\ncpu_models = Nehalem-IBRS,Skylake-Client-IBRS");
		assertThat(kind(group, "new").findings()).extracting(Assessment.Finding::rule).contains("V653");
		assertThat(kind(group, "new").findings().get(0).title()).contains("Nehalem-IBRS");
		assertThat(kind(group, "new").findings().get(0).evidence())
			.contains("old: the newest model that libvirt says KVM guests can have is Nehalem-IBRS");
		assertThat(kind(group, "new").findings().get(0).reason()).contains("on old.");
		assertThat(kind(group, "new").givenUp()).contains("avx2", "aes").doesNotContain("sse4.2");
	}

	@Test
	void realNodesOfAmdGetAModelOfAmdAndNotOfIntel() {
		GroupJudgement group = judge(
				this.nodes.amd("rome", "EPYC 7402", Corpus.text("domcapabilities/kvm-x86_64-qemu10.0-q35.xml"),
						HOST_MODEL),
				this.nodes.amd("genoa", "EPYC 9354", Corpus.text("domcapabilities/kvm-x86_64-qemu9.2-amdsev.xml"),
						HOST_MODEL));

		assertThat(group.common()).isEqualTo("EPYC-IBPB");
		assertThat(group.newest()).as("it also offers Icelake-Server-noTSX").isEqualTo("EPYC-Genoa");
		assertThat(words(group.now())).containsExactly("- yes", "no -");
		assertThat(group.now().rows().get(1).get(0)).isNotNull()
			.satisfies((one) -> assertThat(one.reason()).contains("amd-psfd"));
		assertThat(words(group.recommended())).containsExactly("- yes", "yes -");
	}

	@Test
	void guestsOfThreeGenerationsGoUpAndNotDownUnderHostModel() {
		GroupJudgement group = judge(node("a", "Haswell-noTSX-IBRS", HOST_MODEL),
				node("b", "Skylake-Server-IBRS", HOST_MODEL), node("c", "Cascadelake-Server", HOST_MODEL),
				node("a2", "Haswell-noTSX-IBRS", HOST_MODEL));

		assertThat(group.kinds()).extracting(Kind::name).containsExactly("a and 1 more", "b", "c");
		assertThat(words(group.now())).containsExactly("yes yes yes", "no - yes", "no no -");
		assertThat(group.now().rows().get(1).get(0)).isNotNull()
			.satisfies((one) -> assertThat(one.reason()).contains("3dnowprefetch", "and 17 more"));
		assertThat(words(group.recommended())).containsExactly("yes yes yes", "yes - yes", "yes yes -");
		assertThat(kind(group, "c").lines())
			.endsWith("cpu_models = Haswell-noTSX-IBRS,Skylake-Server-IBRS,Cascadelake-Server");
		assertThat(kind(group, "b").lines()).endsWith("cpu_models = Haswell-noTSX-IBRS,Skylake-Server-IBRS");
		assertThat(kind(group, "a").lines()).endsWith("cpu_models = Haswell-noTSX-IBRS");
		assertThat(group.kinds().get(0).lacks()).contains("avx512f");
	}

	@Test
	void aModelThatAllHaveStaysAndOneThatSomeLackGoes() {
		GroupJudgement group = judge(node("a", "Haswell-noTSX-IBRS", "cpu_mode = custom\ncpu_models = SandyBridge\n"),
				node("b", "Skylake-Server-IBRS", "cpu_mode = custom\ncpu_models = Skylake-Server-IBRS\n"));

		assertThat(kind(group, "a").lines()).isEmpty();
		assertThat(kind(group, "b").lines()).isEqualTo("cpu_models = Haswell-noTSX-IBRS,Skylake-Server-IBRS");
		assertThat(words(group.now())).containsExactly("- yes", "no -");
		assertThat(words(group.recommended())).containsExactly("- yes", "yes -");
	}

	@Test
	void nodesAlikeKeepHostModelAndAreToldOfVersionsThatDiffer() {
		Member one = node("a", "Haswell-noTSX-IBRS", HOST_MODEL);
		Member other = Nodes.member("b", Nodes.versions(one.facts(), "5.14.0", "10.0.0", "6.2.0"));
		GroupJudgement group = judge(one, other);

		assertThat(group.answer()).isEqualTo(GroupCpu.HOST_MODEL);
		assertThat(group.differs()).isEqualTo("QEMU 6.2.0, 8.2.2");
		assertThat(kind(group, "a").findings()).extracting(Assessment.Finding::rule).containsExactly("V654");
		assertThat(words(group.now())).as("nova goes to no older QEMU").containsExactly("- no", "yes -");
		assertThat(group.now().rows().get(0).get(1)).isNotNull()
			.satisfies((no) -> assertThat(no.reason()).contains("QEMU 8.2.2 there, 6.2.0 here"));
	}

	@Test
	void nodesNearlyAlikeKeepHostModelAndHearOfTheOneWay() {
		GroupJudgement group = judge(
				this.nodes.intel("a", "Xeon", Nodes.offering("Haswell-noTSX-IBRS", "Intel"), HOST_MODEL), this.nodes
					.intel("b", "Xeon", Nodes.offering("Haswell-noTSX-IBRS", "Intel", "ssbd", "md-clear"), HOST_MODEL));

		assertThat(group.answer()).isEqualTo(GroupCpu.HOST_MODEL);
		assertThat(kind(group, "a").findings()).extracting(Assessment.Finding::rule).containsExactly("V659");
		assertThat(kind(group, "a").findings().get(0).title()).contains("md-clear, ssbd");
		assertThat(words(group.now())).containsExactly("- yes", "no -");
	}

	@Test
	void nodesOfTwoMakersAreSplit() {
		GroupJudgement group = judge(node("a", "Nehalem", HOST_MODEL), this.nodes.amd("b", "EPYC",
				Nodes.offering("EPYC-Rome", "AMD"), "cpu_mode = custom\ncpu_models = Nehalem\n"));

		assertThat(group.answer()).isEqualTo(GroupCpu.NONE);
		assertThat(group.common()).isNull();
		assertThat(kind(group, "a").findings()).extracting(Assessment.Finding::rule).containsExactly("V655");
		assertThat(words(group.recommended())).containsExactly("- no", "no -");
	}

	@Test
	void saysWhoIsMissingAndDoesNotGuessThere() {
		Member bare = Nodes.member("bare",
				this.reader.read(new Evidence(
						List.of(new Evidence.Item(EvidenceKind.CPUINFO, "vendor_id\t: GenuineIntel\nflags : vmx\n")),
						null, Intent.UNKNOWN)));
		GroupJudgement group = new GroupJudge(this.advisor, "dc1",
				List.of(node("a", "Haswell-noTSX-IBRS", HOST_MODEL), node("b", "Nehalem-IBRS", HOST_MODEL), bare),
				List.of(new Ref("n9", "never")))
			.judge(0, this.advisor.rulebase());

		assertThat(group.nodes()).isEqualTo(4);
		assertThat(group.unasked()).containsExactly("bare", "never");
		assertThat(group.common()).isEqualTo("Nehalem-IBRS");
		assertThat(group.wanted()).isFalse();
		assertThat(kind(group, "a").findings()).extracting(Assessment.Finding::rule).contains("V657");
		assertThat(words(group.now()).get(0)).as("from the node nobody looked at").doesNotContain("yes", "no ");
		assertThat(words(group.recommended()).get(2)).startsWith("unknown");
	}

	@Test
	void twoHundredNodesAreAFewKindsAndOneMatrix() {
		List<Member> all = new ArrayList<>();
		List<String> models = List.of("Haswell-noTSX-IBRS", "Broadwell-noTSX-IBRS", "Skylake-Server-IBRS");
		List<Member> samples = models.stream().map((model) -> node(model, model, HOST_MODEL)).toList();
		for (int at = 0; at < 200; at++) {
			all.add(Nodes.member("cmp-%03d".formatted(at), samples.get(at % 3).facts()));
		}
		GroupJudgement group = judge(all.toArray(Member[]::new));

		assertThat(group.kinds()).extracting((kind) -> kind.nodes().size()).containsExactly(67, 67, 66);
		assertThat(group.now().ways()).isEqualTo(9);
		assertThat(group.recommended().open()).isEqualTo(9);
	}

	@Test
	void moreKindsThanAMatrixHoldsAreSaidToBeLeftOut() {
		List<Member> all = new ArrayList<>();
		Member sample = node("x", "Haswell-noTSX-IBRS", HOST_MODEL);
		for (int at = 0; at < 30; at++) {
			all.add(Nodes.member("cmp-%03d".formatted(at),
					Nodes.versions(sample.facts(), "5.14." + at, "9.0.0", "8.2.2")));
		}
		GroupJudgement group = judge(all.toArray(Member[]::new));

		assertThat(group.kinds()).hasSize(30);
		assertThat(group.now().rows()).hasSize(24);
		assertThat(group.kindsLeftOut()).isEqualTo(6);
	}

	private Member node(String name, String model, String novaConf) {
		return this.nodes.intel(name, "Xeon " + model, Nodes.offering(model, "Intel"), novaConf);
	}

	private GroupJudgement judge(Member... members) {
		return new GroupJudge(this.advisor, "dc1", List.of(members), List.of()).judge(0, this.advisor.rulebase());
	}

	private static Kind kind(GroupJudgement group, String node) {
		return group.kinds()
			.stream()
			.filter((one) -> one.nodes().stream().anyMatch((each) -> each.name().equals(node)))
			.findFirst()
			.orElseThrow();
	}

	private static List<String> words(Matrix matrix) {
		return matrix.rows()
			.stream()
			.map((row) -> row.stream().map(GroupJudgeTests::word).collect(Collectors.joining(" ")))
			.toList();
	}

	private static String word(@Nullable Passage passage) {
		return (passage == null) ? "-" : passage.word();
	}

	@Configuration
	@ComponentScan({ "io.virtwise.facts.internal", "io.virtwise.nova", "io.virtwise.rules.internal" })
	static class Rules {

	}

}
