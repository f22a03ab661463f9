package io.virtwise.rollout.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import io.virtwise.change.NodeStatus;
import io.virtwise.rollout.PutInForce;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What was put on nodes and proved, from the table of pushes.
 */
@Repository
class ProvedPushes implements PutInForce {

	private final JdbcClient jdbc;

	private final PushTable pushes;

	ProvedPushes(JdbcClient jdbc, PushTable pushes) {
		this.jdbc = jdbc;
		this.pushes = pushes;
	}

	@Override
	public List<Placed> on(String nodeId) {
		return this.jdbc
			.sql("select change_id, kind, status, status_at, proved_at, summary, file_mode, file_owner, file_group,"
					+ " backup_name from push where node_id = :node and proved_at is not null order by proved_at, round")
			.param("node", nodeId)
			.query((row, number) -> new Placed(row.getString("change_id"), row.getString("kind").equals("back"),
					NodeStatus.ofKey(row.getString("status")),
					row.getObject("proved_at", OffsetDateTime.class).toInstant(),
					row.getObject("status_at", OffsetDateTime.class).toInstant(), row.getString("summary"), access(row),
					row.getString("backup_name")))
			.list();
	}

	private static @Nullable String access(ResultSet row) throws SQLException {
		String mode = row.getString("file_mode");
		return (mode != null)
				? "owner " + row.getString("file_owner") + ", group " + row.getString("file_group") + ", mode " + mode
				: null;
	}

	@Override
	public List<String> nodes() {
		return this.jdbc.sql("select distinct node_id from push where proved_at is not null order by node_id")
			.query(String.class)
			.list();
	}

	@Override
	public Optional<String> busyWith(String nodeId) {
		return this.pushes.busyWith(nodeId);
	}

}
