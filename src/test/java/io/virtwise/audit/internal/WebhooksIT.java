package io.virtwise.audit.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.audit.internal.Webhooks.NewWebhook;
import io.virtwise.audit.internal.Webhooks.Wish;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Refused;
import io.virtwise.testing.Database;
import io.virtwise.testing.OnBothDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Telling others, from the transaction of what happened to the receiver, on both
 * databases and against receivers on loopback.
 */
@OnBothDatabases
class WebhooksIT {

	private static final Person TOMASZ = new Person("p1", "tomasz", "Tomasz Wilk", Set.of(Role.APPROVER));

	private static final AuditableEvent SUBMITTED = new AuditableEvent("change.submitted", "change", "c1", "Change 118",
			null, "waiting");

	private final Database database;

	private final List<AuditableEvent> audited = Collections.synchronizedList(new ArrayList<>());

	private final List<Received> received = Collections.synchronizedList(new ArrayList<>());

	private final WebhookTable table;

	private final WebhookOutbox outbox;

	private final ChainedAuditTrail trail;

	private Instant now = Instant.parse("2026-11-22T14:02:00Z");

	private int answer = 204;

	private @Nullable HttpServer receiver;

	WebhooksIT(Database database) {
		this.database = database;
		this.table = new WebhookTable(database.jdbc());
		this.outbox = new WebhookOutbox(this.table, () -> Optional.of(TOMASZ), database.transaction(), clock());
		this.trail = new ChainedAuditTrail(new AuditRepository(database.jdbc()), () -> Optional.of(TOMASZ),
				database.transaction(), clock());
	}

	@BeforeEach
	void listen() throws IOException {
		this.database.jdbc().sql("delete from webhook").update();
		this.database.jdbc().sql("delete from audit_forward").update();
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", this::receive);
		server.start();
		this.receiver = server;
	}

	@AfterEach
	void stop() {
		if (this.receiver != null) {
			this.receiver.stop(0);
		}
	}

	@Test
	void tellsWithASignatureThatTheReceiverCanCheck() {
		NewWebhook made = webhooks().create(new Wish("Chat", url(), null, null));
		this.outbox.note(SUBMITTED);
		this.outbox.note(new AuditableEvent("change.planned", "change", "c2", "Change 119", null, null));

		assertThat(sender().sendDue()).isEqualTo(1);

		assertThat(this.received).singleElement().satisfies((post) -> {
			assertThat(post.body()).contains("\"kind\":\"waiting-for-approval\"", "\"person\":\"tomasz\"",
					"\"id\":\"c1\"", "Change 118 waits for approval.");
			assertThat(post.event()).isEqualTo("waiting-for-approval");
			assertThat(post.signature()).isEqualTo(SignedPost.signature(made.secret(), post.body(), this.now));
			assertThat(post.signature()).startsWith("t=" + this.now.getEpochSecond() + ",v1=");
		});
		assertThat(this.table.all()).singleElement().satisfies((webhook) -> {
			assertThat(webhook.waiting()).isZero();
			assertThat(webhook.lastOutcome()).isEqualTo("answered 204");
		});
		assertThat(sender().sendDue()).as("told once").isZero();
	}

	@Test
	void tellsNothingOfWhatWasRolledBack() {
		webhooks().create(new Wish("Chat", url(), null, null));

		this.database.transaction().executeWithoutResult((status) -> {
			this.outbox.note(SUBMITTED);
			status.setRollbackOnly();
		});

		assertThat(sender().sendDue()).isZero();
	}

	@Test
	void tellsEachOnlyWhatItAskedFor() {
		webhooks().create(new Wish("Chat", url(), List.of("drift"), null));
		this.outbox.note(SUBMITTED);
		this.outbox.note(new AuditableEvent("change.failed", "change", "c1", "Change 118", null, null));
		this.outbox.note(new AuditableEvent("node.drifted", "node", "n1", "cmp-1", null, null));

		sender().sendDue();

		assertThat(this.received).extracting(Received::event).containsExactly("drift");
	}

