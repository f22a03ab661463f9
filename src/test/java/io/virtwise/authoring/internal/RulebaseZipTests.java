package io.virtwise.authoring.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.virtwise.rules.RuleSource;
import io.virtwise.shared.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RulebaseZip}.
 */
class RulebaseZipTests {

	private static final List<RuleSource> FILES = List.of(new RuleSource("a.cases.yaml", "- é\n"),
			new RuleSource("a.drl", "// a\n"), new RuleSource("index.yaml", ""));

	@Test
	void readsWhatItWrote() {
		byte[] archive = RulebaseZip.write(FILES);

		assertThat(RulebaseZip.read(archive)).isEqualTo(FILES);
		assertThat(RulebaseZip.write(FILES)).isEqualTo(archive);
	}

	@ParameterizedTest
	@ValueSource(strings = { "../a.drl", "/etc/passwd", "rules/../../a.drl", "a/b.drl", "rules/rules/a.drl", "a.exe",
			"A.drl", "..\\a.drl", "a.drl/", "other/", "a.drl\u0000.txt" })
	void refusesOtherPaths(String path) throws IOException {
		byte[] archive = archive(path, "x".getBytes(StandardCharsets.UTF_8));

		assertThatExceptionOfType(Refused.class).isThrownBy(() -> RulebaseZip.read(archive))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.INVALID));
	}

	@Test
	void refusesABomb() throws IOException {
		byte[] archive = archive("a.drl", new byte[40 * 1024 * 1024]);

		assertThat(archive.length).isLessThan(100_000);
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> RulebaseZip.read(archive))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.TOO_LARGE));
	}

	@Test
	void refusesTooManyFiles() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (int number = 0; number <= RulePath.MAX_FILES; number++) {
				zip.putNextEntry(new ZipEntry("a" + number + ".drl"));
			}
		}

		assertThatExceptionOfType(Refused.class).isThrownBy(() -> RulebaseZip.read(bytes.toByteArray()))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.TOO_LARGE));
	}

	@Test
	void refusesWhatIsNoArchiveAndNoText() throws IOException {
		byte[] noText = archive("a.drl", new byte[] { (byte) 0xff, (byte) 0xfe });
		byte[] whole = RulebaseZip.write(FILES);
		byte[] torn = Arrays.copyOf(whole, whole.length / 3);

		for (byte[] wrong : List.of(new byte[0], "no archive".getBytes(StandardCharsets.UTF_8), noText, torn)) {
			assertThatExceptionOfType(Refused.class).isThrownBy(() -> RulebaseZip.read(wrong));
		}
	}

	private static byte[] archive(String name, byte[] content) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.putNextEntry(new ZipEntry(name));
			zip.write(content);
			zip.closeEntry();
		}
		return bytes.toByteArray();
	}

}
