package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaRelease;

/**
 * What becomes of a node when nova is upgraded: its facts judged for the present release
 * and for every later one.
 *
 * @param judged the present release first, then every later one in order
 * @param facts the facts of the node
 */
public record ReleasePreview(List<JudgedRelease> judged, NodeFacts facts) {

	public ReleasePreview {
		judged = List.copyOf(judged);
	}

	/** The release that the others are compared with. */
	public JudgedRelease from() {
		return this.judged.get(0);
	}

	/** The facts judged for this release. */
	public JudgedRelease at(NovaRelease release) {
		return this.judged.stream()
			.filter((each) -> each.release().major() == release.major())
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(release + " is not part of this preview"));
	}

	/** What differs between the first release and this one. */
	public ReleaseDifference difference(NovaRelease to) {
		return ReleaseDifference.of(from().assessment(), at(to).assessment());
	}

	/** What of nova.conf that release does not read. */
	public List<IgnoredOption> ignored(NovaRelease to) {
		return IgnoredOption.of(this.facts, from().release(), at(to).release());
	}

	/** The values of nova.conf. */
	public OptionValues options() {
		return OptionValues.of(this.facts);
	}

	/** Releases in a row for which the rules say the same, with what is new in each. */
	public List<Stretch> timeline() {
		List<Stretch> stretches = new ArrayList<>();
		for (JudgedRelease each : this.judged) {
			Stretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
			ReleaseDifference difference = (last == null) ? new ReleaseDifference(List.of())
					: ReleaseDifference.of(last.last().assessment(), each.assessment());
			if (last != null && difference.isEmpty()) {
				stretches.set(stretches.size() - 1, new Stretch(last.first(), each, last.difference()));
			}
			else {
				stretches.add(new Stretch(each, each, difference));
			}
		}
		return stretches;
	}

	/**
	 * Releases in a row for which the rules say the same.
	 *
	 * @param first the first of them
	 * @param last the last of them
	 * @param difference to the release before
	 */
	public record Stretch(JudgedRelease first, JudgedRelease last, ReleaseDifference difference) {
	}

}
