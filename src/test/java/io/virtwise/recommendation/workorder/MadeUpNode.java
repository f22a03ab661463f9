package io.virtwise.recommendation.workorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A small system in a directory of its own, on which a work order is really done. Needs
 * root, for a namespace and a device.
 */
final class MadeUpNode {

	private static final Path BUILDER = Path.of("src/test/resources/io/virtwise/recommendation/workorder/node.sh")
		.toAbsolutePath();

	private final Path folder;

	private final Path root;

	MadeUpNode(Path folder, String shell) throws Exception {
		Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can make a system");
		for (String tool : List.of("busybox", "dash", "unshare")) {
			Assumptions.assumeTrue(Run.of("sh", "-c", "command -v " + tool).status() == 0,
					tool + " is not installed; bin/test installs it");
		}
		this.folder = Files.createDirectories(folder);
		this.root = folder.resolve("root");
		Run built = Run.of("bash", BUILDER.toString(), "build", this.root.toString(), shell);
		assertThat(built.status()).as(built.text()).isZero();
	}

	/** Does a work order. */
	Run does(WorkOrder order, String... arguments) throws Exception {
		Path script = Files.writeString(this.folder.resolve("order.sh"), Outlet.SH.write(order));
		List<String> command = new ArrayList<>(
				List.of("bash", BUILDER.toString(), "run", this.root.toString(), script.toString()));
		command.addAll(List.of(arguments));
		return Run.of(command.toArray(String[]::new));
	}

	MadeUpNode with(String file, String text) throws IOException {
		Path path = this.root.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
		return this;
	}

	void without(String file) throws IOException {
		Files.deleteIfExists(this.root.resolve(file));
	}

	boolean has(String file) {
		return Files.exists(this.root.resolve(file));
	}

	String text(String file) throws IOException {
		return Files.readString(this.root.resolve(file));
	}

	/** What its tools were asked. */
	List<String> asked() throws IOException {
		return Files.readAllLines(this.root.resolve("calls/log"));
	}

	/** Every file with its mode, owner and content, as lines. */
	String state() throws Exception {
		return Run.of("sh", "-c",
				"cd \"$0\" && find . -path ./tmp -prune -o -path ./calls -prune -o -type f -exec stat -c '%n %a %u %g %Y' {} + "
						+ "-exec md5sum {} + | sort; find dev sys | sort; cat calls/log",
				this.root.toString())
			.text();
	}

	/** A command that ended. */
	record Run(int status, String text) {

		static Run of(String... command) throws Exception {
			Path out = Files.createTempFile("virtwise-run", ".out");
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(out.toFile())
				.start();
			try {
				assertThat(process.waitFor(20, TimeUnit.MINUTES)).as("it ends").isTrue();
				return new Run(process.exitValue(), Files.readString(out));
			}
			finally {
				process.destroyForcibly();
				Files.delete(out);
			}
		}

	}

}
