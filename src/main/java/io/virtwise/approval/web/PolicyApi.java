package io.virtwise.approval.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.virtwise.approval.ApprovalPolicies;
import io.virtwise.approval.ApprovalPolicy;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The policy of approvals over HTTP.
 */
@RestController
@RequestMapping("/api/v1/approval-policy")
class PolicyApi {

	private final ApprovalPolicies policies;

	PolicyApi(ApprovalPolicies policies) {
		this.policies = policies;
	}

	@GetMapping
	PolicyBody get() {
		return PolicyBody.of(this.policies.current());
	}

	@PutMapping
	@PreAuthorize("hasAuthority('policy:write')")
	PolicyBody set(@RequestBody PolicyBody body) {
		this.policies.toEdit();
		return PolicyBody.of(this.policies.set(body.toPolicy()));
	}

	/**
	 * The whole policy.
	 *
	 * @param version the edition that was read
	 * @param approvers how many different people must say yes
	 * @param approversAtRisk how many where it is risky
	 * @param riskyOptions options whose change is risky
	 * @param riskyReboot whether a reboot is risky
	 * @param riskyAbove more nodes than this are risky
	 * @param nodeGroups which node group demands which approver group
	 * @param approverGroups who is in which approver group
	 * @param emergency whether there is an emergency path
	 * @param validHours how long a request and an unused approval last
	 * @param authorsBarredDays for how long authors of a rule cannot approve what rests
	 * on it
	 * @param changedBy id of who set it
	 * @param changedAt when
	 */
	record PolicyBody(@Nullable Long version, @Nullable Integer approvers, @Nullable Integer approversAtRisk,
			@Nullable List<@Nullable String> riskyOptions, @Nullable Boolean riskyReboot, @Nullable Integer riskyAbove,
			@Nullable List<@Nullable NodeGroup> nodeGroups, @Nullable List<@Nullable ApproverGroup> approverGroups,
			@Nullable Boolean emergency, @Nullable Integer validHours, @Nullable Integer authorsBarredDays,
			@Nullable String changedBy, @Nullable Instant changedAt) {

		static PolicyBody of(ApprovalPolicy policy) {
			List<@Nullable NodeGroup> nodes = new ArrayList<>();
			policy.groups().forEach((group, approvers) -> nodes.add(new NodeGroup(group, approvers)));
			List<@Nullable ApproverGroup> people = new ArrayList<>();
			policy.members().forEach((group, ids) -> people.add(new ApproverGroup(group, List.copyOf(ids))));
			return new PolicyBody(policy.version(), policy.approvers(), policy.approversAtRisk(),
					new ArrayList<>(policy.riskyOptions()), policy.riskyReboot(), policy.riskyAbove(), nodes, people,
					policy.emergency(), (int) policy.validity().toHours(), (int) policy.authorsBarred().toDays(),
					policy.changedBy(), policy.changedAt());
		}

		ApprovalPolicy toPolicy() {
			List<FieldFault> faults = new ArrayList<>();
			ApprovalPolicy policy = new ApprovalPolicy(given("version", this.version, 0L, faults),
					given("approvers", this.approvers, 1, faults),
					given("approversAtRisk", this.approversAtRisk, 2, faults),
					given("riskyOptions", this.riskyOptions, List.<@Nullable String>of(), faults).stream()
						.map((option) -> (option != null) ? option : "")
						.toList(),
					given("riskyReboot", this.riskyReboot, true, faults),
					given("riskyAbove", this.riskyAbove, 0, faults), groups(faults), members(faults),
					given("emergency", this.emergency, true, faults),
					Duration.ofHours(given("validHours", this.validHours, 1, faults)),
					Duration.ofDays(given("authorsBarredDays", this.authorsBarredDays, 0, faults)), null, null);
			if (!faults.isEmpty()) {
				throw Refused.invalid(faults);
			}
			return policy;
		}

		private Map<String, String> groups(List<FieldFault> faults) {
			Map<String, String> groups = new LinkedHashMap<>();
			for (NodeGroup each : given("nodeGroups", this.nodeGroups, List.<@Nullable NodeGroup>of(), faults)) {
				if (each == null || each.nodeGroup() == null || each.approverGroup() == null) {
					faults.add(new FieldFault("nodeGroups", "needs nodeGroup and approverGroup in each entry"));
				}
				else if (groups.put(each.nodeGroup(), each.approverGroup()) != null) {
					faults.add(new FieldFault("nodeGroups", "names " + each.nodeGroup() + " twice; name it once"));
				}
			}
			return groups;
		}

		private Map<String, Set<String>> members(List<FieldFault> faults) {
			Map<String, Set<String>> members = new LinkedHashMap<>();
			for (ApproverGroup each : given("approverGroups", this.approverGroups, List.<@Nullable ApproverGroup>of(),
					faults)) {
				if (each == null || each.name() == null || each.members() == null) {
					faults.add(new FieldFault("approverGroups", "needs name and members in each entry"));
					continue;
				}
				Set<String> ids = new LinkedHashSet<>();
				each.members().forEach((id) -> ids.add((id != null) ? id : ""));
				if (members.put(each.name(), ids) != null) {
					faults.add(new FieldFault("approverGroups", "names " + each.name() + " twice; name it once"));
				}
			}
			return members;
		}

		private static <T> T given(String field, @Nullable T value, T instead, List<FieldFault> faults) {
			if (value == null) {
				faults.add(new FieldFault(field,
						"is missing; the whole policy is set at once, so read it, change it and send it back"));
				return instead;
			}
			return value;
		}

	}

	/**
	 * A node group that demands somebody of an approver group.
	 *
	 * @param nodeGroup name of the node group
	 * @param approverGroup name of the approver group
	 */
	record NodeGroup(@Nullable String nodeGroup, @Nullable String approverGroup) {
	}

	/**
	 * People of whom one has to be among the approvers.
	 *
	 * @param name of the group
	 * @param members ids of the people
	 */
	record ApproverGroup(@Nullable String name, @Nullable List<@Nullable String> members) {
	}

}
