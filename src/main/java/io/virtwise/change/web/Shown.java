package io.virtwise.change.web;

/**
 * Which part of a change its page shows.
 *
 * @param state only nodes of this state are listed, empty for all
 * @param page the page of the list of nodes, from 0
 * @param diff the id of the node whose own diff is shown, empty for those of all
 * @param diffs the page of the diffs, from 0
 */
record Shown(String state, int page, String diff, int diffs) {

	/** What is shown to who asks for nothing else. */
	static final Shown FIRST = new Shown("", 0, "", 0);

	Shown {
		page = Math.max(0, page);
		diffs = Math.max(0, diffs);
	}

}
