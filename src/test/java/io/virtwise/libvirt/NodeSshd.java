package io.virtwise.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An sshd in the namespace of a demo node, so that who signs in finds the node's libvirt.
 * Its keys are made for the purpose.
 */
final class NodeSshd implements AutoCloseable {

	private final Path dir;

	private final long node;

	private final int port;

	private @Nullable Process process;

	/**
	 * Not started yet.
	 * @param dir where keys and log are
	 * @param node the process of the node
	 */
	NodeSshd(Path dir, long node) {
		this.dir = dir;
		this.node = node;
		try (ServerSocket socket = new ServerSocket(0)) {
			this.port = socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.port;
	}

	/** Makes a pair of keys of this name. */
	void key(String name, String type) {
		DemoFleet.Result made = DemoFleet
			.run(new ProcessBuilder("ssh-keygen", "-q", "-t", type, "-N", "", "-f", this.dir.resolve(name).toString()));
		assertThat(made.code()).as(made.output()).isZero();
	}

	/** Starts it, or starts it anew as if the machine had been set up again. */
	void start(String authorized, String... hostKeys) {
		close();
		StringBuilder lines = new StringBuilder();
		for (String key : hostKeys) {
			lines.append("HostKey ").append(this.dir.resolve(key)).append('\n');
		}
		try {
			Files.copy(this.dir.resolve(authorized + ".pub"), this.dir.resolve("authorized"),
					StandardCopyOption.REPLACE_EXISTING);
			Path configuration = Files.writeString(this.dir.resolve("sshd_config"), """
					Port %d
					ListenAddress 127.0.0.1
					%sAuthorizedKeysFile %s
					StrictModes no
					UsePAM no
					PasswordAuthentication no
					KbdInteractiveAuthentication no
					PidFile none
					""".formatted(this.port, lines, this.dir.resolve("authorized")));
			this.process = new ProcessBuilder("nsenter", "-t", Long.toString(this.node), "-m", "--", "/usr/sbin/sshd",
					"-D", "-e", "-f", configuration.toString())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(this.dir.resolve("sshd.log").toFile()))
				.start();
			for (int i = 0; !answers(); i++) {
				assertThat(i).as(Files.readString(this.dir.resolve("sshd.log"))).isLessThan(600);
				TimeUnit.MILLISECONDS.sleep(50);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

	private boolean answers() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		Process running = this.process;
		if (running != null) {
			running.destroy();
			try {
				assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.process = null;
		}
	}

}
