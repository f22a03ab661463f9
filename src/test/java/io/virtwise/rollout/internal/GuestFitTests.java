package io.virtwise.rollout.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.virtwise.change.ChangeProgress.DryRunCheck;
import io.virtwise.rollout.CpuProbe.Cpu;
import io.virtwise.rollout.CpuProbe.Guest;
import io.virtwise.rollout.CpuProbe.Looked;
import io.virtwise.rollout.CpuProbe.Telling;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GuestFit}.
 */
class GuestFitTests {

	private static final Cpu NEHALEM = all("kvm", "Nehalem", "sse4.2", "popcnt");

	private static final Cpu WESTMERE = all("kvm", "Westmere", "sse4.2", "popcnt", "aes");

	private static final Cpu HOST = new Cpu("kvm", "host-passthrough", Set.of("sse4.2", "popcnt", "aes", "avx"),
			Telling.HOST, null);

	private static Cpu all(String type, String label, String... features) {
		return new Cpu(type, label, Set.of(features), Telling.ALL, null);
	}

	private static DryRunCheck fit(Cpu given, Cpu... running) {
		List<Guest> guests = new ArrayList<>();
		for (Cpu cpu : running) {
			guests.add(new Guest("instance-" + (guests.size() + 1), cpu));
		}
		return GuestFit.of(new Looked(guests, 0, given));
	}

	@Test
	void aGuestFitsACpuThatHasAllOfItsFeatures() {
		DryRunCheck check = fit(WESTMERE, NEHALEM, WESTMERE);

		assertThat(check.outcome()).isEqualTo("would-work");
		assertThat(check.text())
			.isEqualTo("2 guests run there now. Westmere, which they get at the next cold start, has"
					+ " every CPU feature that they have now.");
	}

	@Test
	void aGuestThatWouldLoseAFeatureIsNamedWithIt() {
		DryRunCheck check = fit(NEHALEM, NEHALEM, WESTMERE, WESTMERE);

		assertThat(check.outcome()).isEqualTo("would-fail");
		assertThat(check.text()).isEqualTo("3 guests run there now. At the next cold start, which gives them Nehalem,"
				+ " features would be gone: instance-2, instance-3 without aes. Move them away first, or have a second"
				+ " approver accept it.");
	}

	@Test
	void theHostsOwnCpuStaysTheHostsOwn() {
		assertThat(fit(HOST, HOST).outcome()).isEqualTo("would-work");
		assertThat(fit(HOST, WESTMERE).outcome()).as("the host has at least these").isEqualTo("would-work");
		Cpu withoutAes = new Cpu("kvm", "host-passthrough", Set.of("sse4.2", "popcnt", "avx"), Telling.HOST, null);
		assertThat(fit(withoutAes, HOST).text()).contains("instance-1 without aes");
	}

	@Test
	void aGuestWithTheHostsOwnCpuLosesAtLeastWhatIsKnown() {
		assertThat(fit(NEHALEM, HOST).outcome()).isEqualTo("would-fail");
		DryRunCheck check = fit(all("kvm", "host-model", "sse4.2", "popcnt", "aes", "avx", "ssbd"), HOST);

		assertThat(check.outcome()).isEqualTo("not-checked");
		assertThat(check.text()).isEqualTo("1 guest runs there now. Not compared: instance-1, because libvirt does not"
				+ " name all features of host-passthrough.");
	}

	@Test
	void whatIsNotToldIsNotCompared() {
		assertThat(fit(NEHALEM, Cpu.untold("kvm", "", "it has another architecture than its host")).text())
			.contains("Not compared: instance-1, because it has another architecture");
		assertThat(fit(Cpu.untold("kvm", "QEMU's", "no model is named"), NEHALEM).outcome()).isEqualTo("not-checked");
		assertThat(fit(new Cpu("kvm", "host-passthrough", Set.of("sse4.2"), Telling.HOST, null),
				all("qemu", "Westmere", "sse4.2", "aes"))
			.outcome()).isEqualTo("not-checked");
	}

