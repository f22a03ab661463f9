package io.virtwise.recommendation.workorder;

import java.util.List;

/**
 * One step of a work order.
 *
 * @param number from 1, in the order in which the steps are done
 * @param action what it does
 * @param only on which processors
 * @param rules the rules that ask for it
 */
public record WorkStep(int number, Action action, Only only, List<String> rules) {

	public WorkStep {
		rules = List.copyOf(rules);
	}

	/** What it does, in a few words. */
	public String title() {
		return Shell.shown(this.action.title() + switch (this.only) {
			case ANYWHERE -> "";
			case INTEL -> ", on Intel";
			case AMD -> ", on AMD";
		});
	}

	/** Whether a person must do it. */
	public boolean manual() {
		return this.action instanceof ByPerson;
	}

	/** Whether nothing may follow before it is done. */
	public boolean stops() {
		return this.action instanceof ByPerson person && person.gate() != null;
	}

	/** What the person must do, line by line. */
	public List<String> lines() {
		return (this.action instanceof ByPerson person) ? person.lines().stream().map(Shell::shown).toList()
				: List.of();
	}

	/** Whether it puts lines into nova.conf. */
	public boolean settings() {
		return this.action.phase() == Phase.NOVA_CONF && !manual();
	}

	/** The commands that somebody would type, or the lines that nova.conf gets. */
	public List<String> commands() {
		return this.action.shownCommands();
	}

}
