package io.virtwise.approval;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many people it takes, and why.
 */
class ApprovalPolicyTests {

	private final ApprovalPolicy policy = new ApprovalPolicy(1, 1, 2, List.of("virt_type", "cpu_mode"), true, 10,
			Map.of("dc1-prod", "cloud-leads", "dc2-prod", "cloud-leads"), Map.of("cloud-leads", Set.of("p-mara")), true,
			Duration.ofDays(3), Duration.ofDays(30), null, null);

	@Test
	void oneOtherPersonIsEnoughForWhatIsNotRisky() {
		Demand demand = this.policy.demandFor(new Risk(List.of("cpu_model_extra_flags"), false, 10, List.of("lab")));

		assertThat(demand).isEqualTo(Demand.of(1));
		assertThat(demand.sentence()).isEqualTo("One approver.");
	}

	@Test
	void twoLookAtVirtTypeAndCpuMode() {
		Demand one = this.policy.demandFor(new Risk(List.of("virt_type"), false, 1, List.of()));
		Demand both = this.policy.demandFor(new Risk(List.of("virt_type", "cpu_mode", "x"), false, 1, List.of()));

		assertThat(one.approvers()).isEqualTo(2);
		assertThat(one.sentence()).isEqualTo("Two different approvers, because virt_type changes.");
		assertThat(both.sentence()).isEqualTo("Two different approvers, because cpu_mode and virt_type change.");
	}

	@Test
	void twoLookAtARebootAndAtManyNodes() {
		assertThat(this.policy.demandFor(new Risk(List.of(), true, 1, List.of())).sentence())
			.isEqualTo("Two different approvers, because a node has to be rebooted.");
		assertThat(this.policy.demandFor(new Risk(List.of(), false, 11, List.of())).sentence())
			.isEqualTo("Two different approvers, because it is for 11 nodes, which is more than 10.");
	}

	@Test
	void aSecondPersonAcceptsWhatMayBreakGuestsWhateverIsRisky() {
		ApprovalPolicy lax = new ApprovalPolicy(1, 1, 1, List.of(), false, 1000, Map.of(), Map.of(), true,
				Duration.ofDays(3), Duration.ofDays(30), null, null);

		Demand demand = lax.demandFor(new Risk(List.of("cpu_models"), false, 3, List.of(), 2, 1));

		assertThat(demand.approvers()).isEqualTo(2);
		assertThat(demand.sentence()).isEqualTo("Two different approvers, because guests on 1 node would not fit the"
				+ " CPU that they get and guests run on 2 nodes whose CPU changes, and it is not known that they fit the"
				+ " new one.");
	}

	@Test
	void namesTheGroupOfWhichOneMustBeAmongThem() {
		Risk risk = new Risk(List.of("virt_type"), false, 2, List.of("dc2-prod", "dc1-prod", "lab"));

		Demand demand = this.policy.demandFor(risk);

		assertThat(demand.groups()).isEqualTo(Map.of("cloud-leads", List.of("dc1-prod", "dc2-prod")));
		assertThat(demand.sentence()).isEqualTo("Two different approvers, because virt_type changes."
				+ " One of them from the approver group cloud-leads, because nodes of dc1-prod and dc2-prod are changed.");
	}

	@Test
	void takesAsManyPeopleAsGroups() {
		Demand demand = new Demand(1, List.of(), Map.of("a", List.of("x"), "b", List.of("y")));

		assertThat(demand.approvers()).isEqualTo(2);
	}

	@Test
	void twoDemandsTogetherAskForNoLessThanEither() {
		Demand two = new Demand(2, List.of("virt_type changes"), Map.of());
		Demand group = new Demand(1, List.of(), Map.of("cloud-leads", List.of("dc1-prod")));

		assertThat(two.with(group)).isEqualTo(group.with(two))
			.isEqualTo(new Demand(2, List.of("virt_type changes"), group.groups()));
	}

}
