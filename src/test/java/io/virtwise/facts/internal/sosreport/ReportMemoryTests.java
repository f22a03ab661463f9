package io.virtwise.facts.internal.sosreport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a report holds, 64 MiB are enough to read it: another virtual machine with no
 * more than that reads one that fills every bound at once.
 */
class ReportMemoryTests {

	@Test
	void aReportThatFillsEveryBoundIsReadIn64MiB(@TempDir Path folder) throws Exception {
		Path archive = Files.write(folder.resolve("report.tar.xz"), full());
		Process process = new ProcessBuilder(Path.of(property("java.home"), "bin", "java").toString(), "-Xmx64m",
				"-Xmn6m", "-XX:+UseSerialGC", "-cp", property("java.class.path"), Reader.class.getName(),
				archive.toString())
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("out").toFile())
			.start();

		assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
		assertThat(Files.readString(folder.resolve("out"))).contains("read ").doesNotContain("OutOfMemory");
		assertThat(process.exitValue()).isZero();
	}

	private static String property(String name) {
		return Objects.requireNonNull(System.getProperty(name));
	}

	private static byte[] full() {
		Reports reports = Reports.in("r");
		Random random = new Random(11);
		for (int i = 0; i < 29_000; i++) {
			reports.link("etc/nova/nova.conf.d/" + i + "-" + Long.toHexString(random.nextLong()) + ".conf",
					"../x/" + i);
		}
		StringBuilder noise = new StringBuilder();
		while (noise.length() < 1_300_000) {
			noise.append("процессор ").append(random.nextLong()).append("\n");
		}
		byte[] text = noise.toString().getBytes(StandardCharsets.UTF_8);
		reports.file("proc/cpuinfo", text);
		for (int i = 0; i < 4; i++) {
			reports.file("etc/nova/nova.conf.d/" + i + ".conf", text);
			reports.file("var/log/nova/nova-compute.log." + (i + 1), text);
		}
		reports.file("sos_commands/kernel/dmesg", text)
			.file("var/log/libvirt/libvirtd.log", text)
			.link("etc/os-release", "../usr/lib/other")
			.file("usr/lib/other", "ID=debian\n");
		return Reports.pack(reports.tar(), "xz8");
	}

	/**
	 * What the other virtual machine runs.
	 */
	static final class Reader {

		public static void main(String[] args) throws IOException {
			SosReport report = SosReport.read(new FileSystemResource(args[0]));
			if (!report.text().contains("ID=debian")) {
				throw new IllegalStateException(report.problems().toString());
			}
			System.out.println("read " + report.files() + " files, " + report.text().length() + " characters");
		}

	}

}
