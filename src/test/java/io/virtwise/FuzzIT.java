package io.virtwise;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets a fuzzer that follows the code look for texts on which a parser fails: a few
 * seconds for each target in every build, ten minutes with the profile {@code fuzz}. What
 * it found stands in the message, and as a file below {@code target/fuzz}.
 */
class FuzzIT {

	private static final long SECONDS = Long.getLong("fuzz.seconds", 8);

	/** A text of 64 KiB shows what a longer one would; time is bounded for each. */
	private static final int LONGEST = 64 * 1024;

	@TempDir
	private Path seeds;

	@ParameterizedTest
	@CsvSource({ "io.virtwise.facts.internal.FuzzEvidence", "io.virtwise.nova.FuzzNovaConf",
			"io.virtwise.rules.internal.FuzzRules" })
	void findsNoTextThatBreaksAParser(String target) throws Exception {
		Outcome outcome = fuzz(target, SECONDS);

		assertThat(outcome.status()).as(outcome.said()).isZero();
		assertThat(outcome.said()).contains("Done ").doesNotContain("== Java Exception");
	}

	@Test
	void noticesAParserThatBreaks() throws Exception {
		Outcome outcome = fuzz(FuzzBroken.class.getName(), 30);

		assertThat(outcome.status()).isNotZero();
		assertThat(outcome.said()).contains("== Java Exception", "broken on purpose");
	}

	private Outcome fuzz(String target, long seconds) throws Exception {
		Path found = Files.createDirectories(Path.of("target", "fuzz", target));
		Path output = found.resolve("output.txt");
		writeSeeds();

		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "-XX:+EnableDynamicAgentLoading", "-cp",
				System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer",
				"--target_class=" + target, "--instrumentation_includes=io.virtwise.**",
				"--custom_hook_includes=io.virtwise.**", "--reproducer_path=" + found.toAbsolutePath(),
				"-max_total_time=" + seconds, "-timeout=10", "-max_len=" + LONGEST, "-rss_limit_mb=0",
				"-artifact_prefix=" + found.toAbsolutePath() + "/", this.seeds.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		boolean ended = process.waitFor(seconds + 120, TimeUnit.SECONDS);
		process.destroyForcibly();

		String said = Files.readString(output, StandardCharsets.UTF_8);
		assertThat(ended).as(said).isTrue();
		return new Outcome(process.exitValue(), said);
	}

	/** Short texts of each kind, as places to begin. */
	private void writeSeeds() throws IOException {
		List<String> texts = List.of("processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx\n",
				"Module Size Used by\nkvm_intel 1 0\nkvm 1 1 kvm_intel\n",
				"crw-rw----+ 1 root kvm 10, 232 Jan 1 00:00 /dev/kvm\n",
				"[    1.0] kvm: disabled by bios\n[Tue Jan  2 03:04:05 2024] kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR\n",
				"<capabilities><host><cpu><arch>x86_64</arch></cpu></host></capabilities>",
				"<domainCapabilities><domain>kvm</domain><cpu><mode name='custom'/></cpu></domainCapabilities>",
				"[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n[libvirt]\nvirt_type: kvm\n  more\n",
				"2024-01-02 03:04:05.678 7 ERROR nova.virt.libvirt.driver [req-1] libvirtError: internal error no "
						+ "supported architecture for os type 'hvm'\n",
				"rule \"V901 a\" @id(V901) @doc(\"test 1\") @severity(INFO)\nwhen\n    not CpuInfo(vmx == Known.YES || "
						+ "svm in (Known.NO))\nthen\n    conclude.that(Topic.KVM, Answer.YES, \"a\");\nend\n",
				"=== virtwise collector 1 ===\n=== begin kernel: uname -r ===\n| 5.14.0\n=== end kernel: ok ===\n");
		for (int kind = 0; kind < texts.size(); kind++) {
			byte[] text = texts.get(kind).getBytes(StandardCharsets.UTF_8);
			byte[] seed = new byte[text.length + 1];
			seed[0] = (byte) kind;
			System.arraycopy(text, 0, seed, 1, text.length);
			Files.write(this.seeds.resolve("evidence-" + kind), seed);
			Files.write(this.seeds.resolve("text-" + kind), text);
		}
	}

	/**
	 * What the fuzzer ended with.
	 *
	 * @param status its exit status
	 * @param said what it printed
	 */
	private record Outcome(int status, String said) {
	}

	/** A target with a fault, so that the test is known to notice one. */
	public static final class FuzzBroken {

		private FuzzBroken() {
		}

		/** Throws for any text that holds a certain byte. */
		public static void fuzzerTestOneInput(byte[] data) {
			for (byte one : data) {
				if (one == '[') {
					throw new IllegalStateException("broken on purpose");
				}
			}
		}

	}

}
