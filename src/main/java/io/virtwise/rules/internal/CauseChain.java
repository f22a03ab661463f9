package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Cause;
import io.virtwise.rules.Assessment.How;
import io.virtwise.rules.Assessment.Source;
import io.virtwise.rules.OnDemand;
import io.virtwise.rules.internal.ConclusionCollector.Reached;
import io.virtwise.rules.language.Answer;
import io.virtwise.rules.language.Conclusion;
import io.virtwise.rules.language.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Follows what a rule rests on, from conclusion to conclusion, down to the evidence, or
 * to the fact that nobody knows.
 */
final class CauseChain {

	private static final Comparator<Reached> BY_RULE = (one, other) -> {
		int rule = one.trace().rule().id().compareTo(other.trace().rule().id());
		return (rule != 0) ? rule : one.sentence().compareTo(other.sentence());
	};

	private static final Comparator<Reached> BY_RULE_AND_TOPIC = BY_RULE.thenComparing(Reached::conclusion,
			Conclusion.BY_TOPIC);

	/** Answers that stand in the way of guests. */
	private static final Set<Answer> AGAINST = EnumSet.of(Answer.NO, Answer.ABSENT, Answer.MISSING, Answer.UNUSABLE,
			Answer.INVALID, Answer.UNKNOWN);

	/** Answers that speak for KVM. */
	private static final Set<Answer> FOR = EnumSet.of(Answer.YES, Answer.LOADED, Answer.BUILT_IN, Answer.USABLE,
			Answer.KVM);

	private final Map<Conclusion, List<Reached>> ways = new HashMap<>();

	private final boolean explained;

	private final NodeFacts node;

	private @Nullable FactsBehind facts;

	private final EvidenceLines lines = new EvidenceLines();

	/** What is below these conclusions; many rules ask for the same. */
	private final Map<List<Conclusion>, Below> below = new HashMap<>();

	/** The links that are below others, each made once. */
	private final IdentityHashMap<Reached, Cause> links = new IdentityHashMap<>();

	/**
	 * @param explained whether anybody asks for chains and evidence; without them only
	 * the conclusions are known
	 */
	CauseChain(List<Reached> all, NodeFacts facts, boolean explained) {
		this.explained = explained;
		this.node = facts;
		for (Reached way : all) {
			this.ways.computeIfAbsent(way.conclusion(), (key) -> new ArrayList<>(2)).add(way);
		}
		for (List<Reached> some : this.ways.values()) {
			if (some.size() > 1) {
				some.sort(BY_RULE);
			}
		}
	}

	/** All conclusions on the way, by rule. */
	List<Assessment.Conclusion> conclusions() {
		List<Reached> all = new ArrayList<>();
		this.ways.values().forEach(all::addAll);
		all.sort(BY_RULE_AND_TOPIC);
		List<Assessment.Conclusion> conclusions = new ArrayList<>(all.size());
		for (int at = 0; at < all.size(); at++) {
			Reached way = all.get(at);
			Assessment.Conclusion conclusion = new Assessment.Conclusion(way.trace().rule().id(),
					way.conclusion().topic().name(), way.conclusion().answer().name(), way.sentence(),
					from(way.trace()));
			// only its neighbours can say the same, and to compare sources they must be
			// found
			boolean likeTheLast = at > 0 && BY_RULE_AND_TOPIC.compare(all.get(at - 1), way) == 0;
			if (!likeTheLast || !conclusions.contains(conclusion)) {
				conclusions.add(conclusion);
			}
		}
		return List.copyOf(conclusions);
	}

	/**
	 * The whole chain of this firing, its own link first, then what is below, nearest
	 * first.
	 * @param said what the rule says
	 * @param against whether that is bad news, so that what speaks for the contrary is
	 * outweighed
	 */
	List<Cause> of(Trace trace, String said, boolean against) {
		return onDemand(() -> chain(trace, said, against));
	}

	private List<Cause> chain(Trace trace, String said, boolean against) {
		Cause own = Cause.of(trace.rule().id(), said, sources(trace, against));
		List<Cause> further = down(trace).links();
		List<Cause> chain = new ArrayList<>(further.size() + 1);
		chain.add(own);
		for (int at = 0; at < further.size(); at++) {
			if (!further.get(at).equals(own)) {
				chain.add(further.get(at));
			}
		}
		return List.copyOf(chain);
	}

	private Cause link(Reached way) {
		return Cause.of(way.trace().rule().id(), way.sentence(),
				sources(way.trace(), AGAINST.contains(way.conclusion().answer())));
	}

	/**
	 * One chain for two firings that say the same: links with the same words rest on the
	 * sources of both.
	 */
	static List<Cause> merge(List<Cause> one, List<Cause> other) {
		if (one.isEmpty() || other.isEmpty()) {
			return one.isEmpty() ? other : one;
		}
		Map<String, Cause> merged = new TreeMap<>();
		List<Cause> all = new ArrayList<>(one);
		all.addAll(other);
		for (Cause link : all) {
			String place = ((link.equals(one.get(0)) || link.equals(other.get(0))) ? "0" : "1") + link.rule() + '\n'
					+ link.conclusion();
			merged.merge(place, link, CauseChain::merge);
		}
		return List.copyOf(merged.values());
	}

	private static Cause merge(Cause one, Cause other) {
		Map<String, Source> sources = new TreeMap<>();
		for (List<Source> some : List.of(one.sources(), other.sources())) {
			some.forEach((source) -> sources.merge(source.what(), source,
					(before, now) -> (before.how().compareTo(now.how()) <= 0) ? before : now));
		}
		return Cause.of(one.rule(), one.conclusion(),
				sources.values()
					.stream()
					.sorted(Comparator.comparing(Source::how).thenComparing(Source::what))
					.toList());
	}

