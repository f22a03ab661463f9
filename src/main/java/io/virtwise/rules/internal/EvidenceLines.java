package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers lines of evidence, one for each line of the source. A long line is shortened
 * around what was looked for, so the same line can come in two forms; the one that is cut
 * before its end shows something that was found, and stays. To be used many times in a
 * run.
 */
final class EvidenceLines {

	private final List<ShownLine> gathered = new ArrayList<>();

	/** For each place where its line stands, counted from 1, and since which round. */
	private int[] positions = new int[32];

	private int[] rounds = new int[32];

	private int round;

	/** Begins anew. */
	EvidenceLines begin() {
		this.gathered.clear();
		this.round++;
		return this;
	}

	void add(List<ShownLine> lines) {
		for (int at = 0; at < lines.size(); at++) {
			add(lines.get(at));
		}
	}

	private void add(ShownLine line) {
		int place = line.place();
		if (place >= this.rounds.length) {
			this.rounds = Arrays.copyOf(this.rounds, place * 2);
			this.positions = Arrays.copyOf(this.positions, place * 2);
		}
		if (this.rounds[place] != this.round) {
			this.rounds[place] = this.round;
			this.positions[place] = this.gathered.size();
			this.gathered.add(line);
		}
		else if (!this.gathered.get(this.positions[place]).cutInside()) {
			this.gathered.set(this.positions[place], line);
		}
	}

	List<ShownLine> lines() {
		return List.copyOf(this.gathered);
	}

}
