package io.virtwise.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Real libvirt daemons for tests, by {@code bin/demo-fleet}, beside any other fleet on
 * this machine.
 */
public final class DemoFleet implements AutoCloseable {

	private static @Nullable DemoFleet shared;

	private final Path home;

	private final int basePort;

	private final @Nullable Path tls;

	/** The network namespace that its daemons are in. */
	private final @Nullable String namespace;

	private DemoFleet(@Nullable Path tls) {
		this(tls, null);
	}

	private DemoFleet(@Nullable Path tls, @Nullable String namespace) {
		this.namespace = namespace;
		try {
			this.home = Files.createTempDirectory("virtwise-fleet-");
			this.basePort = freeBase();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.tls = tls;
	}

	/**
	 * The fleet that the tests of one run share; its nodes are left as they were found.
	 */
	public static synchronized DemoFleet shared() {
		if (shared == null) {
			DemoFleet fleet = new DemoFleet(null);
			Runtime.getRuntime().addShutdownHook(new Thread(fleet::close));
			fleet.up(2);
			shared = fleet;
		}
		return shared;
	}

	/** A fleet of one's own, to be closed. */
	public static DemoFleet start(int nodes, @Nullable Path tls) {
		DemoFleet fleet = new DemoFleet(tls);
		try {
			fleet.up(nodes);
			return fleet;
		}
		catch (RuntimeException | Error ex) {
			fleet.close();
			throw ex;
		}
	}

	/**
	 * One daemon in a network namespace that is there already, listening on all addresses
	 * of it; to be closed.
	 */
	public static DemoFleet startIn(String namespace) {
		DemoFleet fleet = new DemoFleet(null, namespace);
		try {
			fleet.up(1);
			return fleet;
		}
		catch (RuntimeException | Error ex) {
			fleet.close();
			throw ex;
		}
	}

	/** A base with room for some nodes, and for their TLS ports. */
	private static int freeBase() throws IOException {
		for (int i = 0; i < 100; i++) {
			int base = 20_000 + (int) (Math.random() * 10_000);
			if (free(base + 1) && free(base + 2) && free(base + 3) && free(base + 101) && free(base + 102)) {
				return base;
			}
		}
		throw new IOException("no free ports");
	}

	private static boolean free(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void up(int nodes) {
		// Only root may make mount namespaces; the test machine and CI are root.
		assumeThat(System.getProperty("user.name")).as("needs root").isEqualTo("root");
		Result result = run("up", Integer.toString(nodes));
		assertThat(result.code).as(result.output).isZero();
	}

	public void freeze(int k) {
		does("freeze", k);
	}

	public void thaw(int k) {
		does("thaw", k);
	}

	public void kill(int k) {
		does("kill", k);
	}

	/** Brings back nodes that were killed. */
	public void revive(int nodes) {
		up(nodes);
	}

	private void does(String verb, int k) {
		Result result = run(verb, Integer.toString(k));
		assertThat(result.code).as(result.output).isZero();
	}

	/** Node K by plain TCP. */
	public Node node(int k) {
		return node(k, Transport.TCP, "127.0.0.1", this.basePort + k, null);
	}

	static Node node(int k, Transport transport, String host, int port, @Nullable String user) {
		return new Node("node" + k, "demo-" + k, host, port, transport, user, null, "2024.1", null, Map.of(),
				Node.DEFAULT_NOVA_CONF, WriteMode.IN_PLACE, 0, Instant.EPOCH);
	}

	int tlsPort(int k) {
		return this.basePort + 100 + k;
	}

	/** Where the fleet keeps its files. */
	Path home() {
		return this.home;
	}

	/** Where a path of node K is on this machine. */
	public Path path(int k, String path) {
		return this.home.resolve(Integer.toString(k) + path);
	}

	/** The process of node K. */
	public long pid(int k) {
		try {
			String line = Files.readString(path(k, "/pid"));
			return Long.parseLong(line.substring(0, line.indexOf(' ')));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Runs bin/demo-fleet for this fleet. */
	Result run(String... arguments) {
		List<String> command = new ArrayList<>();
		if (this.namespace != null) {
			command.addAll(List.of("ip", "netns", "exec", this.namespace));
		}
		command.add(Path.of("bin/demo-fleet").toAbsolutePath().toString());
		command.addAll(Arrays.asList(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("VIRTWISE_FLEET_HOME", this.home.toString());
		builder.environment().put("VIRTWISE_FLEET_PORT", Integer.toString(this.basePort));
		builder.environment().put("VIRTWISE_FLEET_LISTEN", (this.namespace != null) ? "0.0.0.0" : "127.0.0.1");
		builder.environment().remove("VIRTWISE_FLEET_TLS");
		if (this.tls != null) {
			builder.environment().put("VIRTWISE_FLEET_TLS", this.tls.toString());
		}
		return run(builder);
	}

	/** Runs a command to its end, within a minute. */
	static Result run(ProcessBuilder builder) {
		try {
			Path output = Files.createTempFile("virtwise-out-", ".txt");
			Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
			process.getOutputStream().close();
			if (!process.waitFor(60, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new AssertionError(builder.command() + " does not end");
			}
			Result result = new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
			Files.delete(output);
			return result;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

	@Override
	public void close() {
		run("down");
	}

	/**
	 * What became of a command.
	 */
	record Result(int code, String output) {
	}

}