	/**
	 * The evidence of this firing, then that of everything below. What shows that the
	 * rules apply at all, the driver, is left to the chain: it would stand under every
	 * finding.
	 */
	List<String> evidence(Trace trace) {
		return onDemand(() -> gathered(trace));
	}

	private List<String> gathered(Trace trace) {
		Below below = down(trace);
		this.lines.begin().add(trace.evidence());
		this.lines.add(below.evidence());
		List<ShownLine> lines = this.lines.lines();
		String[] texts = new String[lines.size()];
		for (int at = 0; at < texts.length; at++) {
			texts[at] = lines.get(at).text();
		}
		return List.of(texts);
	}

	private Below down(Trace trace) {
		return this.below.computeIfAbsent(trace.conclusions(), this::below);
	}

	private Below below(List<Conclusion> conclusions) {
		List<Reached> chain = new ArrayList<>();
		Set<Conclusion> done = new HashSet<>();
		Collection<Conclusion> next = conclusions;
		while (!next.isEmpty()) {
			done.addAll(next);
			Set<Conclusion> deeper = new TreeSet<>(Conclusion.BY_TOPIC);
			for (Conclusion conclusion : next) {
				for (Reached way : this.ways.getOrDefault(conclusion, List.of())) {
					chain.add(way);
					for (Conclusion asked : way.trace().conclusions()) {
						if (!done.contains(asked)) {
							deeper.add(asked);
						}
					}
				}
			}
			next = deeper;
		}
		List<Cause> links = new ArrayList<>(chain.size());
		this.lines.begin();
		for (Reached way : chain) {
			addNew(links, this.links.computeIfAbsent(way, this::link));
			if (way.conclusion().topic() != Topic.DRIVER) {
				this.lines.add(way.trace().evidence());
			}
		}
		return new Below(List.copyOf(links), this.lines.lines());
	}

	private List<Source> sources(Trace trace, boolean against) {
		List<Conclusion> leading = new ArrayList<>();
		List<Conclusion> outweighed = new ArrayList<>();
		for (Conclusion conclusion : trace.conclusions()) {
			boolean contrary = against && FOR.contains(conclusion.answer()) && conclusion.topic() != Topic.DRIVER;
			(contrary ? outweighed : leading).add(conclusion);
		}
		if (leading.isEmpty() && trace.evidence().isEmpty()) {
			leading.addAll(outweighed);
			outweighed.clear();
		}
		if (leading.size() > 1) {
			leading.sort(Comparator.comparing(CauseChain::weight));
		}
		List<Source> sources = new ArrayList<>();
		leading.forEach((conclusion) -> add(sources, conclusion, sources.isEmpty() ? How.BECAUSE : How.AND));
		trace.evidence().forEach((line) -> addSource(sources, line.source()));
		facts().unknown(trace.rule().mentions()).forEach((fact) -> addSource(sources, fact));
		outweighed.forEach((conclusion) -> add(sources, conclusion, How.ALTHOUGH));
		if (sources.isEmpty()) {
			facts().told(trace.rule().mentions()).forEach((fact) -> addSource(sources, new Source(How.TOLD, fact)));
		}
		return sources;
	}

	/** A list of reasons, made when somebody asks; nothing where nobody will. */
	<E> List<E> onDemand(Supplier<List<E>> maker) {
		return this.explained ? new OnDemand<>(this, maker) : List.of();
	}

	private FactsBehind facts() {
		FactsBehind known = this.facts;
		if (known == null) {
			known = new FactsBehind(this.node);
			this.facts = known;
		}
		return known;
	}

	/** A chain is so short that to compare is faster than to hash. */
	private static <T> void addNew(List<T> all, T one) {
		if (!all.contains(one)) {
			all.add(one);
		}
	}

	private static boolean addSource(List<Source> sources, Source source) {
		for (int at = 0; at < sources.size(); at++) {
			if (sources.get(at).what().equals(source.what())) {
				return false;
			}
		}
		return sources.add(source);
	}

	/** What is known tells more than what is not, and that more than the driver. */
	private static int weight(Conclusion conclusion) {
		return (conclusion.topic() == Topic.DRIVER) ? 2 : (conclusion.answer() == Answer.UNKNOWN) ? 1 : 0;
	}

	/** The rules that came to this conclusion, each by itself. */
	private void add(List<Source> sources, Conclusion conclusion, How how) {
		How now = how;
		for (Reached way : this.ways.getOrDefault(conclusion, List.of())) {
			if (addSource(sources, new Source(now, way.trace().rule().id()))) {
				now = How.CONFIRMED;
			}
		}
	}

	private List<String> from(Trace trace) {
		return onDemand(() -> sources(trace));
	}

	private List<String> sources(Trace trace) {
		Set<String> sources = new LinkedHashSet<>();
		for (Conclusion conclusion : trace.conclusions()) {
			this.ways.getOrDefault(conclusion, List.of()).forEach((way) -> sources.add(way.trace().rule().id()));
		}
		trace.evidence().forEach((line) -> sources.add(line.text()));
		return List.copyOf(sources);
	}

	/**
	 * What is below some conclusions.
	 *
	 * @param links the links of the chain, nearest first
	 * @param evidence the lines that they rest on
	 */
	private record Below(List<Cause> links, List<ShownLine> evidence) {
	}

}
