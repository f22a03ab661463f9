package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaRelease;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;

/**
 * The same facts, judged as if nova were of some release.
 *
 * @param release that release
 * @param assessment what the rules say then
 */
public record JudgedRelease(NovaRelease release, Assessment assessment) {

	/** Judges these facts for each of these releases. */
	static List<JudgedRelease> of(NodeFacts facts, List<NovaRelease> releases, Advisor advisor) {
		NovaRelease known = facts.release();
		// a full version tells more than its major, so it stays where it is the same
		List<NovaRelease> asked = releases.stream()
			.map((release) -> (known != null && known.major() == release.major()) ? known : release)
			.toList();
		List<Assessment> said = advisor.judge(asked.stream().map((release) -> as(facts, release)).toList());
		List<JudgedRelease> judged = new ArrayList<>();
		for (int at = 0; at < asked.size(); at++) {
			judged.add(new JudgedRelease(asked.get(at), said.get(at)));
		}
		return judged;
	}

	private static NodeFacts as(NodeFacts facts, NovaRelease release) {
		if (release.equals(facts.release())) {
			return facts;
		}
		Map<String, List<EvidenceLine>> seen = new TreeMap<>(facts.seen());
		seen.put("NodeFacts.release", List.of(new EvidenceLine("release preview", 0, release.displayName())));
		return new NodeFacts(facts.platform(), facts.cpuinfo(), facts.modules(), facts.devKvm(), facts.capabilities(),
				facts.domainCapabilities(), facts.novaConf(), release, facts.intent(), seen, facts.problems(),
				facts.host(), facts.options(), facts.logs());
	}

}
