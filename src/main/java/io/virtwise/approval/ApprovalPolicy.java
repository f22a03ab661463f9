package io.virtwise.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * How many people have to look at what, as an administrator set it. It can ask for more
 * than one other person, never for less.
 *
 * @param version counts its editions, 0 for what the portal starts with
 * @param approvers how many different people must say yes
 * @param approversAtRisk how many, where one of the next three is true
 * @param riskyOptions it gives another value to one of these options
 * @param riskyReboot it needs a reboot, and this is {@code true}
 * @param riskyAbove it is for more nodes than this
 * @param groups which node group demands which approver group
 * @param members ids of the people in each approver group
 * @param emergency whether there is an emergency path
 * @param validity how long a request waits, and how long an approval may stay unused
 * @param authorsBarred for how long authors of a rule cannot approve what rests on it
 * @param changedBy id of the person who set it, {@code null} for what the portal starts
 * with
 * @param changedAt when
 */
public record ApprovalPolicy(long version, int approvers, int approversAtRisk, List<String> riskyOptions,
		boolean riskyReboot, int riskyAbove, Map<String, String> groups, Map<String, Set<String>> members,
		boolean emergency, Duration validity, Duration authorsBarred, @Nullable String changedBy,
		@Nullable Instant changedAt) {

	/** What may break running guests needs a second person, whatever the policy says. */
	private static final int WITH_GUESTS = 2;

	public ApprovalPolicy {
		riskyOptions = List.copyOf(riskyOptions);
		groups = Collections.unmodifiableMap(new TreeMap<>(groups));
		members = Collections.unmodifiableMap(new TreeMap<>(members));
	}

	/** What this asks for where the risk is this. */
	public Demand demandFor(Risk risk) {
		List<String> because = new ArrayList<>();
		List<String> options = risk.options().stream().filter(this.riskyOptions::contains).toList();
		if (!options.isEmpty()) {
			because.add(Demand.listed(options) + ((options.size() == 1) ? " changes" : " change"));
		}
		if (this.riskyReboot && risk.reboot()) {
			because.add("a node has to be rebooted");
		}
		if (risk.nodes() > this.riskyAbove) {
			because.add("it is for " + risk.nodes() + " nodes, which is more than " + this.riskyAbove);
		}
		if (risk.breaking() > 0) {
			because.add("guests on " + counted(risk.breaking()) + " would not fit the CPU that they get");
		}
		if (risk.unchecked() > 0) {
			because.add("guests run on " + counted(risk.unchecked())
					+ " whose CPU changes, and it is not known that they fit the new one");
		}
		Map<String, List<String>> named = new TreeMap<>();
		for (String group : risk.groups()) {
			String approverGroup = this.groups.get(group);
			if (approverGroup != null) {
				named.computeIfAbsent(approverGroup, (key) -> new ArrayList<>()).add(group);
			}
		}
		int wanted = risk.guests() ? Math.max(this.approversAtRisk, WITH_GUESTS) : this.approversAtRisk;
		if (because.isEmpty() || wanted <= this.approvers) {
			return new Demand(this.approvers, List.of(), named);
		}
		return new Demand(wanted, because, named);
	}

	private static String counted(int nodes) {
		return nodes + ((nodes == 1) ? " node" : " nodes");
	}

	/** The policy as lines for the audit log. */
	public String describe() {
		return "approvers=" + this.approvers + "\napproversAtRisk=" + this.approversAtRisk + "\nriskyOptions="
				+ String.join(",", this.riskyOptions) + "\nriskyReboot=" + this.riskyReboot + "\nriskyAbove="
				+ this.riskyAbove + "\ngroups=" + this.groups + "\nmembers=" + this.members + "\nemergency="
				+ this.emergency + "\nvalidHours=" + this.validity.toHours() + "\nauthorsBarredDays="
				+ this.authorsBarred.toDays();
	}

}
