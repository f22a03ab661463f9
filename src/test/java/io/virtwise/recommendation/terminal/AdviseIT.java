package io.virtwise.recommendation.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The script itself, from its arguments to its exit status.
 */
class AdviseIT {

	private static final List<String> KNOWN_INTENT = List.of("--intent", "environment=production", "--intent",
			"live-migration=false", "--intent", "nested=false", "--intent", "accept-emulation=false", "--intent",
			"image-formats=raw,qcow2");

	@TempDir
	private Path folder;

	@Test
	void endsWithZeroForANodeThatIsReady() throws Exception {
		Run run = advise(CollectedNode.allWell(), KNOWN_INTENT);

		assertThat(run.out).startsWith("READY\n").contains("virt_type = kvm");
		assertThat(run.status).as(run.out).isZero();
	}

	@Test
	void endsWithOneWhereSomethingMustBeDone() throws Exception {
		Run run = advise(
				CollectedNode.allWell()
					.with("nova-conf: /etc/nova/nova.conf",
							"[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n[libvirt]\nvirt_type = qemu\n"),
				KNOWN_INTENT);

		assertThat(run.out).startsWith("ACTION REQUIRED\n");
		assertThat(run.status).as(run.out).isOne();
	}

	@Test
	void endsWithTwoForANodeThatCannotLaunchAndPrintsJson() throws Exception {
		List<String> arguments = new ArrayList<>(KNOWN_INTENT);
		arguments.add("--json");
		Run run = advise(CollectedNode.allWell()
			.with("cpuinfo: /proc/cpuinfo",
					"processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Intel(R) Atom(TM)\nflags\t\t: fpu vme de sse\n")
			.with("modules: /proc/modules", "ext4 983040 1 - Live 0x0000000000000000\n")
			.without("capabilities")
			.without("domain-capabilities"), arguments);

		JsonNode answer = JsonMapper.shared().readTree(run.out);
		assertThat(answer.get("verdict").stringValue()).isEqualTo("blocked");
		assertThat(answer.get("facts").get("cpuinfo").get("vmx").booleanValue()).isFalse();
		assertThat(answer.get("facts").get("release").get("major").intValue()).isEqualTo(29);
		assertThat(answer.get("findings").valueStream().map((finding) -> finding.get("rule").stringValue()))
			.contains("S16");
		assertThat(run.status).isEqualTo(2);
	}

	@Test
	void endsWithThreeWhereADecidingFactIsMissing() throws Exception {
		Run run = advise(CollectedNode.allWell()
			.without("cpuinfo")
			.without("modules")
			.without("dev-kvm")
			.without("capabilities")
			.without("domain-capabilities"), KNOWN_INTENT);

		assertThat(run.out).startsWith("UNDETERMINED\n");
		assertThat(run.status).as(run.out).isEqualTo(3);
	}

	@Test
	void readsStandardInputAndTheReleaseGiven() throws Exception {
		Path input = Files.writeString(this.folder.resolve("in"),
				CollectedNode.allWell().without("nova-version").toString());

		Run run = run(input, List.of("--json", "--release", "mitaka", "-"));

		assertThat(JsonMapper.shared().readTree(run.out).get("facts").get("release").get("series").stringValue())
			.isEqualTo("mitaka");
		assertThat(run.status).isLessThan(4);
	}

	@Test
	void looksAtThisVeryMachine() throws Exception {
		Run run = run(null, List.of("--json"));

		JsonNode answer = JsonMapper.shared().readTree(run.out);
		assertThat(answer.get("facts").get("arch").stringValue()).isNotBlank();
		assertThat(answer.get("facts").get("cpuinfo").get("logicalCpus").intValue()).isPositive();
		assertThat(run.status).isBetween(0, 3);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "--nope | 64 | advise: unknown option '--nope'. See bin/advise --help.",
					"--release | 64 | advise: --release needs a value. See bin/advise --help.",
					"--release icehouse - | 64 | advise: --release 'icehouse' is no nova release",
					"--intent nested=perhaps - | 64 | advise: The field intent.nested is 'perhaps'",
					"/nonexistent | 66 | advise: there is no file /nonexistent.",
					"/etc | 66 | advise: /etc is a folder", "one two | 64 | advise: one FILE is enough",
					"/etc/passwd | 65 | advise: this is no output of the collector" })
	void saysInOneLineWhatIsWrongWithACall(String arguments, int status, String message) throws Exception {
		Path input = Files.writeString(this.folder.resolve("in"), CollectedNode.allWell().toString());

		Run run = run(input, List.of(arguments.split(" ")));

		assertThat(run.err).startsWith(message);
		assertThat(run.out).isEmpty();
		assertThat(run.status).isEqualTo(status);
	}

	private Run advise(CollectedNode node, List<String> arguments) throws IOException, InterruptedException {
		Path input = Files.writeString(this.folder.resolve("facts.txt"), node.toString());
		List<String> all = new ArrayList<>(arguments);
		all.add(input.toString());
		return run(null, all);
	}

	private Run run(@Nullable Path input, List<String> arguments) throws IOException, InterruptedException {
		Path out = this.folder.resolve("out");
		Path err = this.folder.resolve("err");
		List<String> command = new ArrayList<>(List.of("bin/advise"));
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
		if (input != null) {
			builder.redirectInput(input.toFile());
		}
		Process process = builder.start();
		assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("bin/advise ended in time").isTrue();
		return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
	}

	private record Run(int status, String out, String err) {
	}

}
