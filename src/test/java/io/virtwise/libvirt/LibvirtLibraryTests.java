package io.virtwise.libvirt;

import java.time.Clock;
import java.time.Duration;

import io.virtwise.facts.NodeFactsReader.Reachability;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.node.Transport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A machine without libvirt's client library.
 */
class LibvirtLibraryTests {

	private final LibvirtProperties properties = Room.properties(true, null, null);

	private final LibvirtLibrary library = new LibvirtLibrary("virt-of-no-such-name");

	private final NodeSessions sessions = new NodeSessions(this.library, this.properties,
			new NodeLookup(new io.virtwise.node.NodeNetwork(java.util.List.of(), true)),
			new SignInKeys(this.properties, Room.NO_CREDENTIALS), (event) -> {
			});

	private final LibvirtNodeFactsReader reader = new LibvirtNodeFactsReader(this.library, this.sessions,
			this.properties, Clock.systemUTC());

	private final Node node = DemoFleet.node(1, Transport.TCP, "192.0.2.1", 16509, null);

	@Test
	void saysWhatIsMissingAndWhatToDo() {
		Reachability reachability = this.reader.reachability();

		assertThat(reachability.possible()).isFalse();
		assertThat(reachability.version()).isNull();
		assertThat(reachability.remedy()).contains("apt-get install libvirt0", "dnf install libvirt-libs");
	}

	@Test
	void failsEveryCallWithoutTouchingTheBinding() {
		assertThatExceptionOfType(NodeFailure.class)
			.isThrownBy(() -> this.reader.read(this.node, Duration.ofSeconds(1)))
			.withMessageContaining("apt-get install libvirt0")
			.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Kind.NO_LIBRARY));
		assertThat(this.reader.check(this.node, Duration.ofSeconds(1))).singleElement().satisfies((step) -> {
			assertThat(step.ok()).isFalse();
			assertThat(step.detail()).contains("apt-get install libvirt0");
		});
	}

	@Test
	void startsWithoutAnEventLoop() {
		LibvirtEventLoop loop = new LibvirtEventLoop(this.library);

		loop.start();

		assertThat(loop.isRunning()).isFalse();
		loop.stop();
	}

	@Test
	void isUnknownRatherThanDownInHealth() {
		Health health = new LibvirtHealthIndicator(this.library, new LibvirtEventLoop(this.library), this.sessions)
			.health();

		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails()).containsEntry("remedy", LibvirtLibrary.REMEDY);
	}

	@Test
	void readsVersionNumbers() {
		assertThat(LibvirtLibrary.versionInWords(9_000_000)).isEqualTo("9.0.0");
		assertThat(LibvirtLibrary.versionInWords(10_010_012)).isEqualTo("10.10.12");
	}

}
