package io.virtwise.rollout.web;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.virtwise.change.Changes;
import io.virtwise.rollout.internal.ChangeFeed;
import io.virtwise.rollout.internal.ChangeFeed.JournalLine;
import io.virtwise.rollout.internal.RolloutProperties;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Lets programs and pages follow a change: each step of the journal as it is begun and
 * ended, then where the change stands. A line now and then keeps the connection open. How
 * many may follow at once is bounded. Whoever comes back is told what is new since.
 */
@RestController
class ChangeEvents {

	private static final Logger log = LoggerFactory.getLogger(ChangeEvents.class);

	/** After this the client connects anew, and its rights are looked at again. */
	private static final Duration LONGEST = Duration.ofMinutes(15);

	private static final long HEARTBEAT_NANOS = Duration.ofSeconds(15).toNanos();

	private static final int SENDERS = 4;

	/** So many steps may become visible after one with a higher number. */
	private static final long LATE = 500;

	private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();

	private final ThreadPoolExecutor senders;

	private final Changes changes;

	private final ChangeFeed feed;

	private final int most;

	ChangeEvents(Changes changes, ChangeFeed feed, RolloutProperties properties) {
		this.changes = changes;
		this.feed = feed;
		this.most = properties.subscribers();
		this.senders = new ThreadPoolExecutor(SENDERS, SENDERS, 30, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(Math.max(1, this.most)), new CustomizableThreadFactory("events-"));
		this.senders.allowCoreThreadTimeOut(true);
	}

	@GetMapping(path = "/api/v1/changes/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	ResponseEntity<SseEmitter> follow(@PathVariable String id, HttpMethod method,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
		String changeId = this.changes.get(id).id();
		if (method.equals(HttpMethod.HEAD)) {
			return stream().build(); // a stream that nobody reads would only hold a place
		}
		if (this.subscribers.size() >= this.most) {
			throw Refused.unavailable("too-many-followers", "Already " + this.most
					+ " pages and programs follow changes. Reload the page to see how far this one is, or try again later.");
		}
		Subscriber subscriber = new Subscriber(changeId, this.feed.nodes(changeId), new SseEmitter(LONGEST.toMillis()),
				EventId.settledBy(last));
		subscriber.emitter.onCompletion(() -> this.subscribers.remove(subscriber));
		subscriber.emitter.onTimeout(subscriber.emitter::complete);
		subscriber.emitter.onError((ex) -> this.subscribers.remove(subscriber));
		this.subscribers.add(subscriber);
		return stream().body(subscriber.emitter);
	}

	/** A proxy that collects what it passes on would keep the steps to itself. */
	private static ResponseEntity.BodyBuilder stream() {
		return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).header("X-Accel-Buffering", "no");
	}

	/** Looks whether anything moved that somebody follows. */
	@Scheduled(fixedDelayString = "${virtwise.rollout.events-every:400ms}")
	void look() {
		Map<String, String> marks = new HashMap<>();
		for (Subscriber subscriber : this.subscribers) {
			String mark = marks.computeIfAbsent(subscriber.changeId, this.feed::mark);
			if (subscriber.isDue(mark) && subscriber.busy.compareAndSet(false, true)) {
				send(subscriber, mark);
			}
		}
	}

	private void send(Subscriber subscriber, String mark) {
		try {
			this.senders.execute(() -> {
				try {
					subscriber.tell(this.feed, mark);
				}
				catch (IOException | IllegalStateException ex) {
					log.debug("A follower of change {} went away", subscriber.changeId, ex);
					this.subscribers.remove(subscriber);
				}
				catch (RuntimeException ex) {
					log.warn("Following change {} broke off", subscriber.changeId, ex);
					this.subscribers.remove(subscriber);
					subscriber.emitter.completeWithError(ex);
				}
				finally {
					subscriber.busy.set(false);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			subscriber.busy.set(false); // told with the next look
		}
	}

	/** Before the server waits for requests to end: a stream does not end by itself. */
	@EventListener(ContextClosedEvent.class)
	void stop() {
		for (Subscriber subscriber : this.subscribers) {
			try {
				subscriber.emitter.complete();
			}
			catch (IllegalStateException ex) {
				log.debug("A follower of change {} was gone already", subscriber.changeId, ex);
			}
		}
		this.senders.shutdownNow();
	}

	/**
	 * Somebody who follows a change, with what was told already.
	 */
	private static final class Subscriber {

		private final String changeId;

		private final SseEmitter emitter;

		private final AtomicBoolean busy = new AtomicBoolean();

		private final Map<String, String> nodes;

		private final Map<Long, String> told = new HashMap<>();

		/** Up to this one every step has ended, and was told. */
		private long settled;

		private volatile String mark = "";

		private volatile long lastNanos = System.nanoTime();

		Subscriber(String changeId, Map<String, String> nodes, SseEmitter emitter, long settled) {
			this.changeId = changeId;
			this.nodes = nodes;
			this.emitter = emitter;
			this.settled = settled;
		}

		boolean isDue(String present) {
			return !present.equals(this.mark) || System.nanoTime() - this.lastNanos > HEARTBEAT_NANOS;
		}

		void tell(ChangeFeed feed, String present) throws IOException {
			this.lastNanos = System.nanoTime();
			if (present.equals(this.mark)) {
				this.emitter.send(SseEmitter.event().comment("still here"));
				return;
			}
			long running = Long.MAX_VALUE;
			long last = this.settled;
			for (JournalLine line : feed.journal(this.changeId, this.settled)) {
				running = line.outcome().equals("running") ? Math.min(running, line.id()) : running;
				last = Math.max(last, line.id());
				if (!line.outcome().equals(this.told.put(line.id(), line.outcome()))) {
					this.emitter.send(SseEmitter.event()
						.id(EventId.of(line.id(), running))
						.name("journal")
						.data(line, MediaType.APPLICATION_JSON));
				}
			}
			forget(Math.min(last, running - 1) - LATE);
			ChangeFeed.State state = feed.state(this.changeId, this.nodes);
			SseEmitter.SseEventBuilder event = SseEmitter.event();
			if (last > 0) {
				event.id(EventId.of(last, running)); // all up to here is told
			}
			this.emitter.send(event.name("state").data(state, MediaType.APPLICATION_JSON));
			this.mark = present;
		}

		/** Steps get their number before they are seen, so a few are looked at again. */
		private void forget(long upTo) {
			if (upTo > this.settled) {
				this.settled = upTo;
				this.told.keySet().removeIf((id) -> id <= upTo);
			}
		}

	}

}
