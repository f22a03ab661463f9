package io.virtwise.audit.terminal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the verifier answers at a terminal; the checks themselves are tested with the log.
 */
class AuditVerifyTests {

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	@Test
	void saysWhereALogBreaks() {
		String export = "{\"virtwise\":\"audit\",\"version\":1}\n{\"seq\":2}\n";

		assertThat(run(export, "-")).isEqualTo(1);
		assertThat(text()).contains("line 2");
	}

	@Test
	void saysThatAFileIsNoExport(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("x"), "hello\n");

		assertThat(run("", file.toString())).isEqualTo(66);
		assertThat(run("", folder.resolve("none").toString())).isEqualTo(66);
		assertThat(run("{}\n", "-", file.toString())).isEqualTo(66);
		assertThat(text()).contains("heading of an export", "cannot be read", "not a public Ed25519 key");
	}

	private int run(String input, String... arguments) {
		return AuditVerify.run(arguments, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
				new PrintStream(this.printed, true, StandardCharsets.UTF_8));
	}

	private String text() {
		return this.printed.toString(StandardCharsets.UTF_8);
	}

}
