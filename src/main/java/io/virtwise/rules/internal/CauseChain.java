package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Map;

import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Cause;
import io.virtwise.rules.internal.ConclusionCollector.Reached;
import io.virtwise.rules.language.Conclusion;
import io.virtwise.rules.language.Topic;

/**
 * Follows what a rule rests on, from conclusion to conclusion, down to the evidence.
 */
final class CauseChain {

	private static final Comparator<Conclusion> BY_TOPIC = Comparator.comparing(Conclusion::topic)
		.thenComparing(Conclusion::answer);

	private static final Comparator<Reached> BY_RULE = Comparator.comparing((Reached way) -> way.trace().rule().id())
		.thenComparing(Reached::sentence);

	private final Map<Conclusion, List<Reached>> ways = new TreeMap<>(BY_TOPIC);

	CauseChain(List<Reached> all) {
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

	/** The chain below this firing, nearest first. */
	List<Cause> below(Trace trace) {
		return down(trace).stream()
			.map((way) -> new Cause(way.trace().rule().id(), way.sentence(), from(way.trace())))
			.distinct()
			.toList();
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
