package io.virtwise.rollout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A network namespace with one wire to this machine, which can be cut. Made and removed
 * by whoever needs it.
 */
final class NodeNamespace implements AutoCloseable {

	/** The second network of those for documentation, so that it is nobody's. */
	private static final String HERE = "198.51.100.1/30";

	private static final String THERE = "198.51.100.2";

	private final String name;

	private final @Nullable String refusal;

	private NodeNamespace(String name, @Nullable String refusal) {
		this.name = name;
		this.refusal = refusal;
	}

	static NodeNamespace make() {
		String name = "vw" + ProcessHandle.current().pid();
		String wire = name + "h";
		String fault = ip("netns", "add", name);
		if (fault != null) {
			return new NodeNamespace(name, fault);
		}
		for (String[] command : new String[][] {
				{ "link", "add", wire, "type", "veth", "peer", "name", "vwn", "netns", name },
				{ "addr", "add", HERE, "dev", wire }, { "link", "set", wire, "up" },
				{ "-n", name, "addr", "add", THERE + "/30", "dev", "vwn" }, { "-n", name, "link", "set", "vwn", "up" },
				{ "-n", name, "link", "set", "lo", "up" } }) {
			fault = (fault != null) ? fault : ip(command);
		}
		return new NodeNamespace(name, fault);
	}

	/** Why there is none; {@code null} if there is. */
	@Nullable String refusal() {
		return this.refusal;
	}

	String name() {
		return this.name;
	}

	String address() {
		return THERE;
	}

	/** Cuts the wire a moment from now, on the node's side. */
	void downSoon() {
		Thread thread = new Thread(() -> expect(ip("-n", this.name, "link", "set", "vwn", "down")), "cut");
		thread.start();
	}

	void up() {
		expect(ip("-n", this.name, "link", "set", "vwn", "up"));
	}

	private static void expect(@Nullable String fault) {
		if (fault != null) {
			throw new IllegalStateException(fault);
		}
	}

	/** What was wrong; {@code null} for nothing. */
	private static @Nullable String ip(String... arguments) {
		String[] command = new String[arguments.length + 1];
		command[0] = "ip";
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				return Arrays.toString(command) + " does not end";
			}
			return (process.exitValue() == 0) ? null : Arrays.toString(command) + ": " + output.strip();
		}
		catch (IOException ex) {
			return ex.getMessage(); // there is no ip
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UncheckedIOException(new IOException(ex));
		}
	}

	@Override
	public void close() {
		ip("netns", "del", this.name); // its wire goes with it
	}

}
