package io.virtwise.nova;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * Real files, read in place beside the project; tests that need them are skipped where
 * they are not.
 */
final class Corpus {

	private Corpus() {
	}

	static Path folder(String name) {
		String root = Objects.requireNonNullElse(System.getenv("VIRTWISE_CORPUS"), "../shared/corpus");
		Path folder = Path.of(System.getProperty("virtwise.corpus", root), name);
		Assumptions.assumeTrue(Files.isDirectory(folder),
				() -> "no corpus at " + folder.toAbsolutePath() + "; VIRTWISE_CORPUS can name another place");
		return folder;
	}

	static List<Path> files(String name) {
		try (Stream<Path> files = Files.list(folder(name))) {
			return files.filter(Files::isRegularFile).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
