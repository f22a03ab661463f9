package io.virtwise.rules.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RulebaseAtStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What judges where the revision in force cannot be built.
 */
@ExtendWith(OutputCaptureExtension.class)
class RulebaseInItsPlaceTests {

	private static final RuleSource GOOD = new RuleSource("a.drl", """
			rule "V901 It can"
			@id(V901) @doc("nova virt") @severity(INFO)
			when
			    CpuInfo(vmx == Known.YES)
			then
			    advise.unknown("it can", "So it can.");
			end
			""");

	private static final RuleSource BROKEN = new RuleSource("a.drl", GOOD.text().replace("vmx", "aFieldOfOldTimes"));

	@Test
	void theNewestThatCanBeBuiltStandsInLoudly(CapturedOutput log) {
		DroolsAdvisor advisor = advisor(new Stored(5, BROKEN, Stream.of(4, 3, 2)));

		assertThat(advisor.rulebase().revision()).isEqualTo(3);
		assertThat(log).contains("Revision 5 of the rulebase is in force and cannot be built",
				"Revision 4 of the rulebase cannot be built either");
	}

	@Test
	void whatCameWithThePortalIsTheLastResort() {
		DroolsAdvisor advisor = advisor(new Stored(5, BROKEN, Stream.of(4)));

		assertThat(advisor.rulebase().revision()).isZero();
		assertThat(advisor.active().rules()).hasSizeGreaterThan(400);
	}

	@Test
	void nothingStandsInForWhatCanBeBuilt(CapturedOutput log) {
		assertThat(advisor(new Stored(5, GOOD, Stream.of(3))).rulebase().revision()).isEqualTo(5);
		assertThat(log).doesNotContain("cannot be built");
	}

	private static DroolsAdvisor advisor(RulebaseAtStart stored) {
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("stored", stored);
		return new DroolsAdvisor((settings) -> "", beans.getBeanProvider(RulebaseAtStart.class));
	}

	/**
	 * A revision and those before it, of which only the third can be built.
	 */
	private record Stored(int number, RuleSource file, Stream<Integer> earlier) implements RulebaseAtStart {

		@Override
		public Optional<Revision> revision() {
			return Optional.of(new Revision(this.number, List.of(this.file)));
		}

		@Override
		public Stream<Revision> inPlaceOf(int number) {
			return this.earlier.map((one) -> new Revision(one, List.of((one == 3) ? GOOD : BROKEN)));
		}

	}

}
