package io.virtwise.node.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.node.HostKey;
import io.virtwise.node.HostKeyChanged;
import io.virtwise.node.HostKeyReader;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeNetwork;
import io.virtwise.node.NodeSecret;
import io.virtwise.node.SignInTrial;
import io.virtwise.node.Transport;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Refused;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link Credentials} and {@link HostKeys} on both databases.
 */
@OnBothDatabases
class CredentialsIT {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@SuppressWarnings("TimeInStaticInitializer") // later than all keys that the tests
													// make
	private static final Clock CLOCK = Clock.fixed(Instant.now().plus(Duration.ofHours(1)), ZoneOffset.UTC);

	private static final Sealer SEALER = new Sealer(key(1), "");

	@TempDir
	Path dir;

	private final Database database;

	private final CredentialStore store;

	private final HostKeyStore hostKeyStore;

	private final NodeStore nodes;

	private final NodeRegister register;

	private final Credentials credentials;

	private final List<Object> events = new ArrayList<>();

	CredentialsIT(Database database) {
		this.database = database;
		this.store = new CredentialStore(database.jdbc());
		this.hostKeyStore = new HostKeyStore(database.jdbc());
		this.nodes = new NodeStore(database.jdbc(), JSON);
		this.register = new NodeRegister(this.nodes,
				new ProfileCheck(false, new NodeNetwork(List.of(), true), new NamedCredentials(this.store, null, null)),
				this.events::add, CLOCK);
		this.credentials = credentials(SEALER);
	}

	@BeforeEach
	void empty() {
		for (String table : List.of("node_host_key", "node", "credential")) {
			this.database.jdbc().sql("delete from " + table).update();
		}
	}

	private Credentials credentials(Sealer sealer) {
		return new Credentials(this.store, sealer, JSON, this.events::add, CLOCK);
	}

	private KeptCredentials kept(Sealer sealer) {
		return new KeptCredentials(this.store, this.hostKeyStore, sealer, JSON);
	}

	private static String key(int of) {
		byte[] key = new byte[32];
		key[0] = (byte) of;
		return Base64.getEncoder().encodeToString(key);
	}

	private String sshKey(String name, String passphrase) throws Exception {
		Path file = this.dir.resolve(name);
		Process process = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f",
				file.toString())
			.redirectErrorStream(true)
			.start();
		assertThat(process.waitFor()).as(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
			.isZero();
		return Files.readString(file);
	}

	private static CredentialDraft ssh(String name, @Nullable String key) {
		return new CredentialDraft(name, "ssh", null, null, key);
	}

	private static CredentialDraft tls(String name, TestCertificate certificate) {
		return new CredentialDraft(name, "tls", certificate.certificate(), certificate.certificate(),
				certificate.privateKey());
	}

	private Node node(String name, String transport, @Nullable String credential) {
		return this.register.register(new NodeDraft(name, "10.0.0.1", null, transport,
				transport.equals("ssh") ? "virtwise" : null, credential, null, null, Map.of(), null, null));
	}

	private static void assertRefused(Runnable task, String key, String text) {
		assertThatThrownBy(task::run).isInstanceOfSatisfying(Refused.class, (refused) -> {
			assertThat(refused.key()).isEqualTo(key);
			assertThat(refused.getMessage() + refused.faults()).contains(text);
		});
	}

	@Test
	void keepsAKeySealedAndOpensItForANodeThatNamesIt() throws Exception {
		String key = sshKey("a", "");

		Credential made = this.credentials.create(ssh("dc1 nodes", key));

		assertThat(this.store.find(made.id())).contains(made);
		assertThat(made.shown() + "\n")
			.isEqualTo(Files.readString(this.dir.resolve("a.pub")).replaceAll(" [^ ]+\n", "\n"));
		assertThat(made.expiresAt()).isNull();
		String row = this.database.jdbc().sql("select * from credential").query().singleRow().toString();
		assertThat(row).doesNotContain("PRIVATE").doesNotContain(key.lines().skip(2).findFirst().orElseThrow());
		Node node = node("cmp-1", "ssh", "DC1 nodes");
		assertThat(node.credential()).isEqualTo(made.id());
		Optional<NodeSecret> opened = kept(SEALER).open(node);
		assertThat(opened.orElseThrow().privateKey()).isEqualTo(key.strip() + "\n");
		assertThat(this.credentials.usedBy(made.id())).extracting(UsedBy::name).containsExactly("cmp-1");
		assertThat(this.events.toString()).contains("credential.created", made.fingerprint())
			.doesNotContain(key.substring(60, 100));
	}

