package io.virtwise.audit.internal;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What administrators do with webhooks.
 */
@Service
@PreAuthorize("hasAuthority('webhook:write')")
public class Webhooks {

	private static final int LONGEST_NAME = 64;

	private static final int LONGEST_URL = 512;

	private static final int SHORTEST_SECRET = 16;

	private static final int LONGEST_SECRET = 128;

	private static final int MOST = 20;

	private final WebhookTable table;

	private final WebhookOutbox outbox;

	private final WebhookKeys keys;

	private final Destination destination;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Webhooks(WebhookTable table, WebhookOutbox outbox, WebhookKeys keys, WebhookProperties properties,
			ApplicationEventPublisher events, Clock clock) {
		this.table = table;
		this.outbox = outbox;
		this.keys = keys;
		this.destination = new Destination(properties.networks());
		this.events = events;
		this.clock = clock;
	}

	/** All of them, by name. */
	public List<Webhook> all() {
		return this.table.all();
	}

	/**
	 * One webhook.
	 * @throws Refused if there is none
	 */
	public Webhook get(String id) {
		return this.table.find(id).orElseThrow(() -> Refused.notFound("webhook", id));
	}

	/**
	 * Sets one up.
	 * @throws Refused naming every field that cannot be taken
	 */
	@Transactional
	public NewWebhook create(Wish wish) {
		List<FieldFault> faults = new ArrayList<>();
		String name = Objects.requireNonNullElse(wish.name(), "").strip();
		if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
			faults
				.add(new FieldFault("name", "must be 1 to " + LONGEST_NAME + " characters without control characters"));
		}
		String url = url(wish.url(), faults);
		Set<WebhookKind> kinds = kinds(wish.kinds(), faults);
		String secret = secret(wish.secret(), faults);
		if (!faults.isEmpty()) {
			throw Refused.invalid(faults);
		}
		if (this.table.all().size() >= MOST) {
			throw Refused.conflict("too-many-webhooks", "There are " + MOST + " webhooks already; remove one first.");
		}
		Webhook webhook = new Webhook(Ids.next(), name, url, kinds, this.clock.instant().truncatedTo(ChronoUnit.MICROS),
				0, null, null);
		this.table.insert(webhook, this.keys.box().lock(secret));
		publish("webhook.created", webhook, null, describe(webhook));
		return new NewWebhook(webhook, secret);
	}

	/**
	 * Takes one away, with what it had still to tell.
	 * @throws Refused if there is none
	 */
	@Transactional
	public Webhook remove(String id) {
		Webhook webhook = get(id);
		if (!this.table.delete(id)) {
			throw Refused.notFound("webhook", id);
		}
		publish("webhook.removed", webhook, describe(webhook), null);
		return webhook;
	}

	/**
	 * Tells a webhook that it is being tried.
	 * @throws Refused if there is none
	 */
	@Transactional
	public Webhook test(String id) {
		Webhook webhook = get(id);
		this.outbox.enqueue(id, WebhookKind.TEST,
				new AuditableEvent("webhook.tested", "webhook", id, webhook.name(), null, null));
		publish("webhook.tested", webhook, null, null);
		return get(id);
	}

	private void publish(String action, Webhook webhook, @Nullable String before, @Nullable String after) {
		this.events.publishEvent(new AuditableEvent(action, "webhook", webhook.id(), webhook.name(), before, after));
	}

	/** Without the address's query, which may hold a key. */
	private static String describe(Webhook webhook) {
		return webhook.url().replaceAll("\\?.*", "?…") + " of "
				+ webhook.kinds().stream().sorted().map(WebhookKind::key).collect(Collectors.joining(", "));
	}

	private String url(@Nullable String given, List<FieldFault> faults) {
		String text = Objects.requireNonNullElse(given, "").strip();
		try {
			URI uri = Destination.parse(text);
			if (text.length() > LONGEST_URL) {
				faults.add(new FieldFault("url", "is longer than " + LONGEST_URL + " characters"));
			}
			else if (!this.destination.admits(uri)) {
				faults.add(new FieldFault("url", "is not at an address that the portal may speak to; "
						+ "an administrator of the machine can allow networks in virtwise.webhooks.networks"));
			}
		}
		catch (Refused ex) {
			faults.addAll(ex.faults());
		}
		return text;
	}

	private static Set<WebhookKind> kinds(@Nullable List<@Nullable String> given, List<FieldFault> faults) {
		Set<WebhookKind> tellable = EnumSet.complementOf(EnumSet.of(WebhookKind.TEST));
		if (given == null) {
			return tellable;
		}
		List<Optional<WebhookKind>> kinds = given.stream()
			.map((key) -> WebhookKind.ofKey(Objects.requireNonNullElse(key, "")).filter(tellable::contains))
			.toList();
		if (kinds.isEmpty() || kinds.stream().anyMatch(Optional::isEmpty)) {
			faults.add(new FieldFault("kinds",
					"must be some of " + tellable.stream().map(WebhookKind::key).collect(Collectors.joining(", "))));
		}
		return kinds.stream().flatMap(Optional::stream).collect(Collectors.toSet());
	}

	private static String secret(@Nullable String given, List<FieldFault> faults) {
		if (given == null || given.isEmpty()) {
			byte[] random = new byte[24];
			new SecureRandom().nextBytes(random);
			return HexFormat.of().formatHex(random);
		}
		if (given.length() < SHORTEST_SECRET || given.length() > LONGEST_SECRET) {
			faults.add(new FieldFault("secret", "must be " + SHORTEST_SECRET + " to " + LONGEST_SECRET
					+ " characters; leave it empty and one is made up"));
		}
		return given;
	}

	/** Every kind that can be asked for. */
	public static List<WebhookKind> kinds() {
		return Arrays.stream(WebhookKind.values()).filter((kind) -> kind != WebhookKind.TEST).toList();
	}

	/**
	 * What a webhook is made from.
	 *
	 * @param name what people call it
	 * @param url where to
	 * @param kinds of what, by key; {@code null} for everything
	 * @param secret what it is signed with; {@code null} or empty for one made up
	 */
	public record Wish(@Nullable String name, @Nullable String url, @Nullable List<@Nullable String> kinds,
			@Nullable String secret) {

		@Override
		public String toString() {
			return "Wish[" + this.name + ", " + this.url + "]";
		}

	}

	/**
	 * A webhook just made.
	 *
	 * @param webhook what is kept of it
	 * @param secret shown this once
	 */
	public record NewWebhook(Webhook webhook, String secret) {

		@Override
		public String toString() {
			return "NewWebhook[" + this.webhook + "]";
		}

	}

}
