package io.virtwise.facts.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Looks for many phrases in a text at once, in one pass whatever their number, and
 * without regard to case (the automaton of Aho and Corasick).
 */
final class Phrases {

	private static final int LETTERS = 128;

	/** For each state and letter the next state. */
	private final int[][] next;

	/** For each state the phrases that end in it; {@code null} for none. */
	private final BitSet[] ending;

	/**
	 * @param phrases lower case and ASCII only
	 */
	Phrases(List<String> phrases) {
		List<int[]> rows = new ArrayList<>(List.of(row()));
		List<BitSet> ends = new ArrayList<>(List.of(new BitSet()));
		for (int phrase = 0; phrase < phrases.size(); phrase++) {
			int state = 0;
			for (char letter : phrases.get(phrase).toCharArray()) {
				int[] row = rows.get(state);
				if (row[letter] < 0) {
					row[letter] = rows.size();
					rows.add(row());
					ends.add(new BitSet());
				}
				state = row[letter];
			}
			ends.get(state).set(phrase);
		}
		this.next = rows.toArray(int[][]::new);
		fallBack(ends);
		this.ending = ends.stream().map((end) -> end.isEmpty() ? null : end).toArray(BitSet[]::new);
	}

	private static int[] row() {
		int[] row = new int[LETTERS];
		Arrays.fill(row, -1);
		return row;
	}

	/** Where a phrase breaks off, another may already have begun. */
	private void fallBack(List<BitSet> ends) {
		int[] shorter = new int[this.next.length];
		Deque<Integer> open = new ArrayDeque<>(List.of(0));
		while (!open.isEmpty()) {
			int state = open.remove();
			int[] row = this.next[state];
			ends.get(state).or(ends.get(shorter[state]));
			for (int letter = 0; letter < LETTERS; letter++) {
				int other = (state == 0) ? 0 : this.next[shorter[state]][letter];
				if (row[letter] < 0) {
					row[letter] = other;
				}
				else {
					shorter[row[letter]] = other;
					open.add(row[letter]);
				}
			}
		}
	}

	/** The numbers of the phrases that are in the text. */
	BitSet in(String text) {
		BitSet found = new BitSet();
		int state = 0;
		for (int at = 0; at < text.length(); at++) {
			char letter = text.charAt(at);
			if (letter >= LETTERS) {
				state = 0;
				continue;
			}
			state = this.next[state][(letter >= 'A' && letter <= 'Z') ? letter + ('a' - 'A') : letter];
			BitSet ended = this.ending[state];
			if (ended != null) {
				found.or(ended);
			}
		}
		return found;
	}

}
