package io.virtwise.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * Goes along in another process, as an agent of its JVM, and writes down whether objects
 * are read there: before its main method, and once the process has a filter.
 */
public final class FilterWitness {

	private static final int SECONDS = 300;

	private FilterWitness() {
	}

	/**
	 * Called by the JVM.
	 * @param file where to write; the canary sings beside it
	 */
	public static void premain(String file) {
		Path report = Path.of(file);
		String before = read(report.resolveSibling("canary-before"));
		Thread watch = new Thread(() -> watch(report, before), "filter-witness");
		watch.setDaemon(true);
		watch.start();
	}

	private static void watch(Path report, String before) {
		try {
			for (int i = 0; i < SECONDS * 20 && ObjectInputFilter.Config.getSerialFilter() == null; i++) {
				TimeUnit.MILLISECONDS.sleep(50);
			}
			Path made = Files.writeString(report.resolveSibling("report.new"),
					"before: " + before + "\nafter: " + read(report.resolveSibling("canary-after")) + "\nfilter: "
							+ ObjectInputFilter.Config.getSerialFilter() + "\ncommand: "
							+ System.getProperty("sun.java.command") + "\n");
			Files.move(made, report, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String read(Path canary) {
		try {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
				out.writeObject(new Canary(canary));
			}
			try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
				in.readObject();
			}
			return "read";
		}
		catch (IOException | ClassNotFoundException ex) {
			return ex.toString();
		}
	}

}
