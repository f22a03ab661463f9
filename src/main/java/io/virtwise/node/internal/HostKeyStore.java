package io.virtwise.node.internal;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;

import io.virtwise.node.HostKey;
import io.virtwise.node.SshKeys;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps the host keys that people compared in the database.
 */
@Repository
class HostKeyStore {

	private final JdbcClient jdbc;

	HostKeyStore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<PinnedKeys> find(String nodeId) {
		return this.jdbc.sql("select key_lines, pinned_by, pinned_at from node_host_key where node_id = :id")
			.param("id", nodeId)
			.query((row, number) -> new PinnedKeys(SshKeys.hostKeys(row.getString("key_lines"), new ArrayList<>()),
					row.getString("pinned_by"), row.getObject("pinned_at", OffsetDateTime.class).toInstant()))
			.optional();
	}

	/** Puts these in place of those that were there. */
	void put(String nodeId, PinnedKeys keys) {
		this.jdbc.sql("delete from node_host_key where node_id = :id").param("id", nodeId).update();
		this.jdbc
			.sql("insert into node_host_key (node_id, key_lines, pinned_by, pinned_at) values (:id, :lines, :by, :at)")
			.param("id", nodeId)
			.param("lines", keys.keys().stream().map(HostKey::line).collect(Collectors.joining("\n")))
			.param("by", keys.pinnedBy())
			.param("at", keys.pinnedAt().atOffset(ZoneOffset.UTC))
			.update();
	}

}
