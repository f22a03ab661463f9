package io.virtwise.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.virtwise.facts.NodeFactsReader.CheckStep;
import io.virtwise.node.HostKey;
import io.virtwise.node.HostKeyChanged;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.node.NodeNetwork;
import io.virtwise.node.NodeSecret;
import io.virtwise.node.SshKeys;
import io.virtwise.node.Transport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * TLS and ssh against a real libvirt and a real sshd, with a CA and keys made for the
 * purpose.
 */
class TransportsIT {

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	@TempDir
	static Path dir;

	private static DemoFleet fleet;

	private static @Nullable NodeSshd sshd;

	private static int sshPort;

	@BeforeAll
	static void start() throws IOException {
		authority("ours");
		authority("theirs");
		Path server = Files.createDirectory(dir.resolve("server"));
		certificate("ours", server, "server",
				"cn = node\ndns_name = localhost\ndns_name = compute-1.invalid\ntls_www_server\n");
		Path client = Files.createDirectory(dir.resolve("client"));
		certificate("ours", client, "client", "cn = portal\ntls_www_client\n");
		Path stranger = Files.createDirectory(dir.resolve("stranger"));
		certificate("theirs", stranger, "client", "cn = stranger\ntls_www_client\n");
		Files.writeString(stranger.resolve("cacert.pem"),
				Files.readString(dir.resolve("theirs.pem")) + Files.readString(dir.resolve("ours.pem")));
		Path distrustful = Files.createDirectory(dir.resolve("distrustful"));
		certificate("theirs", distrustful, "client", "cn = portal\ntls_www_client\n");
		fleet = DemoFleet.start(1, server);
		startSshd();
	}

	@AfterAll
	static void stop() {
		if (sshd != null) {
			sshd.close();
		}
		if (fleet != null) {
			fleet.close();
		}
	}

	private static void run(String... command) {
		DemoFleet.Result result = DemoFleet.run(new ProcessBuilder(command));
		assertThat(result.code()).as(String.join(" ", command) + "\n" + result.output()).isZero();
	}

	private static void authority(String name) throws IOException {
		Path template = Files.writeString(dir.resolve(name + ".info"), "cn = " + name + "\nca\ncert_signing_key\n");
		Path key = dir.resolve(name + ".key");
		run("certtool", "--generate-privkey", "--rsa", "--bits", "2048", "--outfile", key.toString());
		run("certtool", "--generate-self-signed", "--template", template.toString(), "--load-privkey", key.toString(),
				"--outfile", dir.resolve(name + ".pem").toString());
	}

	/**
	 * A key and certificate under the names that libvirt looks for, with the CA's beside.
	 */
	private static void certificate(String authority, Path to, String name, String template) throws IOException {
		Path info = Files.writeString(to.resolve("info"),
				template + "encryption_key\nsigning_key\nexpiration_days = 2\n");
		Path key = to.resolve(name + "key.pem");
		run("certtool", "--generate-privkey", "--rsa", "--bits", "2048", "--outfile", key.toString());
		run("certtool", "--generate-certificate", "--template", info.toString(), "--load-privkey", key.toString(),
				"--load-ca-certificate", dir.resolve(authority + ".pem").toString(), "--load-ca-privkey",
				dir.resolve(authority + ".key").toString(), "--outfile", to.resolve(name + "cert.pem").toString());
		Files.copy(dir.resolve(authority + ".pem"), to.resolve("cacert.pem"));
	}