	@Test
	void triesAgainWithGrowingPausesAndGivesUp() {
		this.answer = 500;
		webhooks().create(new Wish("Chat", url(), null, null));
		this.outbox.note(SUBMITTED);
		WebhookSender sender = sender();

		List<Long> pauses = new ArrayList<>();
		long waited = 0;
		while (pauses.size() < 4 && waited < 100_000) {
			if (sender.sendDue() == 1) {
				pauses.add(waited);
				waited = 0;
			}
			this.now = this.now.plusSeconds(10);
			waited += 10;
		}

		assertThat(pauses).as("seconds between tries").containsExactly(0L, 30L, 120L, 480L);
		assertThat(this.received).hasSize(4)
			.extracting(Received::delivery)
			.containsOnly(this.received.get(0).delivery());
		this.now = this.now.plus(Duration.ofDays(2));
		assertThat(sender.sendDue()).isZero();
		assertThat(this.audited).extracting(AuditableEvent::action).contains("webhook.given-up");
		assertThat(this.table.all().get(0).lastOutcome()).isEqualTo("answered 500");
	}

	@Test
	void isToldOnceByTwoPortals() throws Exception {
		webhooks().create(new Wish("Chat", url(), null, null));
		for (int i = 0; i < 40; i++) {
			this.outbox.note(SUBMITTED);
		}
		ExecutorService portals = Executors.newFixedThreadPool(2);
		try {
			List<Future<Integer>> both = List.of(portals.submit(() -> sender().sendDue()),
					portals.submit(() -> sender().sendDue()));
			assertThat(both.get(0).get() + both.get(1).get()).isEqualTo(40);
		}
		finally {
			portals.shutdownNow();
		}

		assertThat(this.received.stream().map(Received::delivery).distinct()).hasSize(40);
		assertThat(this.received).hasSize(40);
	}

	@Test
	void keepsTheSecretLockedAndShowsItOnce() {
		NewWebhook made = webhooks().create(new Wish("Chat", url(), null, "a secret of sixteen"));

		assertThat(made.secret()).isEqualTo("a secret of sixteen");
		assertThat(made.toString()).doesNotContain("sixteen");
		assertThat(webhooks().all().toString()).doesNotContain("sixteen");
		assertThat(this.audited.toString()).doesNotContain("sixteen");
		assertThat(this.database.jdbc().sql("select sealed_secret from webhook").query(String.class).single())
			.doesNotContain("sixteen");
	}

	@Test
	void speaksToNoAddressThatIsNobodysBusiness() {
		Webhooks closed = webhooks(List.of());
		for (String url : List.of("http://127.0.0.1:1/", "http://localhost/", "http://[::1]/",
				"http://169.254.169.254/x", "http://[::ffff:169.254.169.254]/", "http://[::ffff:127.0.0.1]/",
				"http://0.0.0.0/", "http://[fe80::1]/", "http://2130706433/", "http://100.100.100.200/",
				"http://224.0.0.1/", "ftp://example.com/", "file:///etc/passwd", "https://user:secret@example.com/",
				"https:///x", "not a url", "", "http://no-such-host.invalid/")) {
			assertThatThrownBy(() -> closed.create(new Wish("x", url, null, null))).as(url)
				.isInstanceOfSatisfying(Refused.class, (refused) -> assertThat(refused.faults()).singleElement()
					.satisfies((fault) -> assertThat(fault.field()).isEqualTo("url")));
		}
		assertThat(new Destination(List.of("10.1.0.0/16")).admits(Destination.parse("http://10.1.2.3/"))).isTrue();
		assertThat(new Destination(List.of("10.1.0.0/16")).admits(Destination.parse("http://10.2.2.3/"))).isFalse();
		assertThat(new Destination(List.of("169.254.0.0/16")).admits(Destination.parse("http://169.254.169.254/")))
			.as("never, allowed or not")
			.isFalse();
	}

	@Test
	void looksAtTheAddressAgainBeforeSending() {
		webhooks().create(new Wish("Chat", url(), null, null));
		this.outbox.note(SUBMITTED);

		sender(List.of()).sendDue();

		assertThat(this.received).isEmpty();
		assertThat(this.table.all().get(0).lastOutcome()).contains("not one that may be spoken to");
	}

