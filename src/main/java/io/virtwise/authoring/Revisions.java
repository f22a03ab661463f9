package io.virtwise.authoring;

import java.util.List;

import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;

/**
 * The revisions of the rulebase. All of it can be read by whoever may see rules.
 */
public interface Revisions {

	/** The revision in force. */
	Revision active();

	/**
	 * One page of all revisions, newest first unless asked otherwise, without their
	 * files.
	 */
	Slice<Revision> list(SliceRequest request);

	/**
	 * A revision by its number.
	 * @throws io.virtwise.shared.Refused if there is none
	 */
	Revision get(int number);

	/**
	 * The text of a file of a revision.
	 * @throws io.virtwise.shared.Refused if there is no such revision or file
	 */
	String text(int number, String path);

	/** All files of a revision as a zip archive. */
	byte[] zip(int number);

	/** What differs from one revision to another. */
	RulebaseDiff diff(int from, int to);

	/** For each rule of a revision, where its text comes from; by file and line. */
	List<Blame> blame(int number);

}
