package io.virtwise.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.virtwise.rollout.CpuProbe.Cpu;
import io.virtwise.rollout.CpuProbe.Looked;
import io.virtwise.rollout.CpuProbe.Telling;
import io.virtwise.rollout.CpuProbe.Wanted;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CPUs of real guests of a real daemon, which are emulated and stand still.
 */
class LibvirtCpuProbeIT {

	private static final Duration DEADLINE = Duration.ofSeconds(30);

	private static final Map<String, String> GUESTS = new TreeMap<>(Map.of("vm-nehalem",
			"<cpu mode='custom' match='exact'><model>Nehalem</model></cpu>", "vm-westmere",
			"<cpu mode='custom' match='exact'><model>Westmere</model><feature policy='disable' name='popcnt'/></cpu>",
			"vm-model", "<cpu mode='host-model'/>", "vm-without", "", "vm-skylake",
			"<cpu mode='custom' match='exact'><model>Skylake-Client</model></cpu>"));

	private static Room room;

	private static DemoFleet fleet;

	@BeforeAll
	static void startGuests() throws IOException {
		fleet = DemoFleet.shared();
		room = Room.plain();
		for (Map.Entry<String, String> guest : GUESTS.entrySet()) {
			Path xml = Files.createTempFile("guest", ".xml");
			Files.writeString(xml,
					"<domain type='qemu'><name>" + guest.getKey() + "</name><memory unit='MiB'>32</memory>"
							+ "<os><type arch='x86_64'>hvm</type></os>" + guest.getValue() + "</domain>");
			virsh("define", xml.toString());
			virsh("start", "--paused", guest.getKey());
			Files.delete(xml);
		}
	}

	@AfterAll
	static void stopGuests() {
		GUESTS.keySet().forEach((name) -> {
			virsh("destroy", name);
			virsh("undefine", name);
		});
		room.close();
	}

	@Test
	void tellsWhichCpuEachRunningGuestHas() {
		Looked looked = look("custom", "Nehalem");

		assertThat(looked.others()).isZero();
		assertThat(looked.guests()).extracting((guest) -> guest.name())
			.containsExactly("vm-model", "vm-nehalem", "vm-skylake", "vm-westmere", "vm-without");
		assertThat(looked.guests()).allSatisfy((guest) -> {
			assertThat(guest.cpu().telling()).as(guest + "").isEqualTo(Telling.ALL);
			assertThat(guest.cpu().features()).contains("sse2", "lm").doesNotContain("hypervisor");
		});
		assertThat(cpu(looked, "vm-nehalem").features()).contains("sse4.2", "popcnt").doesNotContain("aes");
		assertThat(cpu(looked, "vm-westmere").features()).contains("aes").doesNotContain("popcnt");
		assertThat(cpu(looked, "vm-skylake").features()).as("emulation leaves some out")
			.contains("avx2")
			.doesNotContain("pcid", "tsc-deadline");
		assertThat(cpu(looked, "vm-without").label()).as("QEMU's own default").isEqualTo("qemu64");
	}

	@Test
	void tellsWhichCpuAGuestWouldGet() {
		assertThat(given("custom", "Nehalem")).satisfies((cpu) -> {
			assertThat(cpu.telling()).isEqualTo(Telling.ALL);
			assertThat(cpu.features()).contains("sse4.2", "popcnt").doesNotContain("aes");
		});
		assertThat(given("custom", "Nehalem", "+aes", "-popcnt").features()).contains("aes").doesNotContain("popcnt");
		assertThat(given("custom", "Skylake-Client").features()).as("what emulation has of it")
			.contains("avx2")
			.doesNotContain("pcid");
		Cpu own = given("host-model", null);
		assertThat(own.label()).startsWith("host-model, here ");
		assertThat(own.features()).isEqualTo(given(null, null).features())
			.containsAll(cpu(look("custom", "Nehalem"), "vm-model").features());
	}

