package io.virtwise.libvirt;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeNetwork;
import io.virtwise.node.Transport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A name is looked up once, and all that it means is checked.
 */
class NodeLookupTests {

	private static final Deadline SOON = Deadline.in(Duration.ofSeconds(10));

	private final Node node = DemoFleet.node(1, Transport.TCP, "compute-1.example.net", 16509, null);

	@Test
	void refusesANameThatLeadsWhereNoNodeIs() {
		for (String address : List.of("169.254.169.254", "127.0.0.1", "10.9.0.1")) {
			NodeLookup lookup = new NodeLookup(new NodeNetwork(List.of("10.8.0.0/16"), false),
					(name) -> List.of(InetAddress.getByName("10.8.0.1"), InetAddress.getByName(address)));

			assertThatExceptionOfType(NodeFailure.class).isThrownBy(() -> lookup.address(this.node, SOON))
				.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.DENIED))
				.withMessageContaining("is not an address that this portal connects to")
				.withMessageNotContaining(address);
		}
	}

	/** First a node, then a metadata service: what was checked is what is dialled. */
	@Test
	void connectsToTheAddressThatWasChecked() {
		AtomicInteger asked = new AtomicInteger();
		NodeLookup lookup = new NodeLookup(new NodeNetwork(List.of(), false), (name) -> List
			.of(InetAddress.getByName((asked.getAndIncrement() == 0) ? "192.0.2.7" : "169.254.169.254")));

		InetAddress checked = lookup.address(this.node, SOON);

		assertThat(NodeUri.tcp(this.node, Room.properties(true, null, null), checked).text())
			.isEqualTo("qemu+tcp://192.0.2.7:16509/system");
		assertThat(asked).hasValue(1);
		assertThatExceptionOfType(NodeFailure.class).isThrownBy(() -> lookup.address(this.node, SOON));
	}

}
