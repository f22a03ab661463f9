package io.virtwise.rollout.web;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.virtwise.change.ChangeRequest;
import io.virtwise.change.Changes;
import io.virtwise.rollout.internal.ChangeFeed;
import io.virtwise.rollout.internal.RolloutProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ChangeEvents}.
 */
class ChangeEventsTests {

	@Test
	void endsStreamsBeforeTheServerWaitsForThem() {
		ChangeRequest change = mock();
		Changes changes = mock();
		ChangeFeed feed = mock();
		given(change.id()).willReturn("c1");
		given(changes.get("1")).willReturn(change);
		given(feed.nodes("c1")).willReturn(Map.of());
		RolloutProperties properties = new RolloutProperties(Duration.ofSeconds(60), Duration.ofMinutes(3), 3,
				Duration.ofSeconds(2), Duration.ofSeconds(30), 3, Duration.ofSeconds(10), 2);
		Server server = new Server();
		try (AnnotationConfigApplicationContext portal = new AnnotationConfigApplicationContext()) {
			portal.registerBean(ChangeEvents.class, () -> new ChangeEvents(changes, feed, properties));
			portal.registerBean(Server.class, () -> server);
			portal.refresh();
			server.stream = portal.getBean(ChangeEvents.class).follow("1", HttpMethod.GET, null).getBody();
		}

		assertThat(server.waitedForNothing).isTrue();
	}

	/**
	 * Stands for the web server, which waits for open requests when it is stopped.
	 */
	private static final class Server implements SmartLifecycle {

		private final AtomicBoolean waitedForNothing = new AtomicBoolean();

		private @Nullable SseEmitter stream;

		private boolean running;

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			assertThatIllegalStateException().isThrownBy(() -> Objects.requireNonNull(this.stream).send("x"))
				.withMessageContaining("completed");
			this.waitedForNothing.set(true);
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

}
