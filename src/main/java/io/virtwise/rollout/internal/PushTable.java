package io.virtwise.rollout.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.virtwise.change.NodeStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The tables of rollouts and pushes.
 */
@Repository
class PushTable {

	private final JdbcClient jdbc;

	PushTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Begins another round of this change and gives its number. */
	int nextRound(String changeId) {
		int updated = this.jdbc.sql("update rollout set round = round + 1 where change_id = :id")
			.param("id", changeId)
			.update();
		if (updated == 0) {
			this.jdbc.sql("insert into rollout (change_id, round) values (:id, 1)").param("id", changeId).update();
		}
		return this.jdbc.sql("select round from rollout where change_id = :id")
			.param("id", changeId)
			.query(Integer.class)
			.single();
	}

	/** Locks the change's rollout until the transaction ends. */
	boolean lock(String changeId) {
		return this.jdbc.sql("select round from rollout where change_id = :id for update")
			.param("id", changeId)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/** Reserves the node; a duplicate key says that another push has it. */
	void insert(Push push) {
		this.jdbc
			.sql("insert into push (id, change_id, round, position, kind, node_id, status, status_at, phase, holds, stuck,"
					+ " attempts, busy_node) values (:id, :change, :round, :position, :kind, :node, :status, :statusAt,"
					+ " :phase, :holds, false, 0, :node)")
			.param("id", push.id())
			.param("change", push.changeId())
			.param("round", push.round())
			.param("position", push.position())
			.param("kind", push.kind().key())
			.param("node", push.nodeId())
			.param("status", push.status().key())
			.param("statusAt", utc(push.statusAt()))
			.param("phase", push.phase().key())
			.param("holds", push.holds().key())
			.update();
	}

	/** The id of the change that has reserved this node now. */
	Optional<String> busyWith(String nodeId) {
		return this.jdbc.sql("select change_id from push where busy_node = :node")
			.param("node", nodeId)
			.query(String.class)
			.optional();
	}

	Optional<Push> find(String id) {
		return this.jdbc.sql("select * from push where id = :id").param("id", id).query(this::map).optional();
	}

	/** The pushes of the change's latest round, in their order. */
	List<Push> latestRound(String changeId) {
		return this.jdbc
			.sql("select p.* from push p join rollout r on r.change_id = p.change_id and r.round = p.round"
					+ " where p.change_id = :id order by p.position")
			.param("id", changeId)
			.query(this::map)
			.list();
	}

	/** All pushes of the change, in the order of time. */
	List<Push> all(String changeId) {
		return this.jdbc.sql("select * from push where change_id = :id order by round, position")
			.param("id", changeId)
			.query(this::map)
			.list();
	}

	/** Begins a push: nobody else can after that. */
	boolean begin(String id, String runner, Instant now, Instant lease) {
		return this.jdbc
			.sql("update push set status = 'writing', status_at = :now, phase = 'preparing', attempts = 1,"
					+ " runner = :runner, lease_until = :lease where id = :id and status = 'pending'")
			.param("now", utc(now))
			.param("runner", runner)
			.param("lease", utc(lease))
			.param("id", id)
			.update() == 1;
	}

	/** Takes over a push whose runner has not been heard of in time. */
	boolean takeOver(String id, String runner, Instant now, Instant lease) {
		return this.jdbc
			.sql("update push set runner = :runner, lease_until = :lease, attempts = attempts + 1, stuck = false"
					+ " where id = :id and status in ('writing', 'written') and lease_until <= :now")
			.param("runner", runner)
			.param("lease", utc(lease))
			.param("now", utc(now))
			.param("id", id)
			.update() == 1;
	}

	/** Pushes that nobody works on although they are not over. */
	List<String> orphans(Instant now) {
		return this.jdbc.sql(
				"select id from push where status in ('writing', 'written') and lease_until <= :now order by lease_until"
						+ " limit 200")
			.param("now", utc(now))
			.query(String.class)
			.list();
	}

	/** Says that the runner is alive, and whether it still is the runner. */
	boolean renew(String id, String runner, Instant lease) {
		return this.jdbc.sql("update push set lease_until = :lease where id = :id and runner = :runner")
			.param("lease", utc(lease))
			.param("id", id)
			.param("runner", runner)
			.update() == 1;
	}

	/** Ends every lease: for a database that only this portal can have open. */
	int endAllLeases(Instant now) {
		return this.jdbc
			.sql("update push set lease_until = :now where status in ('writing', 'written') and lease_until > :now")
			.param("now", utc(now))
			.update();
	}

	void endLease(String id, Instant at) {
		this.jdbc.sql("update push set lease_until = :at where id = :id").param("at", utc(at)).param("id", id).update();
	}

	void phase(String id, Push.Phase phase) {
		this.jdbc.sql("update push set phase = :phase where id = :id")
			.param("phase", phase.key())
			.param("id", id)
			.update();
	}

	void sawFile(String id, @Nullable String mode, @Nullable String owner, @Nullable String group) {
		this.jdbc.sql("update push set file_mode = :mode, file_owner = :owner, file_group = :group where id = :id")
			.param("mode", mode)
			.param("owner", owner)
			.param("group", group)
			.param("id", id)
			.update();
	}

	void backedUp(String id, String name) {
		this.jdbc.sql("update push set backup_name = :name where id = :id")
			.param("name", name)
			.param("id", id)
			.update();
	}

	void status(String id, NodeStatus status, Instant now) {
		this.jdbc.sql("update push set status = :status, status_at = :now where id = :id")
			.param("status", status.key())
			.param("now", utc(now))
			.param("id", id)
			.update();
	}

	/** Ends the push and lets go of the node. */
	void end(String id, NodeStatus status, Push.Holds holds, String summary, Instant now) {
		this.jdbc.sql(
				"update push set status = :status, status_at = :now, phase = 'over', holds = :holds, summary = :summary,"
						+ " proved_at = case when :proved then coalesce(proved_at, :now) else proved_at end,"
						+ " stuck = false, busy_node = null, runner = null, lease_until = null where id = :id")
			.param("status", status.key())
			.param("now", utc(now))
			.param("holds", holds.key())
			.param("summary", cut(summary))
			.param("proved", isWhatItIsFor(id, status))
			.param("id", id)
			.update();
	}

	/**
	 * Whether the push left what it was made for; one that was undone did not, although
	 * it ends as rolled back too.
	 */
	private boolean isWhatItIsFor(String id, NodeStatus status) {
		return status == NodeStatus.RESTART_PENDING || status == NodeStatus.IN_FORCE
				|| (status == NodeStatus.ROLLED_BACK
						&& find(id).map((push) -> push.kind() == Push.Kind.BACK).orElse(false));
	}

	/** Nothing can be known now; somebody tries again after the lease. */
	void stick(String id, String summary, Instant retryAt) {
		this.jdbc
			.sql("update push set status = 'writing', holds = 'unknown', summary = :summary, stuck = true,"
					+ " lease_until = :retryAt where id = :id")
			.param("summary", cut(summary))
			.param("retryAt", utc(retryAt))
			.param("id", id)
			.update();
	}

	static String cut(String text) {
		return (text.length() <= 2000) ? text : text.substring(0, 1999) + "…";
	}

	private Push map(ResultSet row, int number) throws SQLException {
		return new Push(row.getString("id"), row.getString("change_id"), row.getInt("round"), row.getInt("position"),
				Push.Kind.valueOf(upper(row, "kind")), row.getString("node_id"),
				NodeStatus.ofKey(row.getString("status")), row.getObject("status_at", OffsetDateTime.class).toInstant(),
				Push.Phase.valueOf(upper(row, "phase")), Push.Holds.valueOf(upper(row, "holds")),
				row.getString("summary"), row.getBoolean("stuck"), row.getInt("attempts"), row.getString("backup_name"),
				row.getString("file_mode"), row.getString("file_owner"), row.getString("file_group"));
	}

	private static String upper(ResultSet row, String column) throws SQLException {
		return row.getString(column).toUpperCase(Locale.ROOT);
	}

	private static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}
