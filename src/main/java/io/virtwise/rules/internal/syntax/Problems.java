package io.virtwise.rules.internal.syntax;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.rules.RuleProblem;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what is wrong with one file.
 */
public final class Problems {

	/** Who sees so many has seen enough. */
	private static final int MOST = 200;

	private final String file;

	private final List<RuleProblem> all = new ArrayList<>();

	public Problems(String file) {
		this.file = file;
	}

	/** The file that they are of. */
	public String file() {
		return this.file;
	}

	/** A mistake at this place. */
	public void error(Place place, String message) {
		error(place, message, null);
	}

	/** A mistake at this place, with what to write instead. */
	public void error(Place place, String message, @Nullable String suggestion) {
		add(RuleProblem.error(this.file, place.line(), place.column(), message).suggesting(suggestion));
	}

	/** A mistake that the reader of a part found. */
	public void error(NotAllowed found) {
		error(found.place(), found.says(), found.suggestion());
	}

	/** Something that is allowed and looks wrong. */
	public void warning(Place place, String message) {
		add(RuleProblem.warning(this.file, place.line(), place.column(), message));
	}

	/** All of them, in the order in which they were found. */
	public List<RuleProblem> all() {
		return List.copyOf(this.all);
	}

	/** How many there are. */
	public int count() {
		return this.all.size();
	}

	private void add(RuleProblem problem) {
		if (this.all.size() < MOST && !this.all.contains(problem)) {
			this.all.add(problem);
		}
	}

}
