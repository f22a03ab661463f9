package io.virtwise.rollout.web;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

import io.virtwise.rollout.RolloutPlan;
import io.virtwise.rollout.RolloutPlan.Wave;
import io.virtwise.rollout.Share;
import io.virtwise.rollout.TimeWindow;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A plan as programs and forms write it.
 */
class PlanBodyTests {

	private final JsonMapper json = JsonMapper.builder().build();

	@Test
	void takesWavesBudgetAndWindow() {
		RolloutPlan plan = plan("""
				{"waves": [{"upTo": 1}, {"upTo": "10%", "threshold": 80}, "100%"], "budget": "5%", "atOnce": 4,
				 "window": {"from": "22:00", "to": "04:30", "days": ["SAT", "sunday"]}}""");

		assertThat(plan).isEqualTo(new RolloutPlan(
				List.of(new Wave(Share.nodes(1), 100), new Wave(Share.percent(10), 80),
						new Wave(Share.percent(100), 90)),
				Share.percent(5), 4, new TimeWindow(LocalTime.of(22, 0), LocalTime.of(4, 30),
						Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY))));
	}

	@Test
	void leavesWhatIsNotNamedAsItIs() {
		assertThat(plan("{\"budget\": 3}"))
			.isEqualTo(new RolloutPlan(RolloutPlan.DEFAULT.waves(), Share.nodes(3), 10, null));
		assertThat(this.json.readValue("{}", PlanBody.class).saysNothing()).isTrue();
		assertThat(plan("{\"window\": {}}").window()).isNull();
	}

	@Test
	void namesEveryFieldThatItCannotRead() {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> plan("""
				{"waves": ["many", {"upTo": "10%", "threshold": "x"}], "budget": "-1",
				 "window": {"from": "25:00", "to": "04:00", "days": ["someday"]}}"""))
			.satisfies((ex) -> assertThat(ex.faults()).extracting(FieldFault::field)
				.containsExactly("waves[0]", "waves[1].threshold", "budget", "window.from", "window.days"));
	}

	@Test
	void refusesAWindowThatIsNeverOpen() {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> plan("{\"window\": {\"from\": \"04:00\", \"to\": \"04:00\"}}"))
			.satisfies((ex) -> assertThat(ex.faults()).extracting(FieldFault::field).containsExactly("window.to"));
	}

	@Test
	void readsTheForm() {
		RolloutPages.PlanForm form = new RolloutPages.PlanForm("1, 50% 100%", "95", "2", "3", "", "", null);

		assertThat(form.toBody().toPlan(RolloutPlan.DEFAULT))
			.isEqualTo(new RolloutPlan(List.of(new Wave(Share.nodes(1), 95), new Wave(Share.percent(50), 95),
					new Wave(Share.percent(100), 95)), Share.nodes(2), 3, null));
	}

	@Test
	void saysOnTheFormWhereThresholdsDoNotFitTheWaves() {
		RolloutPages.PlanForm form = new RolloutPages.PlanForm("1, 50%, 100%", "100, 90", "2", "3", "", "", null);

		assertThatExceptionOfType(Refused.class).isThrownBy(form::toBody)
			.satisfies((ex) -> assertThat(ex.faults()).extracting(FieldFault::field).containsExactly("thresholds"));
	}

	private RolloutPlan plan(String text) {
		return this.json.readValue(text, PlanBody.class).toPlan(RolloutPlan.DEFAULT);
	}

}
