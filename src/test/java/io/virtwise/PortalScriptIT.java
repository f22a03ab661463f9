package io.virtwise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import io.virtwise.testing.Canary;
import io.virtwise.testing.FilterWitness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The process that {@code bin/portal} starts from the packaged jar.
 */
class PortalScriptIT {

	@TempDir
	private Path dir;

	@Test
	void readsNoObjectsFromItsFirstMomentOn() throws Exception {
		Path report = this.dir.resolve("report");
		ProcessBuilder builder = new ProcessBuilder("bin/portal").redirectErrorStream(true)
			.redirectOutput(this.dir.resolve("log").toFile());
		builder.environment().put("VIRTWISE_HOME", this.dir.resolve("home").toString());
		builder.environment().put("VIRTWISE_PORT", Integer.toString(freePort()));
		// the script has the JVM keep an archive of its classes, which does not go with
		// an agent
		builder.environment()
			.put("JAVA_OPTS", "-XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions"
					+ " -XX:+AllowArchivingWithJavaAgent -javaagent:" + agent() + "=" + report);
		Process portal = builder.start();
		try {
			for (int i = 0; i < 3000 && !Files.exists(report) && portal.isAlive(); i++) {
				TimeUnit.MILLISECONDS.sleep(100);
			}
			assertThat(report).as(Files.readString(this.dir.resolve("log"))).exists();
			String seen = Files.readString(report);
			assertThat(seen).as("the witness can tell the difference").contains("before: read");
			assertThat(this.dir.resolve("canary-before")).exists();
			assertThat(seen).contains("after: java.io.InvalidClassException: filter status: REJECTED", "!*")
				.containsPattern("command: \\S+\\.jar");
			assertThat(this.dir.resolve("canary-after")).doesNotExist();
		}
		finally {
			portal.destroyForcibly(); // what it would tidy up is in a folder of its own
			portal.waitFor(30, TimeUnit.SECONDS);
		}
	}

	private Path agent() throws IOException {
		Path jar = this.dir.resolve("witness.jar");
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().putValue("Premain-Class", FilterWitness.class.getName());
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream out = new JarOutputStream(file, manifest)) {
			for (Class<?> one : new Class<?>[] { FilterWitness.class, Canary.class }) {
				String name = one.getName().replace('.', '/') + ".class";
				out.putNextEntry(new JarEntry(name));
				try (InputStream in = Objects
					.requireNonNull(PortalScriptIT.class.getClassLoader().getResourceAsStream(name))) {
					in.transferTo(out);
				}
			}
		}
		return jar;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
