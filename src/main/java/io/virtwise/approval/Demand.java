package io.virtwise.approval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the policy asks for before something is approved, and why.
 *
 * @param approvers how many different people must say yes
 * @param because why more than the usual number, each as half a sentence
 * @param groups approver groups of which one member each must be among them, with the
 * node groups that ask for it
 */
public record Demand(int approvers, List<String> because, Map<String, List<String>> groups) {

	private static final List<String> NUMBERS = List.of("No", "One", "Two", "Three", "Four", "Five");

	public Demand {
		because = List.copyOf(because);
		groups = Collections.unmodifiableMap(new TreeMap<>(groups));
		approvers = Math.max(approvers, Math.max(1, groups.size()));
	}

	/** So many people, and nothing else. */
	public static Demand of(int approvers) {
		return new Demand(approvers, List.of(), Map.of());
	}

	/** What satisfies both. */
	public Demand with(Demand other) {
		Map<String, List<String>> all = new TreeMap<>(this.groups);
		other.groups.forEach((group, nodes) -> all.merge(group, nodes, Demand::union));
		List<String> reasons = (other.approvers > this.approvers) ? other.because
				: (other.approvers == this.approvers) ? union(this.because, other.because) : this.because;
		return new Demand(Math.max(this.approvers, other.approvers), reasons, all);
	}

	/** The demand in words, for people. */
	public String sentence() {
		String people = (this.approvers == 1) ? "One approver" : number() + " different approvers";
		String why = this.because.isEmpty() ? "" : ", because " + listed(this.because);
		StringBuilder text = new StringBuilder(people + why + ".");
		this.groups.forEach((group, nodes) -> text.append((this.approvers == 1) ? " From" : " One of them from")
			.append(" the approver group ")
			.append(group)
			.append(", because nodes of ")
			.append(listed(nodes))
			.append(" are changed."));
		return text.toString();
	}

	/** Parts of a sentence with commas and an "and". */
	static String listed(List<String> parts) {
		if (parts.size() < 2) {
			return String.join("", parts);
		}
		return String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.get(parts.size() - 1);
	}

	private String number() {
		return (this.approvers < NUMBERS.size()) ? NUMBERS.get(this.approvers) : Integer.toString(this.approvers);
	}

	private static List<String> union(List<String> one, List<String> other) {
		List<String> all = new ArrayList<>(one);
		new TreeSet<>(other).stream().filter((each) -> !one.contains(each)).forEach(all::add);
		return all;
	}

}
