package io.virtwise.recommendation.workorder;

import java.util.List;
import java.util.Map;

/**
 * One kind of thing that a step does to a node: how it is told, and how each outlet
 * checks and does it. Values that came from a rule's text were matched against a narrow
 * pattern before ({@link CommandForms}), and are quoted all the same.
 */
public interface Action {

	/** When it has its turn. */
	Phase phase();

	/** What it does, in a few words that begin a line. */
	String title();

	/** The commands that a person would type, to show. */
	List<String> shownCommands();

	/** How a shell checks and does it. */
	Shell shell();

	/**
	 * The same as Ansible's tasks, each one module with its arguments and what goes
	 * beside it.
	 */
	List<Map<String, Object>> tasks();

	/** Which service should look again after it, blank for none. */
	default String touches() {
		return "libvirt";
	}

}