	@Test
	void saysThatThereIsNoKeyOrAnotherOneOrThatTheRowWasAltered() throws Exception {
		Credential made = this.credentials.create(ssh("one", sshKey("a", "")));
		Node node = node("cmp-1", "ssh", "one");

		Sealer none = new Sealer("", "");
		Sealer other = new Sealer(key(2), "");
		Path file = Files.writeString(this.dir.resolve("key"), key(1) + "\n");
		assertThat(kept(new Sealer("", file.toString())).open(node)).isPresent();
		assertThatThrownBy(() -> kept(none).open(node)).isInstanceOf(NodeFailure.class)
			.hasMessageContaining("cannot be used")
			.hasMessageContaining("VIRTWISE_CREDENTIALS_KEY");
		assertThatThrownBy(() -> kept(other).open(node)).hasMessageContaining(
				"was sealed with the key " + made.sealedWith() + ", and the portal now has the key " + other.keyName());
		assertThat(credentials(other).fault(made)).contains("sealed with another key");
		assertThat(this.credentials.fault(made)).isNull();
		assertRefused(() -> credentials(none).create(ssh("two", key("b"))), "no-credentials-key",
				"head -c 32 /dev/urandom");
		assertThat(new Sealer("not base64!", "").fault()).contains("not 32 bytes in Base64");
		assertThat(new Sealer("", "/nowhere").fault()).contains("cannot be read");

		String sealed = this.store.sealed(made.id());
		this.database.jdbc()
			.sql("update credential set sealed = :sealed")
			.param("sealed", sealed.substring(0, 40) + ((sealed.charAt(40) == 'A') ? "B" : "A") + sealed.substring(41))
			.update();
		assertThatThrownBy(() -> kept(SEALER).open(node)).hasMessageContaining("was altered in the database");
		Credential second = this.credentials.create(ssh("two", key("c")));
		this.database.jdbc()
			.sql("update credential set sealed = (select sealed from credential where id = :id) where id <> :id")
			.param("id", second.id())
			.update();
		assertThatThrownBy(() -> kept(SEALER).open(node)).as("sealed for another row")
			.hasMessageContaining("was altered in the database");
	}