	private static void startSshd() {
		sshd = new NodeSshd(dir, fleet.pid(1));
		for (String key : new String[] { "host", "otherhost", "portal", "stranger-key" }) {
			sshd.key(key, "ed25519");
		}
		sshd.key("host-ecdsa", "ecdsa");
		sshd.start("portal", "host", "host-ecdsa");
		sshPort = sshd.port();
		try {
			sshDirectory("ssh", "portal", "host");
			sshDirectory("ssh-unknown-host", "portal", null);
			sshDirectory("ssh-other-host", "portal", "otherhost");
			sshDirectory("ssh-stranger", "stranger-key", "host");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void sshDirectory(String name, String key, @Nullable String host) throws IOException {
		Path made = Files.createDirectory(dir.resolve(name));
		Files.copy(dir.resolve(key), made.resolve("id"));
		Files.setPosixFilePermissions(made.resolve("id"), PosixFilePermissions.fromString("rw-------"));
		String known = (host == null) ? "" : "[127.0.0.1]:" + sshPort + " "
				+ Files.readString(dir.resolve(host + ".pub")).replaceAll("^(\\S+ \\S+).*\\R", "$1\n");
		Files.writeString(made.resolve("known_hosts"), known);
	}

	private static Node tls(String host) {
		return DemoFleet.node(1, Transport.TLS, host, fleet.tlsPort(1), null);
	}

	private static Node ssh(String user) {
		return DemoFleet.node(1, Transport.SSH, "127.0.0.1", sshPort, user);
	}

	private static Room room(String directory) {
		return new Room(Room.properties(false, dir.resolve(directory), dir.resolve(directory)));
	}

	private static void assertDenied(Room room, Node node, String text) {
		assertThatExceptionOfType(NodeFailure.class).isThrownBy(() -> room.reader.read(node, DEADLINE))
			.withMessageContaining(text)
			.withMessageNotContaining(dir.toString())
			.satisfies((failure) -> assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.DENIED));
		List<CheckStep> steps = room.reader.check(node, DEADLINE);
		assertThat(steps.get(steps.size() - 1).ok()).isFalse();
		assertThat(steps.get(steps.size() - 1).detail()).contains(text);
	}

	@Test
	void readsOverTls() throws IOException {
		try (Room room = room("client")) {
			assertThat(room.reader.read(tls("localhost"), DEADLINE).novaConf())
				.isEqualTo(Files.readAllBytes(fleet.path(1, "/etc/nova/nova.conf")));
			assertThat(room.reader.check(tls("localhost"), DEADLINE)).hasSize(7)
				.allSatisfy((step) -> assertThat(step.ok()).as(step.detail()).isTrue());
		}
	}

	@Test
	void refusesANodeWhoseCertificateIsFromAnotherAuthority() {
		try (Room room = room("distrustful")) {
			assertDenied(room, tls("localhost"), "not from the portal's CA");
		}
	}

	@Test
	void refusesANodeWhoseCertificateIsForAnotherName() {
		try (Room room = room("client")) {
			assertDenied(room, tls("127.0.0.1"), "not for the name 127.0.0.1");
		}
	}

	@Test
	void saysThatTheNodeDoesNotTakeThePortalsCertificate() {
		try (Room room = room("stranger")) {
			assertDenied(room, tls("localhost"), "does not take the portal's client certificate");
		}
	}

	@Test
	void saysThatThePortalsCertificateIsMissing() {
		try (Room room = room("ssh")) {
			assertDenied(room, tls("localhost"), "its own file cacert.pem for tls is missing");
		}
	}

	/**
	 * libvirt's client before 10.4 now and then waits for data over ssh that it already
	 * holds, and cannot be woken without CVE-2024-4418 (see KeepAlive).
	 */
	static boolean sshStalls() {
		String[] version = String.valueOf(new LibvirtLibrary().reachability().version()).split("\\.", -1);
		return Integer.parseInt(version[0]) * 1000 + Integer.parseInt(version[1]) < 10_004;
	}

	@Test
	void readsAndWritesOverSsh() throws IOException {
		org.assertj.core.api.Assumptions.assumeThat(sshStalls()).as("libvirt's client stalls over ssh").isFalse();
		try (Room room = room("ssh")) {
			assertThat(room.reader.read(ssh("root"), DEADLINE).novaConf())
				.isEqualTo(Files.readAllBytes(fleet.path(1, "/etc/nova/nova.conf")));
			DirectorySession session = room.files.open(ssh("root"), "/etc/nova", DEADLINE);
			try (session) {
				session.create("over-ssh", new byte[200_000], "0600", null, null);
				assertThat(session.read("over-ssh")).isEqualTo(new byte[200_000]);
				session.delete("over-ssh");
			}
			assertThat(session.referencesLeft()).isZero();
		}
	}

	@Test
	void refusesAnUnknownHostKeyAndLearnsNothingFromIt() throws IOException {
		try (Room room = room("ssh-unknown-host")) {
			assertDenied(room, ssh("root"), "host key is not among those that were compared");
		}
		assertThat(Files.readString(dir.resolve("ssh-unknown-host/known_hosts"))).isEmpty();
	}

	@Test
	void refusesAnotherHostKeyThanTheKnownOne() {
		try (Room room = room("ssh-other-host")) {
			assertDenied(room, ssh("root"), "shows another host key than the one that is known of it");
		}
	}

	@Test
	void saysThatTheAccountDoesNotTakeThePortalsKey() {
		try (Room room = room("ssh-stranger")) {
			assertDenied(room, ssh("root"), "the account root does not take the portal's key");
		}
	}

	private static Node with(Node node, String credential) {
		return new Node(node.id(), node.name(), node.host(), node.port(), node.transport(), node.user(), credential,
				node.release(), node.group(), node.labels(), node.novaConfPath(), node.writeMode(), node.version(),
				node.createdAt());
	}

	private static NodeSecret tlsSecret(String directory) throws IOException {
		Path folder = dir.resolve(directory);
		return new NodeSecret(Transport.TLS, Files.readString(folder.resolve("cacert.pem")),
				Files.readString(folder.resolve("clientcert.pem")), Files.readString(folder.resolve("clientkey.pem")));
	}

	private static NodeSecret sshSecret(String key) throws IOException {
		return new NodeSecret(Transport.SSH, "", "", Files.readString(dir.resolve(key)));
	}

	private static Room keeping(Map<String, NodeSecret> kept, List<HostKey> hostKeys) {
		return new Room(Room.properties(false, null, null), Room.credentials(kept, hostKeys));
	}

	private static List<HostKey> hostKeys(String file) throws IOException {
		return SshKeys.hostKeys(Files.readString(dir.resolve(file + ".pub")), new ArrayList<>());
	}

	/** What is there while a connection is opened, and not a moment longer. */
	private static void assertNothingIsLeft() throws IOException {
		try (Stream<Path> left = Files.list(Path.of("/dev/shm"))) {
			assertThat(left.map((path) -> path.getFileName().toString()))
				.noneMatch((name) -> name.startsWith("vw-" + ProcessHandle.current().pid() + "-"));
		}
	}

	@Test
	void signsInWithTheCredentialThatIsKept() throws IOException {
		try (Room room = keeping(Map.of("k1", tlsSecret("client")), List.of())) {
			Node node = with(tls("localhost"), "k1");

			assertThat(room.reader.read(node, DEADLINE).novaConf())
				.isEqualTo(Files.readAllBytes(fleet.path(1, "/etc/nova/nova.conf")));
			List<CheckStep> steps = room.reader.check(node, DEADLINE);
			assertThat(steps).hasSize(7).allSatisfy((step) -> assertThat(step.ok()).as(step.detail()).isTrue());
			assertThat(steps.get(1).detail()).contains("as CN=portal");
		}
		assertNothingIsLeft();
	}

	@Test
	void signsInWithWhatARotationPutInPlace() throws IOException {
		Map<String, NodeSecret> kept = new ConcurrentHashMap<>(Map.of("k1", tlsSecret("stranger")));
		try (Room room = keeping(kept, List.of())) {
			Node node = with(tls("localhost"), "k1");
			assertDenied(room, node, "does not take the portal's client certificate");

			kept.put("k1", tlsSecret("client"));
			assertThat(room.reader.read(node, DEADLINE).hostname()).isNotEmpty();

			kept.put("k1", tlsSecret("distrustful"));
			assertDenied(room, node, "not from the portal's CA");
		}
		assertNothingIsLeft();
	}

	@Test
	void triesASecretOnANodeBeforeAnyNodeIsSignedInToWithIt() throws IOException {
		try (Room room = keeping(Map.of("k1", tlsSecret("stranger")), List.of())) {
			Node node = with(tls("localhost"), "k1");
			LibvirtSignInTrial trial = new LibvirtSignInTrial(room.sessions, room.properties,
					Room.credentials(Map.of(), List.of()));

			trial.signIn(node, tlsSecret("client"), DEADLINE);

			assertThatExceptionOfType(NodeFailure.class)
				.isThrownBy(() -> trial.signIn(node, tlsSecret("stranger"), DEADLINE))
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(NodeFailure.Kind.DENIED));
			assertDenied(room, node, "does not take the portal's client certificate");
		}
		assertNothingIsLeft();
	}

