package io.virtwise.nova;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The oslo.config of this machine, as the judge of what we read and write.
 */
final class OsloConfig {

	/**
	 * The system's own Python, for which packages install; another may come first in the
	 * path.
	 */
	private static final String PYTHON = Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3"
			: "python3";

	private final JsonMapper json = JsonMapper.builder().build();

	private final Path folder;

	OsloConfig(Path folder) {
		this.folder = folder;
	}

	/** Skips the test where the library is not installed. */
	static void assumeInstalled() {
		int status;
		try {
			Process python = new ProcessBuilder(PYTHON, "-c", "import oslo_config.cfg").redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			status = python.waitFor();
		}
		catch (IOException ex) {
			status = 127;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			status = 130;
		}
		Assumptions.assumeTrue(status == 0,
				"python3-oslo.config is not installed; bin/test installs it on Debian and Ubuntu");
	}

	Path file(String name, byte[] content) throws IOException {
		Path file = this.folder.resolve(name);
		Files.write(file, content);
		return file;
	}

	/** One answer for each item, which is one file or several in reading order. */
	List<JsonNode> judge(List<List<Path>> items) throws IOException, InterruptedException {
		Path script = this.folder.resolve("judge.py");
		try (var in = OsloConfig.class.getResourceAsStream("judge.py")) {
			assertThat(in).isNotNull();
			Files.write(script, in.readAllBytes());
		}
		List<String> lines = items.stream()
			.map((item) -> String.join("\t", item.stream().map(Path::toString).toList()))
			.toList();
		Path listing = Files.write(this.folder.resolve("listing"), lines);
		Path answers = this.folder.resolve("answers");
		Process python = new ProcessBuilder(PYTHON, "-W", "ignore", script.toString(), listing.toString())
			.redirectOutput(answers.toFile())
			.redirectError(this.folder.resolve("complaints").toFile())
			.start();
		assertThat(python.waitFor(5, TimeUnit.MINUTES)).as("python3 ended in time").isTrue();
		assertThat(python.exitValue()).as(() -> complaints()).isZero();
		List<JsonNode> judged = new ArrayList<>();
		for (String answer : Files.readAllLines(answers, StandardCharsets.US_ASCII)) {
			judged.add(this.json.readTree(answer));
		}
		assertThat(judged).hasSameSizeAs(items);
		return judged;
	}

	private String complaints() {
		try {
			return Files.readString(this.folder.resolve("complaints"));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
