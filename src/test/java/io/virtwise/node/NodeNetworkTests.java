package io.virtwise.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * To which addresses the portal connects.
 */
class NodeNetworkTests {

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "169.254.0.1", "fe80::1", "::ffff:169.254.169.254", "::ffff:a9fe:a9fe",
			"::169.254.169.254", "64:ff9b::169.254.169.254", "64:ff9b:1::a9fe:a9fe", "2002:a9fe:a9fe::1",
			"::ffff:0:a9fe:a9fe", "2001:db8::5efe:a9fe:a9fe", "fd00:ec2::254", "fd20:ce::254", "100.100.100.200",
			"168.63.129.16", "192.0.0.192", "0.0.0.0", "0.1.2.3", "::", "224.0.0.1", "255.255.255.255", "240.0.0.1",
			"ff02::1" })
	void neverConnectsToLinksMetadataOrManyHosts(String text) throws UnknownHostException {
		InetAddress address = InetAddress.getByName(text);

		assertThat(new NodeNetwork(List.of(), true).allows(address)).isFalse();
		assertThat(new NodeNetwork(List.of("0.0.0.0/0", "::/0"), true).allows(address)).isFalse();
	}

	/** What Java and the C library read as addresses besides four numbers. */
	@ParameterizedTest
	@ValueSource(strings = { "2852039166", "169.16689662" })
	void unusualSpellingsMeanTheSameAddress(String text) throws UnknownHostException {
		assertThat(new NodeNetwork(List.of(), true).allows(InetAddress.getByName(text))).isFalse();
		assertThat(new NodeNetwork(List.of(), true).fault(text)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::" })
	void connectsToItselfOnlyWhereThatWasSwitchedOn(String text) throws UnknownHostException {
		assertThat(new NodeNetwork(List.of(), false).allows(InetAddress.getByName(text))).isFalse();
		assertThat(new NodeNetwork(List.of(), true).allows(InetAddress.getByName(text))).isTrue();
	}

	@Test
	void keepsToTheNetworksThatWereAllowed() throws UnknownHostException {
		NodeNetwork network = new NodeNetwork(List.of(" 10.20.0.0/15", "2001:db8:1::/48 "), false);

		for (String in : List.of("10.20.0.1", "10.21.255.255", "2001:db8:1:2::3", "::ffff:10.20.0.1")) {
			assertThat(network.allows(InetAddress.getByName(in))).as(in).isTrue();
		}
		for (String out : List.of("10.22.0.0", "10.19.255.255", "2001:db8:2::1", "8.8.8.8", "127.0.0.1")) {
			assertThat(network.allows(InetAddress.getByName(out))).as(out).isFalse();
		}
		assertThat(network.fault("8.8.8.8")).contains("virtwise.network.allowed");
		assertThat(network.fault("compute-1")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0", "10.0.0.0/33", "name/8", "10.0.0/8", "::/129", "10.0.0.0/-1" })
	void saysWhatIsNotANetwork(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> new NodeNetwork(List.of(text), false))
			.withMessageContaining("virtwise.network.allowed has '" + text + "'");
	}

}
