package io.virtwise.rollout;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many nodes, or so many per cent of all nodes.
 *
 * @param value how many
 * @param percent whether per cent
 */
public record Share(int value, boolean percent) {

	private static final Pattern FORM = Pattern.compile("(\\d{1,5})\\s*(%?)");

	/** So many nodes. */
	public static Share nodes(int count) {
		return new Share(count, false);
	}

	/** So many per cent of all nodes. */
	public static Share percent(int percent) {
		return new Share(percent, true);
	}

	/** Reads {@code 3} or {@code 10%}; empty if it is neither. */
	public static Optional<Share> parse(String text) {
		Matcher form = FORM.matcher(text.strip());
		if (!form.matches()) {
			return Optional.empty();
		}
		Share share = new Share(Integer.parseInt(form.group(1)), !form.group(2).isEmpty());
		return (share.percent && share.value > 100) ? Optional.empty() : Optional.of(share);
	}

	/** How many nodes of so many this is; a part of a node counts as one. */
	public int of(int total) {
		return this.percent ? (int) ((total * (long) this.value + 99) / 100) : Math.min(this.value, total);
	}

	@Override
	public String toString() {
		return this.value + (this.percent ? "%" : "");
	}

}
