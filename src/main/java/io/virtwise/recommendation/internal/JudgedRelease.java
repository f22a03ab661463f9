package io.virtwise.recommendation.internal;

import java.util.Map;
import java.util.TreeMap;
import java.util.List;

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

	/** Judges these facts for that release. */
	static JudgedRelease of(NodeFacts facts, NovaRelease release, Advisor advisor) {
		NovaRelease known = facts.release();
		// a full version tells more than its major, so it stays where it is the same
		NovaRelease asked = (known != null && known.major() == release.major()) ? known : release;
		return new JudgedRelease(asked, advisor.judge(as(facts, asked)));
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
