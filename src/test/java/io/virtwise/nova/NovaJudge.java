package io.virtwise.nova;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The nova of this machine in one long-lived process, as the judge of what we say.
 */
public final class NovaJudge implements AutoCloseable {

	private static final String PYTHON = "/usr/bin/python3";

	private final JsonMapper json = JsonMapper.builder().build();

	private final Path folder;

	private final Process process;

	private final BufferedWriter questions;

	private final BufferedReader answers;

	private int asked;

	/**
	 * Starts it.
	 * @param uri of a libvirt daemon
	 */
	public NovaJudge(Path folder, String uri) throws IOException {
		this.folder = folder;
		this.process = new ProcessBuilder(PYTHON, "-W", "ignore", script(folder, "nova_judge.py").toString(), uri)
			.redirectError(folder.resolve("nova-judge.log").toFile())
			.start();
		this.questions = new BufferedWriter(
				new OutputStreamWriter(this.process.getOutputStream(), StandardCharsets.UTF_8));
		this.answers = new BufferedReader(new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
	}

	/** Skips the test where nova is not installed. */
	public static void assumeInstalled() {
		Assumptions.assumeTrue(Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/nova/virt/libvirt")),
				"python3-nova is not installed; bin/test installs it on Debian and Ubuntu");
	}

	/** One of our Python scripts, where Python finds it. */
	public static Path script(Path folder, String name) throws IOException {
		try (InputStream in = NovaJudge.class.getResourceAsStream(name)) {
			return Files.write(folder.resolve(name), in.readAllBytes());
		}
	}

	/**
	 * What the daemon offers, and which of its models and of these flags the host has.
	 */
	public JsonNode daemon(List<String> flags) throws IOException {
		return ask(Map.of("daemon", flags));
	}

	/** What nova says to the file; {@code when} and {@code message} where it refuses. */
	public JsonNode judge(String novaConf) throws IOException {
		Path file = Files.writeString(this.folder.resolve("nova" + (this.asked++ % 64) + ".conf"), novaConf);
		return ask(Map.of("file", file.toString()));
	}

	private JsonNode ask(Map<String, Object> question) throws IOException {
		this.questions.write(this.json.writeValueAsString(question));
		this.questions.newLine();
		this.questions.flush();
		String answer = this.answers.readLine();
		if (answer == null) {
			throw new AssertionError("nova is gone: " + Files.readString(this.folder.resolve("nova-judge.log")));
		}
		return this.json.readTree(answer);
	}

	@Override
	public void close() throws IOException {
		this.questions.close();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
