package io.virtwise.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

	@TempDir
	Path keys;

	private LibvirtProperties properties = Room.properties(true, null, null);

	@BeforeEach
	void makeKeys() throws IOException {
		for (String file : new String[] { "cacert.pem", "clientcert.pem", "clientkey.pem", "id", "known_hosts" }) {
			Files.writeString(this.keys.resolve(file), "x");
		}
		this.properties = Room.properties(true, this.keys, this.keys);
	}

	private static Node node(Transport transport, String host, int port, @Nullable String user,
			@Nullable String credential) {
		return new Node("n", "one", host, port, transport, user, credential, null, null, Map.of(),
				Node.DEFAULT_NOVA_CONF, WriteMode.AUTO, 0, Instant.EPOCH);
	}

	private String uri(Transport transport, String host, @Nullable String user) {
		return NodeUri.of(node(transport, host, transport.defaultPort(), user, null), this.properties).text();
	}

	private void assertRefused(Node node, String text) {
		assertThatExceptionOfType(NodeFailure.class).isThrownBy(() -> NodeUri.of(node, this.properties))
			.withMessageContaining(text)
			.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Kind.DENIED));
	}

	@ParameterizedTest
	@CsvSource({ "compute-1.example.net,compute-1.example.net", "compute1,compute1", "192.0.2.7,192.0.2.7",
			"2001:db8::7,[2001:db8::7]", "3com.example,3com.example" })
	void takesNamesAndAddresses(String host, String inUri) {
		assertThat(uri(Transport.TCP, host, null)).isEqualTo("qemu+tcp://" + inUri + ":16509/system");
	}

	@Test
	void takesKeysFromTheConfigurationOnly() {
		String at = this.keys.toString();

		assertThat(uri(Transport.TLS, "compute-1", null))
			.isEqualTo("qemu+tls://compute-1:16514/system?no_tty=1&pkipath=" + at);
		assertThat(uri(Transport.SSH, "compute-1", "nova"))
			.isEqualTo("qemu+libssh://nova@compute-1:22/system?no_tty=1&sshauth=privkey&keyfile=" + at
					+ "/id&known_hosts=" + at + "/known_hosts&known_hosts_verify=normal");
	}

	@Test
	void usesLibvirtsOwnPlacesForCertificatesWhereNoneAreConfigured() {
		this.properties = Room.properties(true, null, null);

		assertThat(uri(Transport.TLS, "compute-1", null)).isEqualTo("qemu+tls://compute-1:16514/system?no_tty=1");
		assertRefused(node(Transport.SSH, "compute-1", 22, "nova", null), "virtwise.libvirt.ssh-directory");
		assertRefused(node(Transport.TLS, "compute-1", 22, null, "rack7"), "virtwise.libvirt.tls-directory");
	}

	@Test
	void takesACredentialByItsId() throws IOException {
		Path own = Files.createDirectory(this.keys.resolve("rack-7"));
		assertRefused(node(Transport.SSH, "compute-1", 22, "nova", "rack-7"), "its own file id for ssh is missing");
		Files.writeString(own.resolve("id"), "x");
		Files.writeString(own.resolve("known_hosts"), "x");

		assertThat(NodeUri.of(node(Transport.SSH, "compute-1", 22, "nova", "rack-7"), this.properties).text())
			.contains("keyfile=" + own + "/id&");
		assertRefused(node(Transport.SSH, "compute-1", 22, "nova", "../rack-7"), "not an id of a key");
		assertRefused(node(Transport.SSH, "compute-1", 22, "nova", "a&command=x"), "not an id of a key");
	}

	@Test
	void quotesOddPathsOfTheConfiguration() throws IOException {
		Path odd = Files.createDirectories(this.keys.resolve("a b&command=x;c%20d"));
		for (String file : new String[] { "cacert.pem", "clientcert.pem", "clientkey.pem" }) {
			Files.writeString(odd.resolve(file), "x");
		}
		this.properties = Room.properties(true, odd, null);

		assertThat(uri(Transport.TLS, "compute-1", null)).endsWith("/a%20b%26command%3Dx%3Bc%2520d");
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
		this.properties = Room.properties(false, null, null);

		assertRefused(node(Transport.TCP, "compute-1", 16509, null, null), "virtwise.libvirt.allow-tcp=true");
	}

}
