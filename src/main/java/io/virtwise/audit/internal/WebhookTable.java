package io.virtwise.audit.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps webhooks and what they are to tell.
 */
@Repository
class WebhookTable {

	private static final String SELECT = "select w.id, w.name, w.url, w.kinds, w.created_at, "
			+ "(select count(*) from webhook_delivery d where d.webhook_id = w.id and d.state = 'waiting') as waiting, "
			+ "(select d.last_outcome from webhook_delivery d where d.webhook_id = w.id and d.attempts > 0 "
			+ "order by d.next_at desc, d.id limit 1) as last_outcome, "
			+ "(select max(d.finished_at) from webhook_delivery d where d.webhook_id = w.id) as last_at from webhook w";

	private final JdbcClient jdbc;

	WebhookTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(Webhook webhook, String sealedSecret) {
		this.jdbc.sql("insert into webhook (id, name, url, kinds, sealed_secret, created_at) values (?, ?, ?, ?, ?, ?)")
			.params(webhook.id(), webhook.name(), webhook.url(),
					webhook.kinds().stream().sorted().map(WebhookKind::key).collect(Collectors.joining(",")),
					sealedSecret, at(webhook.createdAt()))
			.update();
	}

	List<Webhook> all() {
		return this.jdbc.sql(SELECT + " order by w.name, w.id").query(WebhookTable::map).list();
	}

	Optional<Webhook> find(String id) {
		return this.jdbc.sql(SELECT + " where w.id = ?").param(id).query(WebhookTable::map).optional();
	}

	boolean delete(String id) {
		return this.jdbc.sql("delete from webhook where id = ?").param(id).update() == 1;
	}

	/** Ids of those who want to know of this. */
	List<String> subscribers(WebhookKind kind) {
		return this.jdbc.sql("select id from webhook where ',' || kinds || ',' like ?")
			.param("%," + kind.key() + ",%")
			.query(String.class)
			.list();
	}

	void enqueue(String webhookId, String deliveryId, WebhookKind kind, String body, Instant now) {
		this.jdbc
			.sql("insert into webhook_delivery (id, webhook_id, kind, body, created_at, state, attempts, next_at) "
					+ "values (?, ?, ?, ?, ?, 'waiting', 0, ?)")
			.params(deliveryId, webhookId, kind.key(), body, at(now), at(now))
			.update();
	}

	/**
	 * Takes what is due, so that nobody else does for a while. Part of a transaction.
	 */
	Optional<Delivery> claim(Instant now, Duration lease) {
		Optional<Delivery> due = this.jdbc
			.sql("select d.id, d.webhook_id, d.kind, d.body, d.attempts, w.url, w.sealed_secret from webhook_delivery d "
					+ "join webhook w on w.id = d.webhook_id where d.id = (select id from webhook_delivery "
					+ "where state = 'waiting' and next_at <= ? order by next_at, id limit 1 for update skip locked)")
			.param(at(now))
			.query((row, number) -> new Delivery(row.getString("id"), row.getString("kind"), row.getString("body"),
					row.getInt("attempts") + 1, row.getString("url"), row.getString("sealed_secret")))
			.optional();
		due.ifPresent((delivery) -> this.jdbc.sql("update webhook_delivery set attempts = ?, next_at = ? where id = ?")
			.params(delivery.attempt(), at(now.plus(lease)), delivery.id())
			.update());
		return due;
	}

	void finish(String deliveryId, String state, String outcome, Instant now) {
		this.jdbc
			.sql("update webhook_delivery set state = ?, last_outcome = ?, finished_at = ?, next_at = ? where id = ?")
			.params(state, outcome, at(now), at(now), deliveryId)
			.update();
	}

	void again(String deliveryId, String outcome, Instant next) {
		this.jdbc.sql("update webhook_delivery set last_outcome = ?, next_at = ? where id = ?")
			.params(outcome, at(next), deliveryId)
			.update();
	}

	/** Forgets what was told long ago. */
	int forget(Instant before) {
		return this.jdbc.sql("delete from webhook_delivery where state <> 'waiting' and finished_at < ?")
			.param(at(before))
			.update();
	}

	private static Webhook map(ResultSet row, int number) throws SQLException {
		OffsetDateTime last = row.getObject("last_at", OffsetDateTime.class);
		return new Webhook(row.getString("id"), row.getString("name"), row.getString("url"),
				Arrays.stream(row.getString("kinds").split(",", -1))
					.map(WebhookKind::ofKey)
					.flatMap(Optional::stream)
					.collect(Collectors.toSet()),
				row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("waiting"),
				row.getString("last_outcome"), instant(last));
	}

	private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
		return (at != null) ? at.toInstant() : null;
	}

	private static OffsetDateTime at(Instant instant) {
		return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
	}

	/**
	 * One thing to tell.
	 *
	 * @param id its id, the same with every try
	 * @param kind what it is about
	 * @param body what is sent
	 * @param attempt the how manieth try this is
	 * @param url where to
	 * @param sealedSecret what it is signed with, locked
	 */
	record Delivery(String id, String kind, String body, int attempt, String url, String sealedSecret) {
	}

}
