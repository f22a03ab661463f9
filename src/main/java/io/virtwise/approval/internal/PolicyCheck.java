package io.virtwise.approval.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.virtwise.access.People;
import io.virtwise.approval.ApprovalPolicy;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;

/**
 * Looks at a policy before it is set. Fields are named as the HTTP interface spells them.
 */
final class PolicyCheck {

	private static final int MOST = 5;

	private static final int MOST_NODES = 100_000;

	private static final Duration LONGEST = Duration.ofDays(30);

	private static final Duration LONGEST_BAR = Duration.ofDays(365);

	private static final Pattern OPTION = Pattern.compile("[a-z][a-z0-9_]{0,99}");

	private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,99}");

	private PolicyCheck() {
	}

	/**
	 * Lets it pass.
	 * @throws Refused naming each field at fault
	 */
	static void check(ApprovalPolicy policy, People people) {
		List<FieldFault> faults = new ArrayList<>();
		if (policy.approvers() < 1 || policy.approvers() > MOST) {
			faults.add(new FieldFault("approvers",
					"must be from 1 to " + MOST + "; somebody else always has to look at a change"));
		}
		if (policy.approversAtRisk() < policy.approvers() || policy.approversAtRisk() > MOST) {
			faults.add(new FieldFault("approversAtRisk",
					"must be from the usual number, " + policy.approvers() + ", to " + MOST));
		}
		if (policy.riskyAbove() < 0 || policy.riskyAbove() > MOST_NODES) {
			faults.add(new FieldFault("riskyAbove", "must be a number of nodes from 0 to " + MOST_NODES));
		}
		if (policy.validity().compareTo(Duration.ofHours(1)) < 0 || policy.validity().compareTo(LONGEST) > 0) {
			faults.add(new FieldFault("validHours",
					"must be from 1 to " + LONGEST.toHours() + "; an approval is for things as they are now"));
		}
		if (policy.authorsBarred().isNegative() || policy.authorsBarred().compareTo(LONGEST_BAR) > 0) {
			faults.add(new FieldFault("authorsBarredDays", "must be from 0 to " + LONGEST_BAR.toDays()));
		}
		policy.riskyOptions()
			.stream()
			.filter((option) -> !OPTION.matcher(option).matches())
			.forEach((option) -> faults.add(new FieldFault("riskyOptions",
					"holds “" + option + "”, which is not the name of an option as nova spells it; write virt_type")));
		checkGroups(policy, people, faults);
		if (!faults.isEmpty()) {
			throw Refused.invalid(faults);
		}
	}

	private static void checkGroups(ApprovalPolicy policy, People people, List<FieldFault> faults) {
		policy.members().forEach((group, members) -> {
			if (!NAME.matcher(group).matches()) {
				faults.add(new FieldFault("approverGroups",
						"holds “" + group + "”; a name is 1 to 100 letters, digits, spaces, dots and dashes"));
			}
			members.stream()
				.filter((id) -> people.find(id).isEmpty())
				.forEach((id) -> faults
					.add(new FieldFault("approverGroups", "has nobody with the id " + id + "; give ids of users")));
		});
		policy.groups().forEach((nodes, approvers) -> {
			Set<String> members = policy.members().getOrDefault(approvers, Set.of());
			if (nodes.isBlank() || nodes.length() > 255 || nodes.chars().anyMatch(Character::isISOControl)) {
				faults.add(new FieldFault("nodeGroups", "holds a node group without a name that nodes can have"));
			}
			if (members.isEmpty()) {
				faults.add(new FieldFault("nodeGroups",
						"demands for " + nodes + " somebody of the approver group “" + approvers
								+ "”, which has no members; name them, or no change of these nodes could be approved"));
			}
		});
	}

}
