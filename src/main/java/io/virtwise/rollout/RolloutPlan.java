package io.virtwise.rollout;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;

/**
 * How a change is carried out: in which waves, how many nodes may fail before everything
 * stops, how many are written at the same time, and when. It says nothing about what is
 * written, so it is no part of what is approved, and whoever starts the change may edit
 * it until then.
 *
 * @param waves how far each wave reaches
 * @param budget how many nodes may go wrong; one more stops everything
 * @param atOnce how many nodes are written at the same time, over all portals
 * @param window when nodes may be begun, {@code null} for always
 */
public record RolloutPlan(List<Wave> waves, Share budget, int atOnce, @Nullable TimeWindow window) {

	/** One node first, a tenth, half, all. */
	public static final RolloutPlan DEFAULT = new RolloutPlan(List.of(new Wave(Share.nodes(1), 100),
			new Wave(Share.percent(10), 90), new Wave(Share.percent(50), 90), new Wave(Share.percent(100), 90)),
			Share.percent(5), 10, null);

	/** More waves than anybody watches. */
	public static final int MAX_WAVES = 12;

	/** More nodes at once than a database and a person can follow. */
	public static final int MAX_AT_ONCE = 100;

	public RolloutPlan {
		waves = List.copyOf(waves);
	}

	/**
	 * This plan, if it makes sense for so many nodes.
	 * @throws Refused naming each field at fault
	 */
	public RolloutPlan checked(int nodes) {
		List<FieldFault> faults = new ArrayList<>();
		if (this.waves.isEmpty() || this.waves.size() > MAX_WAVES) {
			faults.add(new FieldFault("waves", "must be 1 to " + MAX_WAVES + " waves, as 1, 10%, 50%, 100%"));
		}
		int reached = 0;
		for (int i = 0; i < this.waves.size(); i++) {
			Wave wave = this.waves.get(i);
			int upTo = wave.upTo().of(nodes);
			if (wave.threshold() < 0 || wave.threshold() > 100) {
				faults.add(new FieldFault("waves[" + i + "].threshold", "must be 0 to 100 per cent"));
			}
			if (wave.upTo().value() == 0 || upTo < reached) {
				faults.add(new FieldFault("waves[" + i + "].upTo",
						"must reach further than the wave before; each says up to how many nodes, those of earlier"
								+ " waves included"));
			}
			reached = upTo;
		}
		if (!this.waves.isEmpty() && reached < nodes) {
			faults.add(new FieldFault("waves", "end at " + reached + " of " + nodes
					+ " nodes; let the last wave reach 100%, as 1, 10%, 50%, 100%"));
		}
		if (this.atOnce < 1 || this.atOnce > MAX_AT_ONCE) {
			faults.add(new FieldFault("atOnce", "must be 1 to " + MAX_AT_ONCE + " nodes"));
		}
		if (!faults.isEmpty()) {
			throw Refused.invalid(faults);
		}
		return this;
	}

	/** How many nodes may go wrong of so many. */
	public int allowedFailures(int nodes) {
		return this.budget.of(nodes);
	}

	/** Where each wave ends among so many nodes; waves without a node are left out. */
	public List<Reach> cut(int nodes) {
		List<Reach> cut = new ArrayList<>();
		int from = 0;
		for (Wave wave : this.waves) {
			int to = wave.upTo().of(nodes);
			if (to > from) {
				cut.add(new Reach(cut.size() + 1, from, to, wave.threshold()));
				from = to;
			}
		}
		return cut;
	}

	/** The plan in a line, for the history. */
	public String inWords() {
		String steps = String.join(", ",
				this.waves.stream()
					.map((wave) -> "up to " + wave.upTo() + " (" + wave.threshold() + " % must succeed)")
					.toList());
		return "waves " + steps + "; at most " + this.budget + " may fail; " + this.atOnce + " at once; "
				+ ((this.window != null) ? this.window : "at any time");
	}

	/**
	 * One wave.
	 *
	 * @param upTo up to how many nodes it reaches, those of earlier waves included
	 * @param threshold how many per cent of its own nodes must succeed for the next one
	 */
	public record Wave(Share upTo, int threshold) {
	}

	/**
	 * The nodes of a wave, by their turn.
	 *
	 * @param number from 1
	 * @param from the first one's turn, from 0
	 * @param to the turn after the last one's
	 * @param threshold how many per cent must succeed
	 */
	public record Reach(int number, int from, int to, int threshold) {
	}

}
