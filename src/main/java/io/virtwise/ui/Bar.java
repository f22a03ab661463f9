package io.virtwise.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Shares of a whole as a bar drawn on the server, for {@code ui/bar :: bar}. The drawing
 * is 100 wide.
 *
 * @param label what the bar says, in words and numbers
 * @param pieces from left to right
 */
public record Bar(String label, List<Piece> pieces) {

	private static final double GAP = 0.5;

	public Bar {
		pieces = List.copyOf(pieces);
	}

	/**
	 * Lays out the parts that are more than zero.
	 * @param subject what is counted, begins the label
	 * @param parts in their order
	 */
	public static Bar of(String subject, List<Part> parts) {
		long total = parts.stream().mapToLong(Part::count).sum();
		List<Piece> pieces = new ArrayList<>();
		double x = 0;
		for (Part part : parts) {
			if (part.count() > 0) {
				double width = 100.0 * part.count() / total;
				pieces.add(new Piece(part.tone(), number(x), number(Math.max(width - GAP, width / 2))));
				x += width;
			}
		}
		return new Bar(subject + ": "
				+ parts.stream()
					.map((part) -> part.count() + " " + part.word().toLowerCase(Locale.ROOT))
					.collect(Collectors.joining(", ")),
				pieces);
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, "%.2f", value);
	}

	/**
	 * A count with its word and tone.
	 *
	 * @param tone the tone's name without its prefix
	 * @param word what is counted
	 * @param count how many
	 */
	public record Part(String tone, String word, long count) {
	}

	/**
	 * A piece of the drawing.
	 *
	 * @param tone the tone's name without its prefix
	 * @param x where it begins, of 100
	 * @param width how wide it is, of 100
	 */
	public record Piece(String tone, String x, String width) {
	}

}
