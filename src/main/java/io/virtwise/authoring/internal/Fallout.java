package io.virtwise.authoring.internal;

import java.time.Duration;
import java.util.Objects;

import io.virtwise.access.Person;
import io.virtwise.authoring.Draft;
import io.virtwise.authoring.Impact;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Sees to it that nobody asks for approval, or approves, without what the draft does to
 * the fleet being known as it is now.
 */
@Component
class Fallout {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ImpactRuns runs;

	private final ImpactTable table;

	Fallout(ImpactRuns runs, ImpactTable table) {
		this.runs = runs;
		this.table = table;
	}

	/**
	 * Works the impact out, unless it is known.
	 * @throws Refused if that takes too long, fails, or the rules fail on a node
	 */
	Impact know(Draft draft, Person person) {
		Impact impact = this.runs.settled(draft, person.id(), PATIENCE);
		if (impact.underway()) {
			throw Refused.conflict("impact-running", "The impact on " + impact.total()
					+ " nodes is still being worked out. Wait until it is done, and repeat this.");
		}
		if (impact.state() != Impact.State.DONE) {
			throw Refused.conflict("impact-unknown",
					"The impact on the fleet is not known: its run was " + impact.state().key() + ". Run it again.");
		}
		if (impact.broken() > 0) {
			throw Refused.conflict("fails-on-nodes",
					"The rules could not be run on " + impact.broken() + " nodes; the impact says which and why.");
		}
		return impact;
	}

	/**
	 * Checks that what the approver could read is how things are now.
	 * @throws Refused if the fleet moved on so that the impact is another one
	 */
	void checkSeen(Draft draft, Person person) {
		String seen = result(this.table.latest(draft.id()).orElse(null));
		Impact now = know(draft, person);
		if (seen == null || !Objects.equals(seen, now.result())) {
			throw Refused.conflict("impact-changed",
					"The fleet moved on, and the impact is another one than you could read: " + now.changed() + " of "
							+ now.total() + " nodes change. Read it again, then decide.");
		}
	}

	private static @Nullable String result(@Nullable Impact impact) {
		return (impact != null) ? impact.result() : null;
	}

}
