package io.virtwise.rules.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The script {@code bin/rules} itself, from its arguments to its exit status.
 */
class RulesScriptIT {

	@TempDir
	private Path folder;

	@Test
	void findsNothingWrongWithTheShippedRules() throws Exception {
		long begun = System.nanoTime();
		Run run = run("check", "rules");
		System.out.printf("bin/rules check rules: %.1f s by the clock%n", (System.nanoTime() - begun) / 1e9);

		assertThat(run.out).contains("0 errors");
		assertThat(run.status).as(run.out + run.err).isZero();
	}

	@Test
	void endsWithOneAtAMistake() throws Exception {
		Files.writeString(this.folder.resolve("a.drl"), RulesTests.RULE.replace("vmx", "vmxx"));

		Run run = run("check", this.folder.toString());

		assertThat(run.out).startsWith("a.drl:4:13: error: CpuInfo has no field vmxx");
		assertThat(run.status).isOne();
	}

	@Test
	void endsWithOneWhereACaseFails() throws Exception {
		Files.writeString(this.folder.resolve("a.drl"), RulesTests.RULE);
		Files.writeString(this.folder.resolve("base-nodes.yaml"), "nothing: {}\n");
		Files.writeString(this.folder.resolve("a.cases.yaml"),
				"- { rule: V901, case: it can, base: nothing, fires: [V901] }\n");

		Run run = run("test", this.folder.toString());

		assertThat(run.out).contains("a.cases.yaml:1: failed: V901");
		assertThat(run.status).isOne();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "publish rules | 64 | rules: unknown command 'publish'",
			"check | 64 | rules: check needs one DIR", "check /nonexistent | 66 | rules: there is no folder" })
	void saysInOneLineWhatIsWrongWithACall(String arguments, int status, String message) throws Exception {
		Run run = run(arguments.split(" "));

		assertThat(run.err).startsWith(message);
		assertThat(run.status).isEqualTo(status);
	}

	private Run run(String... arguments) throws IOException, InterruptedException {
		Path out = this.folder.resolveSibling(this.folder.getFileName() + ".out");
		Path err = this.folder.resolveSibling(this.folder.getFileName() + ".err");
		List<String> command = new ArrayList<>(List.of("bin/rules"));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
		assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("bin/rules ended in time").isTrue();
		return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
	}

	private record Run(int status, String out, String err) {
	}

}