	@Test
	void sendsToTheAddressThatWasCheckedAndAsksForTheNameOnce() throws Exception {
		webhooks().create(new Wish("Chat", url(), null, null));
		this.database.jdbc()
			.sql("update webhook set url = ?")
			.param(url().replace("127.0.0.1", "hooks.invalid"))
			.update();
		this.outbox.note(SUBMITTED);
		AtomicInteger asked = new AtomicInteger();
		Destination rebinding = new Destination(List.of("127.0.0.0/8"), (name) -> {
			assertThat(name).isEqualTo("hooks.invalid");
			return List.of(InetAddress.getByName((asked.getAndIncrement() == 0) ? "127.0.0.1" : "10.0.0.1"));
		});

		new WebhookSender(this.table, keys(), properties(List.of()), rebinding, this.database.transaction(),
				(event) -> this.audited.add((AuditableEvent) event), clock())
			.sendDue();

		assertThat(asked).hasValue(1);
		assertThat(this.received).hasSize(1);
		assertThat(this.table.all().get(0).lastOutcome()).contains("answered 204");
	}

	@Test
	void givesUpOnAReceiverThatNeverEndsItsFirstLine() throws Exception {
		try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			CompletableFuture<Void> dripping = CompletableFuture.runAsync(() -> {
				try (Socket socket = slow.accept()) {
					for (int i = 0; i < 1000; i++) {
						socket.getOutputStream().write('H');
						Thread.sleep(20);
					}
				}
				catch (IOException | InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			});

			assertThatThrownBy(() -> new PlainPost(Duration.ofMillis(300)).send(
					URI.create("http://127.0.0.1:" + slow.getLocalPort() + "/"),
					List.of(InetAddress.getLoopbackAddress()), Map.of(), new byte[0]))
				.isInstanceOf(IOException.class);

			assertThatThrownBy(dripping::join).as("the connection was closed")
				.hasRootCauseInstanceOf(IOException.class);
		}
	}

