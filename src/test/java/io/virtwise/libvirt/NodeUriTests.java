package io.virtwise.libvirt;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which URI a node gets, and which it never gets.
 */
class NodeUriTests {

	private static final LibvirtProperties PROPERTIES = Room.properties(true, null, null);

	private static Node node(Transport transport, String host, int port, @Nullable String user,
			@Nullable String credential) {
		return new Node("n", "one", host, port, transport, user, credential, null, null, Map.of(),
				Node.DEFAULT_NOVA_CONF, WriteMode.AUTO, 0, Instant.EPOCH);
	}

	private static void assertRefused(Node node, String text) {
		assertThatExceptionOfType(NodeFailure.class).isThrownBy(() -> NodeUri.vet(node, PROPERTIES))
			.withMessageContaining(text)
			.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Kind.DENIED));
	}

	private static InetAddress address(String literal) {
		try {
			return InetAddress.getByName(literal);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "compute-1.example.net", "compute1", "192.0.2.7", "2001:db8::7", "3com.example" })
	void takesNamesAndAddresses(String host) {
		for (Transport transport : Transport.values()) {
			NodeUri.vet(node(transport, host, 22, "nova", null), PROPERTIES);
		}
	}

	/** Whatever the name means by the time of the connection. */
	@ParameterizedTest
	@CsvSource({ "192.0.2.7,192.0.2.7", "2001:db8::7,[2001:db8:0:0:0:0:0:7]" })
	void leadsToTheAddressThatWasChecked(String address, String inUri) {
		Node node = node(Transport.SSH, "compute-1", 2222, "nova", null);

		assertThat(NodeUri.ssh(node, address(address), Path.of("/run/a/id"), Path.of("/run/a/known_hosts")).text())
			.isEqualTo("qemu+libssh://nova@" + inUri + ":2222/system?no_tty=1&sshauth=privkey&keyfile=/run/a/id"
					+ "&known_hosts=/run/a/known_hosts&known_hosts_verify=normal");
		assertThat(
				NodeUri.tcp(node(Transport.TCP, "compute-1", 16509, null, null), PROPERTIES, address(address)).text())
			.isEqualTo("qemu+tcp://" + inUri + ":16509/system");
	}

	@Test
	void takesACredentialByItsIdAsTheNameOfAFolder() {
		assertThat(NodeUri.credential(node(Transport.SSH, "compute-1", 22, "nova", "rack-7"))).isEqualTo("rack-7");
		for (String odd : new String[] { "../rack-7", "a&command=x", "a/b", ".", "" }) {
			assertThatExceptionOfType(NodeFailure.class)
				.isThrownBy(() -> NodeUri.credential(node(Transport.SSH, "compute-1", 22, "nova", odd)))
				.withMessageContaining("not an id of a key");
		}
	}

	@Test
	void quotesOddPaths() {
		assertThat(NodeUri.local(Path.of("/run/a b&command=x;c%20d")).text())
			.isEqualTo("qemu+unix:///system?socket=/run/a%20b%26command%3Dx%3Bc%2520d");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "-oProxyCommand=touch", "a b", "a\nb", "host\n", "host/system?command=/bin/sh",
			"host?command=x", "host#x", "user@host", "host:22", "host;x", "host&x", "ho%73t", "[::1]", "::1]",
			"::1%eth0", "fe80::1%25eth0", ":::", "1.2.3", "2130706433", "0x7f000001", "127.0.0.0x1", "256.1.1.1",
			"1.2.3.4.5", "1.2.3.4.", "host.", ".host", "a..b", "host-", "$(touch x)", "`touch x`", "h\u00f6st",
			"h\u0000st", "qemu:///system" })
	void refusesOddHosts(String host) {
		for (Transport transport : Transport.values()) {
			assertRefused(node(transport, host, 22, "nova", null), "its host");
		}
	}

	@Test
	void refusesHostsTooLong() {
		assertRefused(node(Transport.TLS, "a".repeat(64), 22, null, null), "its host");
		assertRefused(node(Transport.TLS, "a.".repeat(127) + "abc", 22, null, null), "its host");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "-l", "a b", "root@other", "root:secret", "ro/ot", "root?command=x", "root%40x",
			"root\n", "r\u00f6ot", "$(id)", "1root", "abcdefghijklmnopqrstuvwxyz0123456789" })
	void refusesOddUsers(@Nullable String user) {
		assertRefused(node(Transport.SSH, "compute-1", 22, user, null), "its user");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 65_536, Integer.MAX_VALUE })
	void refusesPortsThatAreNone(int port) {
		assertRefused(node(Transport.TLS, "compute-1", port, null, null), "its port");
	}

	@Test
	void refusesPlainTcpUnlessAllowed() {
		Node node = node(Transport.TCP, "compute-1", 16509, null, null);

		assertThatExceptionOfType(NodeFailure.class)
			.isThrownBy(() -> NodeUri.vet(node, Room.properties(false, null, null)))
			.withMessageContaining("virtwise.libvirt.allow-tcp=true");
	}

}