	/**
	 * Of several models in cpu_models nova gives the first that a flavor is content with.
	 */
	@Test
	void tellsWhichCpusGuestsWouldGetOfSeveralModels() {
		Looked looked = look(new Wanted("qemu", "custom", List.of("Nehalem", "Westmere", "Nehalem"), List.of("+vmx")));

		assertThat(looked.given()).isEqualTo(given("custom", "Nehalem", "+vmx"));
		assertThat(looked.later()).containsExactly(given("custom", "Westmere", "+vmx"));
		assertThat(look("custom", "Nehalem").later()).isEmpty();
	}

	@Test
	void saysWhatItCannotTell() {
		assertThat(given("custom", "No-such-model").why()).isEqualTo("libvirt does not know this model");
		assertThat(given("custom", null).telling()).isEqualTo(Telling.IMPOSSIBLE);
		assertThat(given("host-passthrough", null)).satisfies((cpu) -> {
			assertThat(cpu.telling()).isEqualTo(Telling.IMPOSSIBLE);
			assertThat(cpu.why()).isEqualTo("libvirt has no host-passthrough for qemu guests on this host");
		});
		assertThat(given("none", null)).satisfies((cpu) -> {
			assertThat(cpu.telling()).isEqualTo(Telling.NOTHING);
			assertThat(cpu.why()).contains("cpu_mode none names no model");
		});
		assertThat(look(new Wanted("lxc", null, List.of(), List.of())).given())
			.isEqualTo(Cpu.untold("lxc", "lxc", "libvirt compares CPUs of kvm and qemu guests only, not of lxc"));
	}

	@Test
	void asksLibvirtWhatThisHostCannotProvideUnderKvm() {
		Cpu given = look(new Wanted("kvm", "custom", List.of("Nehalem"), List.of("sse4a", "3dnowext", "avx512f")))
			.given();

		// With KVM, no processor has AMD's and Intel's own features at once; without it
		// libvirt tells nothing of kvm guests.
		assertThat(given).isNotNull();
		assertThat(Set.of(Telling.IMPOSSIBLE, Telling.NOTHING)).contains(given.telling());
		assertThat(given.why()).containsAnyOf("this host cannot provide it",
				"libvirt does not tell what kvm guests can have here");
	}

	@Test
	void leavesNothingOpen() {
		look("custom", "Nehalem");
		NodeSession session = room.sessions.open(fleet.node(1), Deadline.in(DEADLINE));
		try (session) {
			int id = session.call("listing", LibvirtConnection::guestIds)[0];
			Optional<String> xml = session.call("reading", (connection) -> connection.guest(id, false));
			assertThat(xml).get().asString().contains("<cpu");
			Optional<String> none = session.call("reading", (connection) -> connection.guest(1_000_000, false));
			assertThat(none).isEmpty();
		}
		assertThat(session.referencesLeft()).isZero();
	}

	private static Looked look(@Nullable String mode, @Nullable String model, String... flags) {
		return look(new Wanted("qemu", mode, (model != null) ? List.of(model) : List.of(), List.of(flags)));
	}

	private static Looked look(Wanted wanted) {
		return new LibvirtCpuProbe(room.sessions).look(fleet.node(1), wanted, DEADLINE);
	}

	private static Cpu given(@Nullable String mode, @Nullable String model, String... flags) {
		Cpu given = look(mode, model, flags).given();
		assertThat(given).isNotNull();
		return given;
	}

	private static Cpu cpu(Looked looked, String name) {
		return looked.guests().stream().filter((guest) -> guest.name().equals(name)).findFirst().orElseThrow().cpu();
	}

	private static void virsh(String... words) {
		String[] command = new String[words.length + 3];
		command[0] = "virsh";
		command[1] = "-c";
		command[2] = "qemu+tcp://127.0.0.1:" + fleet.node(1).port() + "/system";
		System.arraycopy(words, 0, command, 3, words.length);
		DemoFleet.Result result = DemoFleet.run(new ProcessBuilder(command));
		assertThat(result.code()).as(result.output()).isZero();
	}

}
