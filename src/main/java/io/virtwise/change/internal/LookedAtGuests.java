package io.virtwise.change.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.virtwise.change.ChangeProgress;
import io.virtwise.change.ChangeProgress.DryRun;
import io.virtwise.change.ChangeProgress.DryRunCheck;
import io.virtwise.change.ChangeProgress.DryRunResult;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.PlannedNode;

import org.springframework.stereotype.Component;

/**
 * What the last dry run said of the guests of each node. Guests come and go, so what it
 * saw is good for a while only; where nobody looked, guests may break.
 */
@Component
class LookedAtGuests {

	private static final Duration GOOD_FOR = Duration.ofHours(1);

	private final ChangeProgress progress;

	private final Clock clock;

	LookedAtGuests(ChangeProgress progress, Clock clock) {
		this.progress = progress;
		this.clock = clock;
	}

	/** For each node whose CPU options change, whether its guests fit the new CPU. */
	Function<PlannedNode, Fate> of(ChangeRequest change) {
		Instant since = this.clock.instant().minus(GOOD_FOR);
		Map<String, DryRunResult> looked = this.progress.lastDryRun(change.id())
			.filter((run) -> run.at().isAfter(since))
			.map(DryRun::nodes)
			.orElse(Map.of());
		return (node) -> Optional.ofNullable(looked.get(node.nodeId()))
			.flatMap((result) -> result.checks().stream().filter((check) -> check.name().equals("guests")).findFirst())
			.map(LookedAtGuests::fate)
			.orElse((node.runningGuests() > 0) ? Fate.NOT_CHECKED : Fate.FIT);
	}

	private static Fate fate(DryRunCheck check) {
		return switch (check.outcome()) {
			case DryRunCheck.WOULD_WORK -> Fate.FIT;
			case DryRunCheck.WOULD_FAIL -> Fate.BREAK;
			default -> Fate.NOT_CHECKED;
		};
	}

	/**
	 * What a change does to the guests of a node.
	 */
	enum Fate {

		/** They find all that they use, or there are none. */
		FIT,
		/** Some would lose something. */
		BREAK,
		/** Nobody knows. */
		NOT_CHECKED

	}

}
