package io.virtwise.recommendation.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.GroupFacts;
import io.virtwise.facts.GroupModel;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeGroup;
import org.jspecify.annotations.Nullable;

/**
 * Puts the facts of a group's nodes together, as rules match them. It compares and
 * counts; what follows is for the rules to say.
 */
final class GroupReading {

	private static final int MOST_SEEN = 8;

	private final List<Member> known;

	private final List<String> missing;

	private final int nodes;

	private final NodeGroup group;

	private final Map<String, List<EvidenceLine>> seen;

	/** The models that some node of the group offers, and whether all of them do. */
	private final Map<String, Known> offered = new HashMap<>();

	/** The newest model of each node, each once, old to new. */
	private final List<String> tops;

	/**
	 * @param members the nodes that have facts
	 * @param without the names of those that have none
	 */
	GroupReading(List<Member> members, List<String> without) {
		this.known = members.stream().filter(Member::known).toList();
		List<String> unknown = new ArrayList<>(without);
		members.stream().filter((one) -> !one.known()).forEach((one) -> unknown.add(one.name()));
		this.missing = unknown.stream().sorted().toList();
		this.nodes = members.size() + without.size();
		this.tops = this.known.stream()
			.flatMap((one) -> one.offer().newest().stream())
			.distinct()
			.sorted(Comparator.comparing(Models::rank))
			.toList();
		for (String model : Models.oldToNew()) {
			long nodesWith = this.known.stream().filter((one) -> one.offer().kvm().has(model)).count();
			if (nodesWith > 0) {
				this.offered.put(model, Known.of(nodesWith == this.known.size()));
			}
		}
		this.group = together();
		this.seen = lines();
	}

	/** What is known of the group for this node of it. */
	GroupFacts of(Member member) {
		return new GroupFacts(group(), models(member), null);
	}

	/** The group as a whole. */
	NodeGroup group() {
		return this.group;
	}

	private NodeGroup together() {
		Set<String> differs = differences();
		List<String> back = heldBackBy();
		Set<String> flags = flagsOfSome();
		return new NodeGroup(this.nodes, this.missing.size(), this.missing.isEmpty() ? null : Names.of(this.missing),
				alike(), flags.isEmpty() ? null : Names.of(flags), same(Offer::vendor), versionsAlike(),
				differs.isEmpty() ? null : String.join("; ", differs), back.isEmpty() ? null : Names.of(back));
	}

	/** The newest model of the group, by whichever node has it. */
	@Nullable String newest() {
		return this.tops.isEmpty() ? null : this.tops.get(this.tops.size() - 1);
	}

	/** Names of the nodes on which guests cannot have the group's newest model. */
	List<String> heldBackBy() {
		String newest = newest();
		return (newest == null) ? List.of()
				: this.known.stream().filter((one) -> !one.offer().kvm().has(newest)).map(Member::name).toList();
	}

	/** Names of the nodes of which nobody knows what KVM guests can have there. */
	List<String> missing() {
		return this.missing;
	}

	/** Where it was seen, node by node, for findings to show. */
	Map<String, List<EvidenceLine>> seen() {
		return this.seen;
	}

	private Map<String, List<EvidenceLine>> lines() {
		Map<String, List<String>> byNewest = new LinkedHashMap<>();
		this.known.forEach((one) -> byNewest
			.computeIfAbsent(one.offer().newest().orElse("none that is known"), (model) -> new ArrayList<>())
			.add(one.name()));
		List<EvidenceLine> lines = new ArrayList<>();
		byNewest.entrySet()
			.stream()
			.sorted(Comparator.comparing((Map.Entry<String, List<String>> one) -> Models.rank(one.getKey())))
			.limit(MOST_SEEN)
			.forEach((one) -> lines.add(new EvidenceLine(Names.of(one.getValue()), 0,
					"the newest model that libvirt says KVM guests can have is " + one.getKey())));
		return lines.isEmpty() ? Map.of() : Map.of("GroupModel.everywhere", lines, "NodeGroup.alike", lines);
	}

	private List<GroupModel> models(Member member) {
		List<GroupModel> models = new ArrayList<>();
		String vendor = vendor();
		List<String> named = member.facts().novaConf().cpuModels();
		int rank = 0;
		for (String model : Models.oldToNew()) {
			rank++;
			int position = position(model, named);
			if (position > 0 || this.offered.containsKey(model)) {
				models.add(new GroupModel(model, rank, Models.isOf(model, vendor), everywhere(model),
						member.known() ? Known.of(member.offer().kvm().has(model)) : Known.UNKNOWN, position,
						String.join(",", ladder(model, member))));
			}
		}
		return models;
	}

