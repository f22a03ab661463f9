package io.virtwise.recommendation.migration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

import io.virtwise.facts.GroupFacts;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import io.virtwise.facts.Move;
import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.X86CpuModels;
import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.recommendation.internal.Reasons;
import io.virtwise.recommendation.migration.GroupJudgement.Kind;
import io.virtwise.recommendation.migration.GroupJudgement.Matrix;
import io.virtwise.recommendation.migration.GroupJudgement.Ref;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.RulebaseRevision;
import org.jspecify.annotations.Nullable;

/**
 * Has the rules judge the nodes of a group together: each node with what is known of the
 * others, then each move between two kinds of nodes. Nothing of it is stored.
 */
final class GroupJudge {

	/** More would be no matrix that anybody can read. */
	private static final int MOST_KINDS = 24;

	private final Advisor advisor;

	private final String name;

	private final List<Member> members;

	private final List<Ref> without;

	private final GroupReading reading;

	/** What the rules say of the first node of each kind, without what it rests on. */
	private final Map<NodeKind, Assessment> firsts = new HashMap<>();

	/** Moves that look the same to the rules, by the number of the kind they go to. */
	private final Map<Move, Map<Integer, Passage>> known = new HashMap<>();

	GroupJudge(Advisor advisor, String name, List<Member> members, List<Ref> without) {
		this.advisor = advisor;
		this.name = name;
		this.members = members;
		this.without = without;
		this.reading = new GroupReading(members, without.stream().map(Ref::name).toList());
	}

	/**
	 * The judgement.
	 * @param leftOut how many nodes of the group are not among these
	 * @param rulebase what the advisor judges with
	 */
	GroupJudgement judge(long leftOut, RulebaseRevision rulebase) {
		List<Map.Entry<NodeKind, List<Member>>> kinds = kinds();
		List<Map.Entry<NodeKind, List<Member>>> shown = kinds.subList(0, Math.min(MOST_KINDS, kinds.size()));
		Assessment any = kinds.isEmpty() ? null : this.firsts.get(kinds.get(0).getKey());
		String common = common(kinds);
		return new GroupJudgement(this.name, this.members.size() + this.without.size(), leftOut, this.without,
				this.reading.missing(), this.members.stream().filter(Member::withoutKvm).map(Member::name).toList(),
				answer(any), sentence(any), common, this.reading.newest(), this.reading.group().differs(),
				this.members.stream().allMatch((one) -> one.facts().intent().liveMigration() == Known.YES),
				described(kinds, common), matrix(shown, NodeKind::now), matrix(shown, NodeKind::recommended),
				kinds.size() - shown.size(), rulebase);
	}

	private List<Map.Entry<NodeKind, List<Member>>> kinds() {
		Map<NodeKind, List<Member>> kinds = new LinkedHashMap<>();
		for (Member member : this.members) {
			Assessment together = this.advisor.judge(asked(member));
			NodeKind kind = NodeKind.of(member, together);
			this.firsts.putIfAbsent(kind, together);
			kinds.computeIfAbsent(kind, (one) -> new ArrayList<>()).add(member);
		}
		return kinds.entrySet()
			.stream()
			.sorted(Comparator.comparing((
					Map.Entry<NodeKind, List<Member>> one) -> one.getKey().offer().newest().map(Models::rank).orElse(0))
				.thenComparing((one) -> one.getValue().get(0).name()))
			.toList();
	}

	/** A node with what is known of the others, as if live migration were wanted. */
	private NodeFacts asked(Member member) {
		return member.facts().together(this.reading.of(member), wanted(member.facts().intent()), this.reading.seen());
	}

	private static Intent wanted(Intent intent) {
		return new Intent(intent.environment(), Known.YES, intent.nested(), intent.acceptEmulation(),
				intent.imageFormats(), intent.guestAgent());
	}

	/** The lines that a node should get, with what asks for them. */
	private static List<ReasonedSetting> settings(Assessment together) {
		return Reasons.of(together).stream().filter((one) -> NodeKind.ofCpu(one.setting())).toList();
	}

	/** What the rules say of a node because of its group, and not without it. */
	private List<Assessment.Finding> findings(Member member, Assessment together) {
		NodeFacts alone = member.facts().together(GroupFacts.NONE, wanted(member.facts().intent()), Map.of());
		Set<String> without = new TreeSet<>();
		this.advisor.judge(alone).findings().forEach((one) -> without.add(one.rule()));
		return together.findings().stream().filter((one) -> !without.contains(one.rule())).toList();
	}