	@Test
	void aGuestThatBreaksCountsBeforeOneThatIsNotCompared() {
		DryRunCheck check = fit(NEHALEM, WESTMERE, Cpu.untold("kvm", "", "nobody knows"));

		assertThat(check.outcome()).isEqualTo("would-fail");
		assertThat(check.text()).contains("instance-1 without aes. Not compared: instance-2, because nobody knows.");
	}

	@Test
	void noGuestStartsWithACpuThatTheHostCannotProvide() {
		DryRunCheck check = fit(Cpu.impossible("kvm", "Skylake-Server", "this host cannot provide it"), NEHALEM);

		assertThat(check.outcome()).isEqualTo("would-fail");
		assertThat(check.text()).contains("would not start again with Skylake-Server: this host cannot provide it.");
	}

	private static DryRunCheck fitOneOf(List<Cpu> models, Cpu running) {
		return GuestFit.of(new Looked(List.of(new Guest("instance-1", running)), 0, models.get(0),
				models.subList(1, models.size())));
	}

	@Test
	void whoeverFitsTheFirstOfSeveralModelsGetsThatOne() {
		assertThat(fitOneOf(List.of(WESTMERE, NEHALEM), NEHALEM).text())
			.contains("Westmere, which they get at the next cold start, has every CPU feature");
	}

	@Test
	void whetherAGuestGetsALaterModelIsNotForLibvirtToKnow() {
		DryRunCheck check = fitOneOf(List.of(NEHALEM, WESTMERE), WESTMERE);

		assertThat(check.outcome()).isEqualTo("not-checked");
		assertThat(check.text()).isEqualTo("1 guest runs there now. Not compared: instance-1, because they would be"
				+ " without aes with Nehalem and lose nothing with Westmere, which nova gives only to guests whose flavor"
				+ " asks for more by its traits, and libvirt does not know flavors.");
		assertThat(fitOneOf(List.of(NEHALEM, Cpu.untold("kvm", "Odd", "libvirt does not name its features")), WESTMERE)
			.text()).contains("nova may give them Odd, and libvirt does not name its features");
	}

	@Test
	void aGuestThatLosesFeaturesWithEachModelBreaks() {
		DryRunCheck check = fitOneOf(List.of(NEHALEM, WESTMERE), all("kvm", "Big", "sse4.2", "popcnt", "aes", "avx2"));

		assertThat(check.outcome()).isEqualTo("would-fail");
		assertThat(check.text()).contains("which gives them Nehalem", "instance-1 without aes, avx2");
	}

	@Test
	void novaChecksEveryModelThatIsNamed() {
		DryRunCheck check = fitOneOf(List.of(NEHALEM, Cpu.impossible("kvm", "Icelake", "this host cannot provide it")),
				NEHALEM);

		assertThat(check.outcome()).isEqualTo("would-fail");
		assertThat(check.text()).contains("would not start again with Icelake", "Nova checks every model");
	}

	@Test
	void whereNoGuestRunsNothingBreaks() {
		assertThat(GuestFit.of(new Looked(List.of(), 0, null)).outcome()).isEqualTo("would-work");
	}

	@Test
	void namesAFewAndCountsTheOthers() {
		Cpu[] many = new Cpu[8];
		java.util.Arrays.fill(many, all("kvm", "Big", "a", "b", "c", "d", "e", "f", "g", "h", "sse4.2"));

		assertThat(fit(NEHALEM, many).text()).contains("instance-5 and 3 more without a, b, c, d, e, f and 2 more");
		assertThat(GuestFit.of(new Looked(List.of(new Guest("instance-1", NEHALEM)), 7, NEHALEM)))
			.isEqualTo(new DryRunCheck("guests", "not-checked", "8 guests run there now. Not compared: the other 7,"
					+ " because no more than 200 are looked at on one node."));
	}

}
