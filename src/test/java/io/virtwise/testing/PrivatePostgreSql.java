package io.virtwise.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server of this JVM's own, on a free port of the loopback, without
 * durability. Started when first asked for and stopped with the JVM.
 */
final class PrivatePostgreSql {

	private static final String SUPERUSER = "postgres";

	private static final Optional<Path> PROGRAMS = programs();

	private static @Nullable PrivatePostgreSql running;

	private final Path home;

	private final int port;

	private final AtomicInteger databases = new AtomicInteger();

	private boolean migrated;

	private PrivatePostgreSql(Path home, int port) {
		this.home = home;
		this.port = port;
	}

	/** Why there is none, if there is none. */
	static Optional<String> whyNot() {
		return PROGRAMS.isPresent() ? Optional.empty()
				: Optional.of("PostgreSQL is not installed (Debian: apt-get install postgresql)");
	}

	/** The server, started if need be. */
	static synchronized PrivatePostgreSql get() {
		if (running == null) {
			running = start();
		}
		return running;
	}

	/** A new database with all migrations; they are made once, and copied. */
	synchronized Database fresh() {
		JdbcClient server = JdbcClient.create(new DriverManagerDataSource(url(SUPERUSER), SUPERUSER, ""));
		if (!this.migrated) {
			server.sql("create database migrated").update();
			Database.migrated("PostgreSQL", url("migrated"), SUPERUSER);
			this.migrated = true;
		}
		String name = "storage" + this.databases.incrementAndGet();
		server.sql("create database " + name + " template migrated").update();
		return Database.pooled("PostgreSQL", url(name), SUPERUSER);
	}

	private String url(String database) {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/" + database;
	}

	private static PrivatePostgreSql start() {
		try {
			Path home = Files.createTempDirectory("virtwise-postgresql");
			PrivatePostgreSql server = new PrivatePostgreSql(home, freePort());
			if (root()) {
				run(List.of("chown", SUPERUSER, home.toString()));
			}
			server.program("initdb", "--pgdata=" + home.resolve("data"), "--username=" + SUPERUSER, "--auth=trust",
					"--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
			server.program("pg_ctl", "--pgdata=" + home.resolve("data"), "--log=" + home.resolve("log"), "--wait",
					"--timeout=120", "--options=-h 127.0.0.1 -p " + server.port + " -k " + home
							+ " -c fsync=off -c full_page_writes=off -c synchronous_commit=off",
					"start");
			Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("a private PostgreSQL could not be started", ex);
		}
	}

	private void stop() {
		try {
			program("pg_ctl", "--pgdata=" + this.home.resolve("data"), "--mode=immediate", "stop");
			FileSystemUtils.deleteRecursively(this.home);
		}
		catch (IOException ex) {
			System.err.println("The private PostgreSQL in " + this.home + " could not be stopped: " + ex.getMessage());
		}
	}

	/** PostgreSQL refuses to run as root, so root hands over. */
	private void program(String name, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		if (root()) {
			command.addAll(List.of("runuser", "-u", SUPERUSER, "--"));
		}
		command.add(PROGRAMS.orElseThrow().resolve(name).toString());
		command.addAll(List.of(arguments));
		run(command);
	}

	private static void run(List<String> command) throws IOException {
		Path output = Files.createTempFile("virtwise-postgresql", ".out");
		try {
			Process process = new ProcessBuilder(command).directory(Path.of("/").toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			if (!process.waitFor(180, TimeUnit.SECONDS) || process.exitValue() != 0) {
				process.destroy();
				throw new IOException(String.join(" ", command) + " failed: "
						+ Files.readString(output, StandardCharsets.UTF_8).strip());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while running " + command.get(0), ex);
		}
		finally {
			Files.deleteIfExists(output);
		}
	}

	private static boolean root() {
		return "root".equals(System.getProperty("user.name"));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/** The newest installed version's programs. */
	private static Optional<Path> programs() {
		List<Path> places = new ArrayList<>();
		for (String place : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
			places.add(Path.of(place));
		}
		try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
			versions.sorted(Comparator.reverseOrder()).map((version) -> version.resolve("bin")).forEach(places::add);
		}
		catch (IOException ex) {
			// not Debian's layout: the path has to do
		}
		return places.stream()
			.filter((place) -> Files.isExecutable(place.resolve("initdb"))
					&& Files.isExecutable(place.resolve("pg_ctl")))
			.findFirst();
	}

}
