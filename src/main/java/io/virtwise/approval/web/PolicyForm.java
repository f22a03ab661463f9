package io.virtwise.approval.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.approval.ApprovalPolicy;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;

/**
 * The policy as it is typed: numbers as text, groups as lines of a name, a colon, and
 * what belongs to it. People go by their user names here.
 *
 * @param version the edition that was read
 * @param approvers how many different people must say yes
 * @param approversAtRisk how many where it is risky
 * @param riskyOptions options whose change is risky, with commas
 * @param riskyReboot whether a reboot is risky; what is not ticked is not sent
 * @param riskyAbove more nodes than this are risky
 * @param approverGroups a line per approver group, with its people
 * @param nodeGroups a line per node group, with the approver group that it demands
 * @param emergency whether there is an emergency path
 * @param validHours how long a request and an unused approval last
 * @param authorsBarredDays for how long authors of a rule cannot approve what rests on it
 */
record PolicyForm(@Nullable Long version, @Nullable String approvers, @Nullable String approversAtRisk,
		@Nullable String riskyOptions, @Nullable Boolean riskyReboot, @Nullable String riskyAbove,
		@Nullable String approverGroups, @Nullable String nodeGroups, @Nullable Boolean emergency,
		@Nullable String validHours, @Nullable String authorsBarredDays) {

	static PolicyForm of(ApprovalPolicy policy, People people) {
		Function<String, String> username = (id) -> people.find(id).map(Person::username).orElse(id);
		String members = policy.members()
			.entrySet()
			.stream()
			.map((group) -> group.getKey() + ": "
					+ group.getValue().stream().map(username).sorted().collect(Collectors.joining(", ")))
			.collect(Collectors.joining("\n"));
		String groups = policy.groups()
			.entrySet()
			.stream()
			.map((group) -> group.getKey() + ": " + group.getValue())
			.collect(Collectors.joining("\n"));
		return new PolicyForm(policy.version(), Integer.toString(policy.approvers()),
				Integer.toString(policy.approversAtRisk()), String.join(", ", policy.riskyOptions()),
				policy.riskyReboot(), Integer.toString(policy.riskyAbove()), members, groups, policy.emergency(),
				Long.toString(policy.validity().toHours()), Long.toString(policy.authorsBarred().toDays()));
	}

	/**
	 * What was typed, as a policy.
	 * @param before the present one, whose people keep their place also without the role
	 * @throws Refused naming each field that cannot be read
	 */
	ApprovalPolicy toPolicy(ApprovalPolicy before, People people) {
		List<FieldFault> faults = new ArrayList<>();
		Map<String, Set<String>> members = members(before, people, faults);
		Map<String, String> groups = new LinkedHashMap<>();
		lines("nodeGroups", this.nodeGroups, faults).forEach(groups::put);
		ApprovalPolicy policy = new ApprovalPolicy((this.version != null) ? this.version : -1,
				number("approvers", this.approvers, faults), number("approversAtRisk", this.approversAtRisk, faults),
				words(this.riskyOptions), Boolean.TRUE.equals(this.riskyReboot),
				number("riskyAbove", this.riskyAbove, faults), groups, members, Boolean.TRUE.equals(this.emergency),
				Duration.ofHours(number("validHours", this.validHours, faults)),
				Duration.ofDays(number("authorsBarredDays", this.authorsBarredDays, faults)), null, null);
		if (!faults.isEmpty()) {
			throw Refused.invalid(faults);
		}
		return policy;
	}

	private Map<String, Set<String>> members(ApprovalPolicy before, People people, List<FieldFault> faults) {
		Map<String, String> ids = new LinkedHashMap<>();
		before.members()
			.values()
			.forEach((group) -> group
				.forEach((id) -> people.find(id).ifPresent((person) -> ids.put(person.username(), id))));
		people.withRole(Role.APPROVER).forEach((person) -> ids.put(person.username(), person.id()));
		Map<String, Set<String>> members = new LinkedHashMap<>();
		lines("approverGroups", this.approverGroups, faults).forEach((group, names) -> {
			Set<String> found = new LinkedHashSet<>();
			for (String name : words(names)) {
				String id = ids.get(name);
				if (id == null) {
					faults.add(new FieldFault("approverGroups",
							"names “" + name + "” in " + group + ", but no user of that name has the role Approver"));
				}
				else {
					found.add(id);
				}
			}
			members.put(group, found);
		});
		return members;
	}

	private static Map<String, String> lines(String field, @Nullable String text, List<FieldFault> faults) {
		Map<String, String> lines = new LinkedHashMap<>();
		if (text == null) {
			return lines;
		}
		text.lines().filter((line) -> !line.isBlank()).forEach((line) -> {
			int colon = line.indexOf(':');
			if (colon < 1) {
				faults.add(new FieldFault(field, "has the line “" + line.strip()
						+ "” without a colon; write a name, a colon, and what belongs to it"));
			}
			else if (lines.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip()) != null) {
				faults.add(new FieldFault(field,
						"has two lines for " + line.substring(0, colon).strip() + "; put them together"));
			}
		});
		return lines;
	}

	private static List<String> words(@Nullable String text) {
		if (text == null || text.isBlank()) {
			return List.of();
		}
		return List.of(text.strip().split("\\s*,\\s*"));
	}

	private static int number(String field, @Nullable String text, List<FieldFault> faults) {
		if (text == null || !text.strip().matches("\\d{1,6}")) {
			faults.add(new FieldFault(field, "must be a whole number, for example 2"));
			return 1;
		}
		return Integer.parseInt(text.strip());
	}

}
