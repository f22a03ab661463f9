package io.virtwise.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What is documented, row by row, and which rules carry it.
 *
 * @param parts the sources, each with its outline
 * @param errata where sources err or disagree, and what we follow
 */
public record KnowledgeIndex(List<Part> parts, List<Erratum> errata) {

	public KnowledgeIndex {
		parts = List.copyOf(parts);
		errata = List.copyOf(errata);
	}

	/** All rows, in the order of their sources. */
	public Stream<Row> rows() {
		return this.parts.stream().flatMap((part) -> part.passages().stream()).flatMap((one) -> one.rows().stream());
	}

	/** The row of this id, if there is one. */
	public Optional<Row> row(String id) {
		return rows().filter((row) -> row.id().equals(id)).findFirst();
	}

	/**
	 * A source, or a group of sources of one kind.
	 *
	 * @param key names it in addresses
	 * @param title what it is called
	 * @param about what it is
	 * @param passages its outline
	 */
	public record Part(String key, String title, String about, List<Passage> passages) {

		public Part {
			passages = List.copyOf(passages);
		}

	}

	/**
	 * A passage of a source.
	 *
	 * @param section its number there, or our own for sources without numbers
	 * @param title its title
	 * @param rows what it says
	 */
	public record Passage(String section, String title, List<Row> rows) {

		public Passage {
			rows = List.copyOf(rows);
		}

	}

	/**
	 * One documented statement.
	 *
	 * @param id its row in the decision table
	 * @param says the statement, retold
	 * @param source where it is documented
	 * @param rules ids of the rules that carry it, its own first
	 * @param reason why it cannot be a rule; {@code null} where it is one
	 */
	public record Row(String id, String says, String source, List<String> rules, @Nullable String reason) {

		public Row {
			rules = List.copyOf(rules);
		}

	}

	/**
	 * A place where a source errs, or where sources disagree.
	 *
	 * @param id names it
	 * @param title what it is about
	 * @param passages the passages of the founding chapter that it touches
	 * @param claims what each source says
	 * @param follows what we follow
	 * @param because why
	 * @param rules ids of the rules that act on it
	 */
	public record Erratum(String id, String title, List<String> passages, List<Claim> claims, String follows,
			String because, List<String> rules) {

		public Erratum {
			passages = List.copyOf(passages);
			claims = List.copyOf(claims);
			rules = List.copyOf(rules);
		}

	}

	/**
	 * What a source says.
	 *
	 * @param source the source
	 * @param says its statement, retold
	 */
	public record Claim(String source, String says) {
	}

}
