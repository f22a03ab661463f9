package io.virtwise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * Real files of compute nodes, beside the project or where {@code VIRTWISE_CORPUS} says.
 * They are read in place; a test that asks for one is skipped where there are none.
 */
public final class Corpus {

	private Corpus() {
	}

	/** The text of one file, as {@code lsmod/no-kvm.lsmod}. */
	public static String text(String file) {
		return new String(bytes(file), StandardCharsets.UTF_8);
	}

	/** The bytes of one file. */
	public static byte[] bytes(String file) {
		try {
			return Files.readAllBytes(folder().resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The names of the files of one folder, sorted, each with the folder in front. */
	public static List<String> files(String folder) {
		try (Stream<Path> files = Files.list(folder().resolve(folder))) {
			return files.map((file) -> folder + "/" + file.getFileName()).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path folder() {
		String told = System.getProperty("virtwise.corpus", System.getenv("VIRTWISE_CORPUS"));
		Path folder = Path.of((told != null) ? told : "../shared/corpus");
		Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no corpus at " + folder.toAbsolutePath());
		return folder;
	}

}