	/** From this model up: the newest ones of other nodes that this node has too. */
	private List<String> ladder(String from, Member member) {
		Set<String> steps = new LinkedHashSet<>();
		steps.add(from);
		this.tops.stream()
			.filter((model) -> Models.rank(model) > Models.rank(from) && member.offer().ownModel(model))
			.forEach(steps::add);
		return List.copyOf(steps);
	}

	private static int position(String model, List<String> named) {
		for (int at = 0; at < named.size(); at++) {
			if (named.get(at).toLowerCase(Locale.ROOT).equals(model.toLowerCase(Locale.ROOT))) {
				return at + 1;
			}
		}
		return 0;
	}

	private @Nullable String vendor() {
		return this.known.stream().map((one) -> one.offer().vendor()).filter(Objects::nonNull).findFirst().orElse(null);
	}

	private Known everywhere(String model) {
		return this.known.isEmpty() ? Known.UNKNOWN : this.offered.getOrDefault(model, Known.NO);
	}

	private Known alike() {
		if (this.known.isEmpty() || (this.known.size() == 1 && this.nodes > 1)) {
			return Known.UNKNOWN;
		}
		Offer first = this.known.get(0).offer();
		Known alike = Known.YES;
		for (Member one : this.known) {
			Known same = alike(first, one.offer());
			if (same == Known.NO) {
				return Known.NO;
			}
			alike = (same == Known.UNKNOWN) ? same : alike;
		}
		return alike;
	}

	private static Known alike(Offer one, Offer other) {
		if (one.equals(other)) {
			return Known.YES;
		}
		Set<String> mine = one.kvm().features();
		Set<String> theirs = other.kvm().features();
		if (mine != null && theirs != null) {
			return Known.of(mine.equals(theirs));
		}
		boolean same = one.newest().equals(other.newest()) && Objects.equals(one.vendor(), other.vendor())
				&& Objects.equals(one.kvm().hostModel(), other.kvm().hostModel());
		boolean read = one.kvm().flags() != null && other.kvm().flags() != null;
		return !same ? Known.NO
				: read ? Known.of(Objects.equals(one.kvm().flags(), other.kvm().flags())) : Known.UNKNOWN;
	}

	private Set<String> flagsOfSome() {
		Set<String> any = new TreeSet<>();
		Set<String> all = null;
		for (Member one : this.known) {
			Set<String> features = one.offer().kvm().features();
			if (features != null) {
				any.addAll(features);
				all = (all != null) ? all : new TreeSet<>(features);
				all.retainAll(features);
			}
		}
		any.removeAll((all != null) ? all : Set.of());
		return any;
	}

	private Known same(Function<Offer, @Nullable String> part) {
		Set<String> values = values(part);
		boolean some = this.known.stream().anyMatch((one) -> part.apply(one.offer()) == null);
		return (values.size() > 1) ? Known.NO : (some || values.isEmpty()) ? Known.UNKNOWN : Known.YES;
	}

	private Known versionsAlike() {
		List<Known> parts = List.of(same(Offer::kernel), same(Offer::microcode), same(Offer::libvirt),
				same(Offer::emulator));
		return parts.contains(Known.NO) ? Known.NO : parts.contains(Known.UNKNOWN) ? Known.UNKNOWN : Known.YES;
	}

	private Set<String> differences() {
		Set<String> differs = new LinkedHashSet<>();
		differs(differs, "kernel", values(Offer::kernel));
		differs(differs, "microcode", values(Offer::microcode));
		differs(differs, "libvirt", values(Offer::libvirt));
		differs(differs, "QEMU", values(Offer::emulator));
		return differs;
	}

	private static void differs(Set<String> all, String what, Set<String> values) {
		if (values.size() > 1) {
			all.add(what + " " + Names.of(values));
		}
	}

	private Set<String> values(Function<Offer, @Nullable String> part) {
		Set<String> values = new TreeSet<>();
		this.known.forEach((one) -> {
			String value = part.apply(one.offer());
			if (value != null) {
				values.add(value);
			}
		});
		return values;
	}

}
