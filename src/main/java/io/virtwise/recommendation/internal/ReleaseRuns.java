package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaRelease;
import io.virtwise.recommendation.ReleaseRanges;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment.ReleaseRange;

import org.springframework.stereotype.Component;

/**
 * Runs the rules on the same facts for one nova release after the other.
 */
@Component
public class ReleaseRuns implements ReleaseRanges {

	private final Advisor advisor;

	ReleaseRuns(Advisor advisor) {
		this.advisor = advisor;
	}

	/** These facts from one release on to the newest. */
	public ReleasePreview preview(NodeFacts facts, NovaRelease from) {
		List<NovaRelease> releases = NovaRelease.all()
			.stream()
			.filter((release) -> release.atLeast(from.major()))
			.map((release) -> (release.major() == from.major()) ? from : release)
			.toList();
		return new ReleasePreview(JudgedRelease.of(facts, releases, this.advisor), facts);
	}

	@Override
	public List<ReleaseRange> of(NodeFacts facts) {
		if (facts.release() != null) {
			return List.of();
		}
		List<ReleasePreview.Stretch> stretches = preview(facts, NovaRelease.all().get(0)).timeline();
		List<List<Said>> said = stretches.stream().map((each) -> Said.of(each.first().assessment())).toList();
		Set<Said> common = new HashSet<>(said.get(0));
		said.forEach(common::retainAll);
		List<ReleaseRange> ranges = new ArrayList<>();
		for (int at = 0; at < stretches.size(); at++) {
			JudgedRelease first = stretches.get(at).first();
			ranges.add(new ReleaseRange(first.release(), stretches.get(at).last().release(),
					first.assessment().verdict(), first.assessment().nova(),
					said.get(at).stream().filter((each) -> !common.contains(each)).map(Said::sentence).toList()));
		}
		return ranges;
	}

}
