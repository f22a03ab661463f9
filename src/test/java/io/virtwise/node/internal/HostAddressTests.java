package io.virtwise.node.internal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HostAddress}.
 */
class HostAddressTests {

	@ParameterizedTest
	@ValueSource(strings = { "node17", "node17.example.net", "NODE_17.example.net", "17.example", "a-b.c--d.e",
			"192.0.2.17", "10.0.0.1", "127.0.0.1", "2001:db8::17", "::1", "2001:DB8:0:0:0:0:0:1", "::ffff:192.0.2.17",
			"fc00::1", "64:ff9b::192.0.2.1", "1:2:3:4:5:6:7::" })
	void takesNamesAndAddresses(String host) {
		assertThat(HostAddress.fault(host)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "node\n", "node/etc", "node?socket=/x", "node#x", "user@node", "node%20",
			"node;x", "qemu+ssh://node/system", "[::1]", "fe80::1%eth0", "-oProxyCommand=x", "-node", "node-", "a..b",
			".a", "a.", "node:22", "1.2.3", "1.2.3.256", "01.2.3.4", "0x7f000001", "2130706433", "node.0x1",
			"1.2.3.4.5", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "::g", "1.2.3.4::",
			"node\u0000" })
	void refusesWhatIsNoHost(String host) {
		assertThat(HostAddress.fault(host)).startsWith("is neither a DNS name nor");
	}

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "169.254.0.1", "fe80::1", "FEBF::1", "::ffff:169.254.169.254",
			"::ffff:a9fe:a9fe", "64:ff9b::a9fe:a9fe" })
	void refusesAddressesOfOneLinkAndOfMetadataServices(String host) {
		assertThat(HostAddress.fault(host)).contains("169.254.0.0/16");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255", "::", "ff02::1", "::ffff:0.0.0.0",
			"::2" })
	void refusesAddressesThatAreNotOfOneHost(String host) {
		assertThat(HostAddress.fault(host)).startsWith("is not the address of one host");
	}

	@org.junit.jupiter.api.Test
	void saysHowDnsWritesANameWithOtherLetters() {
		assertThat(HostAddress.fault("Bücher.example")).endsWith("write it as DNS does, xn--bcher-kva.example");
		assertThat(HostAddress.fault("bü/cher.example")).startsWith("is neither a DNS name nor");
	}

	@org.junit.jupiter.api.Test
	void refusesNamesThatNoResolverTakes() {
		assertThat(HostAddress.fault("a".repeat(64) + ".example")).isNotNull();
		assertThat(HostAddress.fault("a.".repeat(127) + "ab")).contains("253");
		assertThat(HostAddress.fault("a".repeat(63) + ".example")).isNull();
	}

}
