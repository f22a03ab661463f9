package io.virtwise.approval.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.virtwise.approval.ApprovalPolicy;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The tables of the policy: every edition is kept, the newest holds.
 */
@Repository
class PolicyTable {

	private final JdbcClient jdbc;

	PolicyTable(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<ApprovalPolicy> newest() {
		return this.jdbc.sql("select * from approval_policy order by version desc limit 1").query(this::map).optional();
	}

	/**
	 * Adds an edition.
	 * @throws org.springframework.dao.DuplicateKeyException if there is one of this
	 * version already
	 */
	void insert(ApprovalPolicy policy) {
		this.jdbc.sql("insert into approval_policy (version, approvers, approvers_at_risk, risky_options, risky_reboot,"
				+ " risky_above, emergency, valid_hours, authors_barred_days, changed_by, changed_at) values (:version,"
				+ " :approvers, :atRisk, :options, :reboot, :above, :emergency, :hours, :days, :by, :at)")
			.param("version", policy.version())
			.param("approvers", policy.approvers())
			.param("atRisk", policy.approversAtRisk())
			.param("options", String.join("\n", policy.riskyOptions()))
			.param("reboot", policy.riskyReboot())
			.param("above", policy.riskyAbove())
			.param("emergency", policy.emergency())
			.param("hours", policy.validity().toHours())
			.param("days", policy.authorsBarred().toDays())
			.param("by", policy.changedBy())
			.param("at", Objects.requireNonNull(policy.changedAt()).atOffset(ZoneOffset.UTC))
			.update();
		policy.groups()
			.forEach((nodes, approvers) -> this.jdbc
				.sql("insert into approval_policy_group (version, node_group, approver_group) values (?, ?, ?)")
				.params(policy.version(), nodes, approvers)
				.update());
		policy.members()
			.forEach((group,
					people) -> people.forEach((person) -> this.jdbc
						.sql("insert into approval_policy_member (version, approver_group, person_id) values (?, ?, ?)")
						.params(policy.version(), group, person)
						.update()));
	}

	private ApprovalPolicy map(ResultSet row, int number) throws SQLException {
		long version = row.getLong("version");
		return new ApprovalPolicy(version, row.getInt("approvers"), row.getInt("approvers_at_risk"),
				row.getString("risky_options").lines().toList(), row.getBoolean("risky_reboot"),
				row.getInt("risky_above"), groups(version), members(version), row.getBoolean("emergency"),
				Duration.ofHours(row.getInt("valid_hours")), Duration.ofDays(row.getInt("authors_barred_days")),
				row.getString("changed_by"), row.getObject("changed_at", OffsetDateTime.class).toInstant());
	}

	private Map<String, String> groups(long version) {
		Map<String, String> groups = new TreeMap<>();
		this.jdbc.sql("select node_group, approver_group from approval_policy_group where version = ?")
			.param(version)
			.query((row) -> {
				groups.put(row.getString("node_group"), row.getString("approver_group"));
			});
		return groups;
	}

	private Map<String, Set<String>> members(long version) {
		Map<String, Set<String>> members = new TreeMap<>();
		this.jdbc.sql("select approver_group, person_id from approval_policy_member where version = ?")
			.param(version)
			.query((row) -> {
				members.computeIfAbsent(row.getString("approver_group"), (key) -> new TreeSet<>())
					.add(row.getString("person_id"));
			});
		return members;
	}

}
