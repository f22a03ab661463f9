package io.virtwise.rollout;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

import io.virtwise.rollout.RolloutPlan.Reach;
import io.virtwise.rollout.RolloutPlan.Wave;
import io.virtwise.shared.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How a rollout is cut into waves, and when nodes may be begun.
 */
class RolloutPlanTests {

	@ParameterizedTest
	@CsvSource({ "200, '1-1 2-20 21-100 101-200'", "10, '1-1 2-5 6-10'", "3, '1-1 2-2 3-3'", "2, '1-1 2-2'",
			"1, '1-1'" })
	void cutsSoManyNodesIntoWavesWithoutAnEmptyOne(int nodes, String waves) {
		List<Reach> cut = RolloutPlan.DEFAULT.checked(nodes).cut(nodes);

		assertThat(String.join(" ", cut.stream().map((wave) -> (wave.from() + 1) + "-" + wave.to()).toList()))
			.isEqualTo(waves);
		assertThat(cut).extracting(Reach::number).startsWith(1).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource({ "5%, 200, 10", "5%, 2, 1", "0, 200, 0", "3, 200, 3", "0%, 7, 0", "100%, 7, 7" })
	void saysHowManyMayFail(String budget, int nodes, int allowed) {
		assertThat(Share.parse(budget).orElseThrow().of(nodes)).isEqualTo(allowed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "-1", "101%", "1.5", "5 %%", "1000000" })
	void refusesWhatIsNoShare(String text) {
		assertThat(Share.parse(text)).isEmpty();
	}

	@Test
	void namesEachFieldThatMakesNoSense() {
		RolloutPlan plan = new RolloutPlan(List.of(new Wave(Share.percent(50), 120), new Wave(Share.percent(10), 90)),
				Share.nodes(1), 0, null);

		assertThatExceptionOfType(Refused.class).isThrownBy(() -> plan.checked(40))
			.satisfies((ex) -> assertThat(ex.faults()).extracting(Refused.FieldFault::field)
				.containsExactly("waves[0].threshold", "waves[1].upTo", "waves", "atOnce"));
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-25T21:59:59Z, false", "2026-11-25T22:00:00Z, true", "2026-11-26T03:59:59Z, true",
			"2026-11-26T04:00:00Z, false" })
	void isOpenOverMidnight(Instant now, boolean open) {
		TimeWindow window = TimeWindow.daily(LocalTime.of(22, 0), LocalTime.of(4, 0));

		assertThat(window.isOpen(now)).isEqualTo(open);
		assertThat(window).hasToString("22:00 to 04:00 UTC");
	}

	@Test
	void belongsToTheDayOnWhichItBegins() {
		TimeWindow saturday = new TimeWindow(LocalTime.of(22, 0), LocalTime.of(4, 0), Set.of(DayOfWeek.SATURDAY));

		assertThat(saturday.isOpen(Instant.parse("2026-11-28T01:00:00Z"))).as("the night to Saturday").isFalse();
		assertThat(saturday.isOpen(Instant.parse("2026-11-29T01:00:00Z"))).as("the night to Sunday").isTrue();
		assertThat(saturday.opensAt(Instant.parse("2026-11-25T12:00:00Z"))).isEqualTo("2026-11-28T22:00:00Z");
		assertThat(saturday).hasToString("22:00 to 04:00 UTC on Sat");
	}

}