	private Matrix matrix(List<Map.Entry<NodeKind, List<Member>>> kinds, Function<NodeKind, Setup> way) {
		List<List<@Nullable Passage>> rows = new ArrayList<>();
		for (Map.Entry<NodeKind, List<Member>> from : kinds) {
			List<@Nullable Passage> row = new ArrayList<>();
			for (int to = 0; to < kinds.size(); to++) {
				boolean itself = rows.size() == to && from.getValue().size() == 1;
				row.add(itself ? null : passage(from, way.apply(from.getKey()), kinds.get(to), to));
			}
			rows.add(row);
		}
		return Matrix.of(rows);
	}

	private Passage passage(Map.Entry<NodeKind, List<Member>> from, Setup setup, Map.Entry<NodeKind, List<Member>> to,
			int number) {
		Member here = to.getValue().get(0);
		Move move = Moves.of("another node", from.getKey().offer(), setup, to.getKey().offer());
		return this.known.computeIfAbsent(move, (one) -> new HashMap<>())
			.computeIfAbsent(number, (one) -> Passage.of(this.advisor.judge(here.facts()
				.together(new GroupFacts(null, List.of(), move), wanted(here.facts().intent()), Map.of()))));
	}

	private static GroupCpu answer(@Nullable Assessment assessment) {
		return said(assessment).map((one) -> GroupCpu.valueOf(one.value())).findFirst().orElse(GroupCpu.UNKNOWN);
	}

	private static String sentence(@Nullable Assessment assessment) {
		return said(assessment).map(Assessment.Conclusion::sentence)
			.findFirst()
			.orElse("Nobody knows anything of the nodes of this group yet.");
	}

	private static Stream<Assessment.Conclusion> said(@Nullable Assessment assessment) {
		return (assessment == null) ? Stream.of() : Conclusions.all(assessment, Conclusions.GROUP);
	}

	/** As the rules chose it: the first model of a node that takes the common one. */
	private @Nullable String common(List<Map.Entry<NodeKind, List<Member>>> kinds) {
		return kinds.stream()
			.map((one) -> Objects.requireNonNull(this.firsts.get(one.getKey())))
			.filter((one) -> Conclusions.answer(one, Conclusions.CPU_MODEL)
				.filter(GroupCpu.COMMON.name()::equals)
				.isPresent())
			.flatMap((one) -> one.recommendation().cpuModels().stream().limit(1))
			.findFirst()
			.orElse(null);
	}

	private List<Kind> described(List<Map.Entry<NodeKind, List<Member>>> kinds, @Nullable String common) {
		List<Kind> described = new ArrayList<>();
		for (int at = 0; at < kinds.size(); at++) {
			NodeKind kind = kinds.get(at).getKey();
			List<Member> nodes = kinds.get(at).getValue();
			Offer offer = kind.offer();
			Assessment together = this.advisor.assess(asked(nodes.get(0)));
			described.add(new Kind(at + 1, nodes.stream().map((one) -> new Ref(one.id(), one.name())).toList(),
					nodes.stream().map(Member::assessedAt).min(Comparator.naturalOrder()).orElse(Instant.EPOCH),
					offer.processor(), offer.newest().orElse(null), offer.kvm().hostModel(), kind.release(),
					versions(offer), kind.now().words(), kind.recommended().words(), settings(together),
					lacks(offer, kinds.subList(at + 1, kinds.size())), givenUp(offer, common),
					(at < MOST_KINDS) ? findings(nodes.get(0), together) : List.of()));
		}
		return described;
	}

	private static List<String> versions(Offer offer) {
		List<String> versions = new ArrayList<>();
		version(versions, "kernel", offer.kernel());
		version(versions, "microcode", offer.microcode());
		version(versions, "libvirt", offer.libvirt());
		version(versions, "QEMU", offer.emulator());
		return versions;
	}

	private static void version(List<String> all, String what, @Nullable String version) {
		if (version != null) {
			all.add(what + " " + version);
		}
	}

	/** What stands between this kind of node and the next that has a newer model. */
	private static List<String> lacks(Offer offer, List<Map.Entry<NodeKind, List<Member>>> newer) {
		int own = offer.newest().map(Models::rank).orElse(0);
		return newer.stream()
			.flatMap((one) -> one.getKey().offer().newest().stream())
			.filter((model) -> Models.rank(model) > own && !offer.kvm().has(model))
			.findFirst()
			.map((model) -> minus(X86CpuModels.features(model).orElse(Set.of()), offer.kvm().features()))
			.orElse(List.of());
	}

	private static List<String> givenUp(Offer offer, @Nullable String common) {
		Set<String> all = offer.kvm().features();
		return (common == null || all == null) ? List.of()
				: minus(all, Objects.requireNonNull(X86CpuModels.features(common).orElse(Set.of())));
	}

	private static List<String> minus(Set<String> all, @Nullable Set<String> some) {
		if (some == null) {
			return List.of();
		}
		Set<String> rest = new TreeSet<>(all);
		rest.removeAll(some);
		return List.copyOf(rest);
	}

}
