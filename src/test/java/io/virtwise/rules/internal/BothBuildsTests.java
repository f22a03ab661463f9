package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RulesRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Drools' own build of the rules' text judges the network that is made by hand: both say
 * the same, word for word, of every case and of made-up nodes.
 */
class BothBuildsTests {

	/** What the shipped rules do not use together, or never twice. */
	private static final String PLANTED = """
			rule "V901 Two answers"
			@id(V901) @doc("a b") @severity(INFO)
			when
			    Platform(arch != "none")
			then
			    conclude.that(Topic.HARDWARE, Answer.YES, "Yes.");
			end
			rule "V902 Another answer"
			@id(V902) @doc("a b") @severity(INFO)
			when
			    CpuInfo(vmx != Known.YES)
			then
			    conclude.that(Topic.HARDWARE, Answer.NO, "No.");
			end
			rule "V903 A circle, here"
			@id(V903) @doc("a b") @severity(INFO)
			when
			    (Conclusion(topic == Topic.DEVICE, answer == Answer.YES) or Conclusion(topic == Topic.HARDWARE, answer == Answer.NO))
			then
			    conclude.that(Topic.KVM, Answer.USABLE, "There.");
			end
			rule "V904 A circle, back"
			@id(V904) @doc("a b") @severity(INFO)
			when
			    Conclusion(topic == Topic.KVM, $how : answer)
			    DevKvm(present != Known.NO)
			then
			    conclude.that(Topic.DEVICE, Answer.YES, "Back, {how}.");
			end
			rule "V905 Every answer there is"
			@id(V905) @doc("a b") @severity(WARN)
			when
			    Conclusion(topic == Topic.HARDWARE, answer in (Answer.YES, Answer.NO))
			    Conclusion(answer != Answer.UNKNOWN, $topic : topic)
			then
			    advise.finding("Topic {topic}", "Why.", "- Look");
			end
			rule "V906 Joined by a value"
			@id(V906) @doc("a b") @severity(HIGH)
			when
			    GuestModel($name : name, $at : position)
			    GuestModel(position > $at, name != $name, $other : name)
			    not GuestModel(position > $at, listed == Known.NO)
			then
			    advise.finding("{name} before {other}", "Why.", "- Look");
			end
			rule "V907 Options in pairs"
			@id(V907) @doc("a b") @severity(WARN)
			when
			    NovaOption($one : option, number > 0)
			    NovaOption($two : option, option != $one, number == null || number < 5)
			    (exists (LogSignature(count > 0) and ImageFormat(name != "raw")) or not ImageFormat(name == "raw"))
			then
			    advise.finding("{one} and {two}", "Why.", "- Look");
			end
			rule "V908 Neither of two"
			@id(V908) @doc("a b") @severity(WARN)
			when
			    Release(known == true, major >= 20 && major < 28)
			    Intent($nested : nested)
			    not (NovaConfFacts(cpuMode in ("none", "custom")) and Conclusion(topic == Topic.KVM, answer == Answer.USABLE))
			    KvmParameters(nestedIntel != $nested || $nested in (Known.UNKNOWN, Known.NO))
			then
			    advise.settings("libvirt/cpu_mode=host-model");
			end
			""";

	private static final Rulebase JUDGE = Rulebase.of(1, ShippedRules.files(), new MvelBases());

	@Test
	void saysTheSameOfEveryCase() {
		for (RuleCase one : RuleCase.shipped()) {
			same(JUDGE, Assessments.SHIPPED, one.facts());
		}
	}

	@Test
	void saysTheSameOfMadeUpNodes() {
		RandomNodes nodes = new RandomNodes(21);
		for (int at = 0; at < 500; at++) {
			same(JUDGE, Assessments.SHIPPED, nodes.next());
		}
	}

	@Test
	void saysTheSameWhereAnswersAreSeveralConclusionsGoInCirclesAndFactsAreJoined() {
		List<RuleSource> files = List.of(new RuleSource("planted.drl", PLANTED));
		Rulebase judge = Rulebase.of(1, files, new MvelBases());
		Rulebase network = Rulebase.of(1, files);
		RandomNodes nodes = new RandomNodes(22);
		Random order = new Random(23);
		List<String> fired = new ArrayList<>();
		for (int at = 0; at < 400; at++) {
			NodeFacts facts = nodes.next();
			same(judge, network, facts);
			assertThat(Assessments.shuffled(network, facts, order))
				.hasToString(Assessments.of(network, facts).toString());
			fired.addAll(new Run(network, facts).fired());
		}
		assertThat(fired).contains("V901", "V902", "V903", "V904", "V905", "V906", "V907", "V908");
	}

	@ParameterizedTest
	@MethodSource
	void refusesWhatItCannotMatchWithFileAndLine(String condition, String why) {
		RuleSource file = new RuleSource("odd.drl", """
				rule "V903 Odd"
				@id(V903) @doc("a b") @severity(INFO)
				when
				    %s
				then
				    conclude.that(Topic.KVM, Answer.YES, "There.");
				end
				""".formatted(condition));

		assertThatExceptionOfType(RulesRefused.class).isThrownBy(() -> Rulebase.of(1, List.of(file)))
			.satisfies((refused) -> assertThat(refused.problems()).singleElement().satisfies((problem) -> {
				assertThat(problem.file()).isEqualTo("odd.drl");
				assertThat(problem.line()).isEqualTo(1);
				assertThat(problem.message()).contains(why);
			}));
	}

	static Stream<Arguments> refusesWhatItCannotMatchWithFileAndLine() {
		return Stream.of(Arguments.of("NovaOption(option == \"a/a\")\n".repeat(5), "joins at most 4 facts"),
				Arguments.of("exists Conclusion(topic == Topic.KVM, answer == Answer.NO)", "that it leads to itself"));
	}

	private static void same(Rulebase judge, Rulebase network, NodeFacts facts) {
		Run one = new Run(judge, facts);
		Run other = new Run(network, facts);

		assertThat(other.fired()).as("%s", facts).isEqualTo(one.fired());
		assertThat(Assessments.of(network, facts)).as("%s", facts).hasToString(Assessments.of(judge, facts).toString());
	}

}
