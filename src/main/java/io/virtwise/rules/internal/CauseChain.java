package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Cause;
import io.virtwise.rules.Assessment.How;
import io.virtwise.rules.Assessment.Source;
import io.virtwise.rules.internal.ConclusionCollector.Reached;
import io.virtwise.rules.language.Answer;
import io.virtwise.rules.language.Conclusion;
import io.virtwise.rules.language.Topic;

/**
 * Follows what a rule rests on, from conclusion to conclusion, down to the evidence, or
 * to the fact that nobody knows.
 */
final class CauseChain {

	private static final Comparator<Reached> BY_RULE = Comparator.comparing((Reached way) -> way.trace().rule().id())
		.thenComparing(Reached::sentence);

	/** Answers that stand in the way of guests. */
	private static final Set<Answer> AGAINST = EnumSet.of(Answer.NO, Answer.ABSENT, Answer.MISSING, Answer.UNUSABLE,
			Answer.INVALID, Answer.UNKNOWN);

	/** Answers that speak for KVM. */
	private static final Set<Answer> FOR = EnumSet.of(Answer.YES, Answer.LOADED, Answer.BUILT_IN, Answer.USABLE,
			Answer.KVM);

	private final Map<Conclusion, List<Reached>> ways = new TreeMap<>(Trace.BY_TOPIC);

	private final boolean explained;

	private final FactsBehind facts;

	private final Map<String, List<String>> unknown = new HashMap<>();

	private final Map<String, String> places = new HashMap<>();

	/** What is below these conclusions; many rules ask for the same. */
	private final Map<List<Conclusion>, List<Reached>> below = new HashMap<>();

	/** The links that are below others, each made once. */
	private final IdentityHashMap<Reached, Cause> links = new IdentityHashMap<>();

	/**
	 * @param explained whether anybody asks for chains and evidence; without them only
	 * the conclusions are known
	 */
	CauseChain(List<Reached> all, NodeFacts facts, boolean explained) {
		this.explained = explained;
		this.facts = new FactsBehind(facts);
		for (Reached way : all) {
			this.ways.computeIfAbsent(way.conclusion(), (key) -> new ArrayList<>()).add(way);
		}
		this.ways.values().forEach((some) -> some.sort(BY_RULE));
	}

	/** All conclusions on the way, by rule. */
	List<Assessment.Conclusion> conclusions() {
		return this.ways.values()
			.stream()
			.flatMap(List::stream)
			.sorted(BY_RULE)
			.map((way) -> new Assessment.Conclusion(way.trace().rule().id(), way.conclusion().topic().name(),
					way.conclusion().answer().name(), way.sentence(), from(way.trace())))
			.distinct()
			.toList();
	}

	/**
	 * The whole chain of this firing, its own link first, then what is below, nearest
	 * first.
	 * @param said what the rule says
	 * @param against whether that is bad news, so that what speaks for the contrary is
	 * outweighed
	 */
	List<Cause> of(Trace trace, String said, boolean against) {
		if (!this.explained) {
			return List.of();
		}
		Set<Cause> chain = new LinkedHashSet<>();
		chain.add(Cause.of(trace.rule().id(), said, sources(trace, against)));
		down(trace).forEach((way) -> chain.add(this.links.computeIfAbsent(way, this::link)));
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
		if (!this.explained) {
			return List.of();
		}
		EvidenceLines lines = new EvidenceLines(this.places);
		lines.add(trace.evidence());
		for (Reached way : down(trace)) {
			if (way.conclusion().topic() != Topic.DRIVER) {
				lines.add(way.trace().evidence());
			}
		}
		return lines.lines();
	}

	private List<Reached> down(Trace trace) {
		return this.below.computeIfAbsent(trace.conclusions(), this::below);
	}

	private List<Reached> below(List<Conclusion> conclusions) {
		List<Reached> chain = new ArrayList<>();
		Set<Conclusion> done = new HashSet<>();
		Collection<Conclusion> next = conclusions;
		while (!next.isEmpty()) {
			done.addAll(next);
			Set<Conclusion> deeper = new TreeSet<>(Trace.BY_TOPIC);
			for (Conclusion conclusion : next) {
				for (Reached way : this.ways.getOrDefault(conclusion, List.of())) {
					chain.add(way);
					deeper.addAll(way.trace().conclusions());
				}
			}
			deeper.removeAll(done);
			next = deeper;
		}
		return chain;
	}

	private List<Source> sources(Trace trace, boolean against) {
		List<Conclusion> leading = new ArrayList<>();
		List<Conclusion> outweighed = new ArrayList<>();
		for (Conclusion conclusion : trace.conclusions()) {
			boolean contrary = against && FOR.contains(conclusion.answer()) && conclusion.topic() != Topic.DRIVER;
			(contrary ? outweighed : leading).add(conclusion);
		}
		Map<String, Source> sources = new LinkedHashMap<>();
		if (leading.isEmpty() && trace.evidence().isEmpty()) {
			leading.addAll(outweighed);
			outweighed.clear();
		}
		leading.sort(Comparator.comparing(CauseChain::weight));
		leading.forEach((conclusion) -> add(sources, conclusion, sources.isEmpty() ? How.BECAUSE : How.AND));
		trace.evidence().forEach((line) -> sources.putIfAbsent(line, new Source(How.SEEN, line)));
		unknown(trace.rule()).forEach((fact) -> sources.putIfAbsent(fact, new Source(How.UNKNOWN, fact)));
		outweighed.forEach((conclusion) -> add(sources, conclusion, How.ALTHOUGH));
		if (sources.isEmpty()) {
			this.facts.told(trace.rule().mentions()).forEach((fact) -> sources.put(fact, new Source(How.TOLD, fact)));
		}
		return List.copyOf(sources.values());
	}

	/** What is known tells more than what is not, and that more than the driver. */
	private static int weight(Conclusion conclusion) {
		return (conclusion.topic() == Topic.DRIVER) ? 2 : (conclusion.answer() == Answer.UNKNOWN) ? 1 : 0;
	}

	/** The rules that came to this conclusion, each by itself. */
	private void add(Map<String, Source> sources, Conclusion conclusion, How how) {
		How now = how;
		for (Reached way : this.ways.getOrDefault(conclusion, List.of())) {
			String rule = way.trace().rule().id();
			if (sources.putIfAbsent(rule, new Source(now, rule)) == null) {
				now = How.CONFIRMED;
			}
		}
	}

	private List<String> unknown(RuleHead rule) {
		return this.unknown.computeIfAbsent(rule.id(), (id) -> this.facts.unknown(rule.mentions()));
	}

	private List<String> from(Trace trace) {
		Set<String> sources = new LinkedHashSet<>();
		for (Conclusion conclusion : trace.conclusions()) {
			this.ways.getOrDefault(conclusion, List.of()).forEach((way) -> sources.add(way.trace().rule().id()));
		}
		sources.addAll(trace.evidence());
		return List.copyOf(sources);
	}

}