	/**
	 * The name means the node while it is checked, and nothing at all to anybody else:
	 * whoever looked it up again would not get there.
	 */
	@Test
	void connectsToTheAddressThatWasCheckedAndHoldsItToTheName() throws IOException {
		try (Room room = keeping(Map.of("k1", tlsSecret("client")), List.of())) {
			NodeLookup lookup = new NodeLookup(new NodeNetwork(List.of(), true),
					(name) -> List.of(InetAddress.getLoopbackAddress()));
			NodeSessions sessions = new NodeSessions(room.library, room.properties, lookup,
					new SignInKeys(room.properties, Room.credentials(Map.of("k1", tlsSecret("client")), List.of())),
					room.events::add);
			try (NodeSession session = sessions.open(with(tls("compute-1.invalid"), "k1"), Deadline.in(DEADLINE))) {
				assertThat(session.call("reading its version", LibvirtConnection::libvirtVersion)).isNotEmpty();
			}
			assertThatExceptionOfType(NodeFailure.class)
				.isThrownBy(() -> sessions.open(with(tls("compute-2.invalid"), "k1"), Deadline.in(DEADLINE)))
				.withMessageContaining("not for the name compute-2.invalid");
		}
	}

	@Test
	void givesUpOnANodeThatTakesConnectionsAndSaysNothing() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
				Room room = keeping(Map.of("k1", tlsSecret("client")), List.of())) {
			Node node = with(DemoFleet.node(1, Transport.TLS, "localhost", silent.getLocalPort(), null), "k1");

			assertThatExceptionOfType(NodeFailure.class)
				.isThrownBy(() -> room.reader.read(node, Duration.ofMillis(700)))
				.withMessageContaining("did not answer within 700 ms")
				.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT));
			assertThat(room.sessions.hungOpens()).isZero();
		}
		assertNothingIsLeft();
	}

	@Test
	void asksForTheHostKeysThatAPersonThenCompares() throws IOException {
		NodeLookup lookup = new NodeLookup(new NodeNetwork(List.of(), true));

		List<HostKey> shown = new SshHostKeys(lookup).read(ssh("root"), DEADLINE);

		assertThat(shown).containsExactly(hostKeys("host").get(0), hostKeys("host-ecdsa").get(0));
		DemoFleet.Result printed = DemoFleet
			.run(new ProcessBuilder("ssh-keygen", "-l", "-f", dir.resolve("host.pub").toString()));
		assertThat(printed.output()).contains(shown.get(0).fingerprint());
		assertThatExceptionOfType(NodeFailure.class)
			.isThrownBy(() -> new SshHostKeys(lookup).read(tls("127.0.0.1"), Duration.ofSeconds(1)));
	}

	@Test
	void signsInNowhereBeforeSomebodyComparedTheHostKey() throws IOException {
		try (Room room = keeping(Map.of("k1", sshSecret("portal")), List.of())) {
			assertDenied(room, with(ssh("root"), "k1"), "nobody compared its host key yet");
			assertThat(room.events).isEmpty();
		}
	}

	@Test
	void tellsOfAChangedHostKeyAndSendsNothing() throws IOException {
		try (Room room = keeping(Map.of("k1", sshSecret("portal")), hostKeys("otherhost"))) {
			Node node = with(ssh("root"), "k1");
			HostKeyChanged shown = new HostKeyChanged(node,
					List.of(hostKeys("host").get(0), hostKeys("host-ecdsa").get(0)));
			assertDenied(room, node, "shows another host key than the one that is known of it");
			assertThat(room.events).hasSize(2).allMatch((event) -> event.equals(shown));
		}
		assertThat(Files.readString(dir.resolve("sshd.log"))).doesNotContain("Accepted publickey");
		assertNothingIsLeft();
	}

	/** The right host key leads as far as the account, which does not take this key. */
	@Test
	void goesOnToSignInWhereTheHostKeyIsTheOneThatWasCompared() throws IOException {
		try (Room room = keeping(Map.of("k1", sshSecret("stranger-key")), hostKeys("host"))) {
			assertDenied(room, with(ssh("root"), "k1"), "the account root does not take the portal's key");
			assertThat(room.events).isEmpty();
		}
		assertNothingIsLeft();
	}

	@Test
	void neverRunsACommandForAHostileHostOrUser() {
		Path canary = dir.resolve("canary");
		String touch = "touch%20" + canary;
		try (Room room = room("ssh")) {
			for (String hostile : new String[] { "127.0.0.1/system?command=/usr/bin/touch&x=" + canary,
					"-oProxyCommand=touch " + canary, "127.0.0.1;touch " + canary, "$(touch " + canary + ")",
					"127.0.0.1?socket=;" + touch, "127.0.0.1\n" + touch }) {
				for (Node node : new Node[] { DemoFleet.node(1, Transport.SSH, hostile, sshPort, "root"),
						DemoFleet.node(1, Transport.SSH, "127.0.0.1", sshPort, hostile),
						DemoFleet.node(1, Transport.TLS, hostile, sshPort, null) }) {
					assertDenied(room, node, "No connection to the node demo-1 was tried");
				}
			}
		}
		assertThat(canary).doesNotExist();
	}

}