	private String key(String name) {
		try {
			return sshKey(name, "");
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void rotatesUnderTheSameNameAndRefusesTheLoserOfTwo() throws Exception {
		TestCertificate first = TestCertificate.make(this.dir, "portal", 10);
		TestCertificate second = TestCertificate.make(this.dir, "portal-new", 400);
		Credential made = this.credentials.create(tls("dc1", first));
		assertThat(made.shown()).isEqualTo("CN=portal");
		assertThat(made.warning(CLOCK.instant())).isEqualTo("ends in 9 days; rotate it before that");
		assertThat(made.warning(CLOCK.instant().plus(Duration.ofDays(11)))).startsWith("has ended");
		Node node = node("cmp-1", "tls", made.id());

		Credential after = this.credentials.rotate(made.id(), tls("", second), 0L);

		assertThat(after.version()).isEqualTo(1);
		assertThat(this.store.find(made.id())).contains(after);
		assertThat(after.warning(CLOCK.instant())).isNull();
		assertThat(kept(SEALER).open(node).orElseThrow().certificate()).isEqualTo(second.certificate().strip() + "\n");
		assertRefused(() -> this.credentials.rotate(made.id(), tls("", first), 0L), "stale-version", "rotated by");
		assertThat(this.events)
			.filteredOn((event) -> event instanceof AuditableEvent audit && audit.action().equals("credential.rotated"))
			.hasSize(1);
	}

	@Test
	void theOldOneStaysInUseUntilANodeLetsTheNewOneIn() throws Exception {
		TestCertificate first = TestCertificate.make(this.dir, "portal", 10);
		TestCertificate second = TestCertificate.make(this.dir, "portal-new", 400);
		Credential made = this.credentials.create(tls("dc1", first));
		Node node = node("cmp-1", "tls", made.id());
		node("cmp-2", "tls", made.id());
		List<String> tried = new ArrayList<>();
		NodeFailure.Kind[] answer = { NodeFailure.Kind.DENIED };

		assertRefused(() -> rotations(tried, answer).rotate(made.id(), tls("", second), null, false), "not-let-in",
				"The old one stays in use");
		answer[0] = NodeFailure.Kind.TIMED_OUT;
		assertRefused(() -> rotations(tried, answer).rotate(made.id(), tls("", second), null, false), "not-proved",
				"no node could be asked");
		assertThat(tried).containsExactly("cmp-1", "cmp-1", "cmp-2");
		assertThat(this.store.find(made.id())).contains(made);
		assertThat(kept(SEALER).open(node).orElseThrow().certificate()).isEqualTo(first.certificate().strip() + "\n");

		assertThat(rotations(tried, null).rotate(made.id(), tls("", second), 0L, false).proved()).isEqualTo(2);
		assertThat(kept(SEALER).open(node).orElseThrow().certificate()).isEqualTo(second.certificate().strip() + "\n");
		assertThat(rotations(tried, answer).rotate(made.id(), tls("", first), 1L, true).proved()).isZero();
	}

	/** Nodes answer like this, or let in whoever comes. */
	private Rotations rotations(List<String> tried, NodeFailure.Kind @Nullable [] answer) {
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("trial", (SignInTrial) (node, secret, deadline) -> {
			tried.add(node.name());
			if (answer != null) {
				throw new NodeFailure(answer[0], node.name() + " said no.");
			}
		});
		return new Rotations(this.credentials, this.nodes, beans.getBeanProvider(SignInTrial.class));
	}

	@Test
	void refusesAnUnknownCredentialAtTheNodeNamingTheFieldAndWhatThereIs() throws Exception {
		assertThat(node("cmp-0", "tls", "to-come").credential()).as("nothing was handed in yet").isEqualTo("to-come");
		TestCertificate certificate = TestCertificate.make(this.dir, "portal", 10);
		this.credentials.create(tls("dc1", certificate));

		assertRefused(() -> node("cmp-1", "tls", "dc-1"), "invalid",
				"credential, message=is neither a credential that is kept here nor a folder beside the portal's own keys;"
						+ " kept for tls is dc1");
		NamedCredentials names = new NamedCredentials(this.store, this.dir, this.dir);
		assertThat(names.fault("lab", Transport.SSH)).contains("none is kept for ssh");
		Files.createDirectory(this.dir.resolve("lab"));
		assertThat(names.fault("lab", Transport.SSH)).isNull();
		assertThat(names.fault("lab", Transport.TLS)).isNull();
	}

	@Test
	void refusesWhatIsNoKeyAndNeverQuotesIt() throws Exception {
		TestCertificate one = TestCertificate.make(this.dir, "one", 10);
		TestCertificate two = TestCertificate.make(this.dir, "two", 10);
		String secret = "-----BEGIN PRIVATE KEY-----\nMIISECRETSECRET\n-----END PRIVATE KEY-----\n";

		assertRefused(() -> this.credentials.create(ssh("x", null)), "invalid", "OpenSSH's form");
		assertRefused(() -> this.credentials.create(ssh("x", secret)), "invalid", "OpenSSH's form");
		String locked = sshKey("locked", "open sesame");
		assertRefused(() -> this.credentials.create(ssh("x", locked)), "invalid", "has a passphrase");
		String half = sshKey("half", "").replaceAll("(?s)(BEGIN.*?\\n.{50}).*(\\n-----END)", "$1$2");
		assertRefused(() -> this.credentials.create(ssh("x", half)), "invalid", "privateKey");
		assertRefused(
				() -> this.credentials
					.create(new CredentialDraft("x", "tls", one.certificate(), one.certificate(), two.privateKey())),
				"invalid", "is not the key of this certificate");
		assertRefused(() -> this.credentials.create(new CredentialDraft("x", "tls", "no", one.certificate(), secret)),
				"invalid", "caCertificate");
		assertRefused(() -> this.credentials.create(new CredentialDraft("", "tcp", null, null, null)), "invalid",
				"is not one of tls, ssh");
		assertThatThrownBy(() -> this.credentials
			.create(new CredentialDraft("x", "tls", one.certificate(), one.certificate(), secret)))
			.hasMessageNotContaining("SECRET");
		assertThat(new CredentialDraft("x", "tls", "a", "b", secret).toString()).doesNotContain("SECRET");
		assertThat(this.credentials.all()).isEmpty();
	}

	@Test
	void refusesToRemoveWhatANodeNames() throws Exception {
		Credential made = this.credentials.create(ssh("one", sshKey("a", "")));
		Node node = node("cmp-1", "ssh", "one");

		assertRefused(() -> this.credentials.create(ssh("ONE", key("b"))), "name-taken", "already called");
		assertRefused(() -> this.credentials.remove(made.id()), "credential-in-use", "is used by cmp-1");
		assertRefused(() -> node("cmp-2", "tls", "one"), "invalid", "is for ssh, and the transport is tls");
		this.register.remove(node.id(), node.version());
		this.credentials.remove(made.id());

		assertThat(this.credentials.all()).isEmpty();
		assertRefused(() -> this.credentials.get(made.id()), "not-found", made.id());
		assertThat(kept(SEALER).open(node)).isEmpty();
	}

	@Test
	void tellsOnceOfAnEndThatIsNear() throws Exception {
		this.credentials.create(tls("soon", TestCertificate.make(this.dir, "soon", 20)));
		this.credentials.create(tls("late", TestCertificate.make(this.dir, "late", 200)));
		this.credentials.create(ssh("never", sshKey("a", "")));
		this.events.clear();
		ExpiryWatch watch = new ExpiryWatch(this.store, this.events::add, CLOCK);

		watch.look();
		watch.look();

		assertThat(this.events).singleElement()
			.satisfies((event) -> assertThat(event.toString()).contains("credential.expires-soon", "soon ends in 19"));
	}

	@Test
	void holdsANodeToTheKeysThatAPersonCompared() throws Exception {
		sshKey("host", "");
		String line = Files.readString(this.dir.resolve("host.pub")).strip();
		Node node = node("cmp-1", "ssh", null);
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		HostKeyReader reader = (of, deadline) -> List.of();
		beans.addBean("reader", reader);
		HostKeys keys = new HostKeys(this.nodes, this.hostKeyStore, beans.getBeanProvider(HostKeyReader.class),
				() -> Optional.of(new Person("p1", "sven", "Sven", Set.of(Role.OPERATOR))), this.events::add, CLOCK);

		assertRefused(() -> keys.pin(node.id(), line, false), "invalid", "compared");
		assertRefused(() -> keys.pin(node.id(), "ssh-rsa " + line.split(" ", -1)[1], true), "invalid",
				"not a public key");
		assertRefused(() -> keys.pin(node.id(), " ", true), "invalid", "are missing");
		assertThat(keys.pinned(node.id())).isEmpty();
		keys.pin(node.id(), line, true);

		List<HostKey> pinned = kept(SEALER).hostKeys(node);
		assertThat(pinned).singleElement().satisfies((key) -> assertThat(line).startsWith(key.line()));
		assertThat(keys.pinned(node.id()).orElseThrow().pinnedBy()).isEqualTo("p1");
		keys.changed(new HostKeyChanged(node, pinned));
		assertThat(this.events).last()
			.satisfies((event) -> assertThat(event.toString()).contains("node.host-key-changed",
					pinned.get(0).fingerprint()));
		Node tls = node("cmp-2", "tls", null);
		assertRefused(() -> keys.ask(tls.id()), "not-ssh", "not reached by ssh");
	}

}
