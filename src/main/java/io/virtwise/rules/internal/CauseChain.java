package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
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

	private static final Comparator<Conclusion> BY_TOPIC = Comparator.comparing(Conclusion::topic)
		.thenComparing(Conclusion::answer);

	private static final Comparator<Reached> BY_RULE = Comparator.comparing((Reached way) -> way.trace().rule().id())
		.thenComparing(Reached::sentence);

	/** Answers that stand in the way of guests. */
	private static final Set<Answer> AGAINST = EnumSet.of(Answer.NO, Answer.ABSENT, Answer.MISSING, Answer.UNUSABLE,
			Answer.INVALID, Answer.UNKNOWN);

	/** Answers that speak for KVM. */
	private static final Set<Answer> FOR = EnumSet.of(Answer.YES, Answer.LOADED, Answer.BUILT_IN, Answer.USABLE,
			Answer.KVM);

	private final Map<Conclusion, List<Reached>> ways = new TreeMap<>(BY_TOPIC);

	private final NodeFacts facts;

	private final Map<String, List<String>> unknown = new HashMap<>();

	CauseChain(List<Reached> all, NodeFacts facts) {
		this.facts = facts;
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
		List<Cause> chain = new ArrayList<>();
		chain.add(Cause.of(trace.rule().id(), said, sources(trace, against)));
		for (Reached way : down(trace)) {
			Cause link = Cause.of(way.trace().rule().id(), way.sentence(),
					sources(way.trace(), AGAINST.contains(way.conclusion().answer())));
			if (!chain.contains(link)) {
				chain.add(link);
			}
		}
		return chain;
	}

	/**
	 * One chain for two firings that say the same: links with the same words rest on the
	 * sources of both.
	 */
	static List<Cause> merge(List<Cause> one, List<Cause> other) {
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
		EvidenceLines lines = new EvidenceLines();
		lines.add(trace.evidence());
		down(trace).stream()
			.filter((way) -> way.conclusion().topic() != Topic.DRIVER)
			.forEach((way) -> lines.add(way.trace().evidence()));
		return lines.lines();
	}

	private List<Reached> down(Trace trace) {
		List<Reached> chain = new ArrayList<>();
		Set<Conclusion> done = new TreeSet<>(BY_TOPIC);
		Set<Conclusion> next = sorted(trace.conclusions());
		while (!next.isEmpty()) {
			done.addAll(next);
			Set<Conclusion> deeper = new TreeSet<>(BY_TOPIC);
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
		for (Conclusion conclusion : sorted(trace.conclusions())) {
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
			FactsBehind.told(looksAt(trace.rule()), this.facts)
				.forEach((fact) -> sources.put(fact, new Source(How.TOLD, fact)));
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
		return this.unknown.computeIfAbsent(rule.id(), (id) -> FactsBehind.unknown(looksAt(rule), this.facts));
	}

	private static List<String> looksAt(RuleHead rule) {
		return rule.mentions().stream().filter((field) -> !field.startsWith("Conclusion.")).toList();
	}

	private List<String> from(Trace trace) {
		Set<String> sources = new LinkedHashSet<>();
		for (Conclusion conclusion : sorted(trace.conclusions())) {
			this.ways.getOrDefault(conclusion, List.of()).forEach((way) -> sources.add(way.trace().rule().id()));
		}
		sources.addAll(trace.evidence());
		return List.copyOf(sources);
	}

	private static Set<Conclusion> sorted(Set<Conclusion> conclusions) {
		Set<Conclusion> sorted = new TreeSet<>(BY_TOPIC);
		sorted.addAll(conclusions);
		return sorted;
	}

}
