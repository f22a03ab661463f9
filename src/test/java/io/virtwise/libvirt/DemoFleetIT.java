package io.virtwise.libvirt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The script {@code bin/demo-fleet} itself.
 */
class DemoFleetIT {

	private final DemoFleet fleet = DemoFleet.start(1, null);

	@AfterEach
	void down() {
		this.fleet.close();
	}

	@Test
	void isFreeOfWhatShellcheckFinds() {
		DemoFleet.Result result = DemoFleet.run(new ProcessBuilder("shellcheck", "bin/demo-fleet"));

		assertThat(result.output()).isEmpty();
		assertThat(result.code()).isZero();
	}

	@Test
	void startsOnceAndGoesOnWhereItWasKilled() throws IOException {
		long pid = this.fleet.pid(1);
		this.fleet.revive(1);
		assertThat(this.fleet.pid(1)).isEqualTo(pid);

		Files.writeString(this.fleet.path(1, "/etc/nova/mine"), "kept");
		this.fleet.freeze(1);
		assertThat(this.fleet.run("status").output()).containsPattern("\\b" + pid + " +frozen\\b");
		this.fleet.thaw(1);
		assertThat(this.fleet.run("status").output()).containsPattern("\\b" + pid + " +running\\b");
		this.fleet.kill(1);
		assertThat(ended(pid)).isTrue();
		assertThat(this.fleet.run("status").output()).containsPattern("- +dead\\b");
		this.fleet.revive(1);
		assertThat(this.fleet.pid(1)).isNotEqualTo(pid);
		assertThat(this.fleet.path(1, "/etc/nova/mine")).hasContent("kept");
	}

	@Test
	void givesEachNodeARealNovaConfOfItsOwn() throws IOException {
		Path file = this.fleet.path(1, "/etc/nova/nova.conf");

		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
		assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(64060);
		assertThat(Files.readString(file)).contains("[libvirt]", "virt_type = qemu");
		assertThat(this.fleet.run("status").output()).contains(file.toString());
	}

	@Test
	void endsWhatItStartedAndLeavesNothing() throws IOException {
		long pid = this.fleet.pid(1);
		Path home = this.fleet.home();

		assertThat(this.fleet.run("down").code()).isZero();

		assertThat(ended(pid)).isTrue();
		assertThat(home).doesNotExist();
		assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(home.toString());
		assertThat(this.fleet.run("down").code()).isZero();
	}

	@Test
	void saysInOneLineWhyItDoesNotStart() throws IOException {
		try (ServerSocket taken = new ServerSocket(this.fleet.node(2).port(), 1, InetAddress.getLoopbackAddress())) {
			DemoFleet.Result result = this.fleet.run("up", "2");

			assertThat(result.code()).isEqualTo(1);
			assertThat(result.output().lines()).singleElement()
				.asString()
				.contains("node 2: port " + taken.getLocalPort() + " is taken");
		}
		assertThat(this.fleet.run("freeze", "7").output().lines()).singleElement()
			.asString()
			.contains("node 7 does not run");
		assertThat(this.fleet.run("up", "many").output().lines()).singleElement()
			.asString()
			.contains("a number from 1 to 99");
		assertThat(this.fleet.run("explode").code()).isEqualTo(1);
	}

	/** A process that nobody has asked for its exit code yet has ended all the same. */
	private static boolean ended(long pid) throws IOException {
		Path stat = Path.of("/proc/" + pid + "/stat");
		return !Files.exists(stat) || Files.readString(stat).replaceAll("(?s).*\\) ", "").startsWith("Z");
	}

}