	@Test
	void handsTheLogOnToSyslogOverUdp() throws IOException {
		try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			server.setSoTimeout(10_000);
			AuditForward forward = forward("udp://127.0.0.1:" + server.getLocalPort(), "");
			forward.forward();
			drain(server);
			this.trail.write(new AuditableEvent("user.edited", "user", "u1", "a \"name\"]\nwith\u001b[31m tricks", null,
					"roles: x"));

			assertThat(forward.forward()).isEqualTo(1);

			String message = receive(server);
			assertThat(message).matches("<109>1 2026-11-22T14:02:00Z \\S+ virtwise - user\\.edited "
					+ "\\[virtwise@32473 seq=\"\\d+\" hash=\"[0-9a-f]{64}\" person=\"tomasz\" type=\"user\" id=\"u1\"] "
					+ "tomasz user\\.edited a \"name\"] with\\?\\[31m tricks: roles: x");
			assertThat(forward.forward()).as("nothing twice").isZero();
		}
	}

	@Test
	void handsTheLogOnToSyslogOverTcpInOrderAndWithoutAGap() throws Exception {
		int port;
		try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			port = server.getLocalPort();
			AuditForward forward = forward("tcp://127.0.0.1:" + port, "");
			CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> readAll(server));
			write(3);
			int sent = forward.forward();
			assertThat(sent).isGreaterThanOrEqualTo(3);
			assertThat(first.get(10, TimeUnit.SECONDS)).matches("(?s)(\\d+ <109>1 .*){3,}")
				.startsWith("" + lengthOf(first.get()));
		}
		write(2);
		AuditForward later = forward("tcp://127.0.0.1:" + port, "");
		assertThat(later.forward()).as("while the server is away").isZero();
		try (ServerSocket server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
			CompletableFuture<String> rest = CompletableFuture.supplyAsync(() -> readAll(server));
			assertThat(later.forward()).isEqualTo(2);
			assertThat(rest.get(10, TimeUnit.SECONDS)).contains("node.edited");
		}
	}

	@Test
	void handsTheLogOnToAnAddressOfTheWeb() {
		write(2);
		this.answer = 503;
		AuditForward forward = forward("", url() + "audit");
		assertThat(forward.forward()).isZero();
		this.answer = 200;

		int sent = forward.forward();

		assertThat(sent).isGreaterThanOrEqualTo(2);
		Received last = this.received.get(this.received.size() - 1);
		assertThat(last.body().lines()).hasSize(sent);
		assertThat(last.signature()).isEqualTo(SignedPost.signature("shared with the receiver", last.body(), this.now));
		assertThat(forward.forward()).isZero();
	}

	private void write(int count) {
		for (int i = 0; i < count; i++) {
			this.trail.write(new AuditableEvent("node.edited", "node", "n" + i, "node " + i, null, null));
		}
	}

	private AuditForward forward(String syslog, String url) {
		return new AuditForward(new AuditRepository(this.database.jdbc()), this.database.jdbc(),
				this.database.transaction(), clock(), syslog, url, "shared with the receiver");
	}

	private Webhooks webhooks() {
		return webhooks(List.of("127.0.0.0/8"));
	}

	private Webhooks webhooks(List<String> networks) {
		return new Webhooks(this.table, this.outbox, keys(), properties(networks),
				(event) -> this.audited.add((AuditableEvent) event), clock());
	}

	private WebhookSender sender() {
		return sender(List.of("127.0.0.0/8"));
	}

	private WebhookSender sender(List<String> networks) {
		return new WebhookSender(this.table, keys(), properties(networks), this.database.transaction(),
				(event) -> this.audited.add((AuditableEvent) event), clock());
	}

	private static WebhookKeys keys() {
		return new WebhookKeys(properties(List.of()), Path.of("target"),
				"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
	}

	private static WebhookProperties properties(List<String> networks) {
		return new WebhookProperties(networks, Duration.ofSeconds(5), Duration.ofSeconds(30), 4, null);
	}

	private String url() {
		return "http://127.0.0.1:" + Objects.requireNonNull(this.receiver).getAddress().getPort() + "/";
	}

	private void receive(HttpExchange exchange) throws IOException {
		try (InputStream in = exchange.getRequestBody()) {
			this.received.add(new Received(new String(in.readAllBytes(), StandardCharsets.UTF_8),
					header(exchange, "Virtwise-Event"), header(exchange, "Virtwise-Delivery"),
					header(exchange, "Virtwise-Signature")));
		}
		exchange.sendResponseHeaders(this.answer, -1);
		exchange.close();
	}

	private static String header(HttpExchange exchange, String name) {
		return String.valueOf(exchange.getRequestHeaders().getFirst(name));
	}

	private static void drain(DatagramSocket server) throws IOException {
		server.setSoTimeout(300);
		try {
			while (true) {
				receive(server);
			}
		}
		catch (SocketTimeoutException ex) {
			server.setSoTimeout(10_000);
		}
	}

	private static String receive(DatagramSocket server) throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[9000], 9000);
		server.receive(packet);
		return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
	}

	private static String readAll(ServerSocket server) {
		try (Socket socket = server.accept(); ByteArrayOutputStream out = new ByteArrayOutputStream()) {
			socket.getInputStream().transferTo(out);
			return out.toString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return "";
		}
	}

	/** What the first message's length has to be for the next to begin where it ends. */
	private static int lengthOf(String messages) {
		int length = Integer.parseInt(messages.substring(0, messages.indexOf(' ')));
		String rest = messages.substring(messages.indexOf(' ') + 1 + length);
		assertThat(rest).as("after the first message").matches("(?s)\\d+ <.*");
		return length;
	}

	private Clock clock() {
		return new Clock() {
			@Override
			public Instant instant() {
				return WebhooksIT.this.now;
			}

			@Override
			public ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}
		};
	}

	/**
	 * What came in.
	 */
	private record Received(String body, String event, String delivery, String signature) {
	}

}
