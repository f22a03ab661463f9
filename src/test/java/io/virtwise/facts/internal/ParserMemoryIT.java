package io.virtwise.facts.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.FactsView;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads the largest texts in a JVM that has little room beside them.
 */
class ParserMemoryIT {

	private static final int LARGEST = 32 * 1024 * 1024;

	/**
	 * The text itself, 64 MiB for its parser, and what a JVM with these classes needs.
	 */
	private static final int HEAP_MIB = 32 + 64 + 24;

	@TempDir
	private Path folder;

	@Test
	void needsNoMoreThan64MiBBesideTheText() throws Exception {
		Path output = this.folder.resolve("output.txt");

		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx" + HEAP_MIB + "m", "-cp",
				System.getProperty("java.class.path"), Reading.class.getName())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		boolean ended = process.waitFor(5, TimeUnit.MINUTES);
		process.destroyForcibly();

		String said = Files.readString(output, StandardCharsets.UTF_8);
		assertThat(ended).as(said).isTrue();
		assertThat(process.exitValue()).as(said).isZero();
		assertThat(said).contains("read " + EvidenceKind.values().length * Reading.SHAPES.size() + " texts");
	}

	/** What the other JVM runs. */
	static final class Reading {

		/** Long lines, short lines, and pieces of each kind of text over and over. */
		static final List<String> SHAPES = List.of("vmx svm kvm=: ", "kvm 1 1 <a> : =\n", """
				processor	: 0
				flags		: fpu vmx
				[libvirt]
				virt_type = kvm
				2024-01-02 03:04:05.678 7 ERROR nova.virt [req-1] libvirtError: unlike any other
				=== begin kernel: uname -r ===
				| <capabilities><host/></capabilities>
				=== end kernel: ok ===
				crw-rw---- 1 root kvm 10, 232 Jan 1 00:00 /dev/kvm
				""");

		private Reading() {
		}

		/** Reads a text of each shape as each kind. */
		public static void main(String[] arguments) {
			EvidenceReader reader = new EvidenceReader();
			int read = 0;
			for (String shape : SHAPES) {
				String text = shape.repeat(LARGEST / shape.length());
				for (EvidenceKind kind : EvidenceKind.values()) {
					System.out.println(kind + " of " + shape.lines().findFirst().orElse(""));
					FactsView.of(
							reader.read(new Evidence(List.of(new Evidence.Item(kind, text)), null, Intent.UNKNOWN)),
							Known.UNKNOWN);
					read++;
				}
			}
			System.out.println("read " + read + " texts");
		}

	}

}
