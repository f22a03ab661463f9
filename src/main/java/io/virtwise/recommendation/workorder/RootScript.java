package io.virtwise.recommendation.workorder;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.virtwise.shared.ContentHash;

/**
 * Writes a work order as a POSIX shell script for root. Each step is written out with the
 * condition before and after it, so that who reads the script sees what it will do; the
 * functions come from {@link ShellParts}.
 */
final class RootScript {

	private static final String ORDER_LINE = "order=''\n";

	private final WorkOrder order;

	private final StringBuilder text = new StringBuilder();

	private RootScript(WorkOrder order) {
		this.order = order;
	}

	static String of(WorkOrder order) {
		RootScript script = new RootScript(order);
		script.head();
		if (order.steps().isEmpty()) {
			script.line("printf '%s\\n' 'Nothing is to be done on this node.'");
			return script.text.toString();
		}
		script.functions();
		order.steps().forEach(script::step);
		script.line("");
		script.line("summary");
		String whole = script.text.toString();
		String id = ContentHash.of(whole).sha256().substring(0, 12);
		return whole.replace(ORDER_LINE, "order=" + id + "\n");
	}

	private void head() {
		int count = this.order.steps().size();
		line("#!/bin/sh");
		line("# shellcheck disable=SC2016 # texts for people are shown as they are");
		line("# Work order for " + this.order.nodeWords() + ": "
				+ ((count == 1) ? "1 step." : (count == 0) ? "nothing to do." : count + " steps."));
		line("# " + Shell.shown(this.order.sentence()));
		line("# Made by Virtwise with rulebase revision " + this.order.rulebase().revision() + ".");
		if (count == 0) {
			return;
		}
		line("#");
		line("#   sh FILE --check    look only: says what is so already and what is to do; writes nothing");
		line("#   sh FILE            do the steps in order, as root; stops at the first that fails");
		line("#   sh FILE --from 3   begin at step 3");
		line("#");
		line("# Each step looks before it, whether it is so already, and after it, whether it worked. To run this again is safe,");
		line("# also after it was cut short. It ends with 0 when all is done, 1 when a step failed, 2 when it was called wrongly,");
		line("# 3 when something is left to do: after --check, or for a person before the script can go on.");
		line("#");
		this.order.steps()
			.forEach((step) -> line("#   " + step.number() + "  " + (step.manual() ? "MANUAL  " : "") + step.title()));
		line("");
		line("set -u");
		line("LC_ALL=C");
		line("export LC_ALL");
		line("PATH=${PATH:-/usr/bin:/bin}:/usr/sbin:/sbin");
		line("export PATH");
		line("");
		line("steps=" + count);
	}

	private void functions() {
		Set<String> parts = new LinkedHashSet<>(List.of("core"));
		for (WorkStep step : this.order.steps()) {
			parts.addAll(step.action().shell().parts());
			parts.addAll(step.manual() ? List.of() : List.of("work"));
			parts.addAll(service(step).isEmpty() ? List.of() : List.of("touches"));
			parts.addAll((step.only() == Only.ANYWHERE) ? List.of() : List.of("vendor"));
		}
		if (this.order.steps().stream().anyMatch((step) -> step.action() instanceof Restart)) {
			this.text.append(ORDER_LINE);
		}
		if (this.order.steps().stream().anyMatch((step) -> step.action().phase() == Phase.NOVA_CONF)) {
			line("conf=" + Shell.word(this.order.place().novaConf()));
		}
		if (parts.contains("drop-in")) {
			line("drop_in=" + Shell.word(this.order.place().dropInFile()));
			line("drop_in_text() {");
			line("\tcat <<'END_OF_DROP_IN'");
			this.text.append(Snippet.of(this.order));
			line("END_OF_DROP_IN");
			line("}");
		}
		this.text.append('\n').append(ShellParts.of(parts));
	}

	private void step(WorkStep step) {
		Shell shell = step.action().shell();
		line("");
		line("begin " + step.number() + " " + Shell.word((step.manual() ? "MANUAL  " : "") + step.title())
				+ (step.rules().isEmpty() ? "" : " " + Shell.word(String.join(" ", step.rules()))));
		line("if due; then");
		if (step.manual()) {
			byPerson(step, shell);
		}
		else {
			String branch = "if";
			if (step.only() != Only.ANYWHERE) {
				line("\tif ! vendor_is " + step.only().vendor() + "; then");
				line("\t\tnot_here 'this processor is of another maker'");
				branch = "elif";
			}
			line("\t" + branch + " " + shell.before() + "; then");
			line("\t\talready");
			String service = service(step);
			line("\telif will_do" + " " + (service.isEmpty() ? "''" : Shell.word(service)) + "; then");
			shell.commands().forEach((command) -> line("\t\t" + command));
			String why = shell.whyNot().contains("$")
					? "\"" + shell.whyNot().replace("\\\"", "'").replace("\"", "'") + "\"" : Shell.word(shell.whyNot());
			line(simple(shell.after()) ? "\t\t" + shell.after() + " || failed " + why
					: "\t\tif ! { " + shell.after() + "; }; then\n\t\t\tfailed " + why + "\n\t\tfi");
			line("\t\tdid");
			line("\tfi");
		}
		line("fi");
	}

	private void byPerson(WorkStep step, Shell shell) {
		String title = Shell.word(step.title());
		if (!step.stops()) {
			shell.commands().forEach((command) -> line("\t" + command));
			line("\tby_hand " + title);
			return;
		}
		line("\tif " + shell.before() + "; then");
		line("\t\talready");
		line("\telse");
		shell.commands().forEach((command) -> line("\t\t" + command));
		line("\t\tstop_here " + title);
		line("\tfi");
	}

	/** The service that must look again, where this order restarts it. */
	private String service(WorkStep step) {
		String service = step.action().touches();
		boolean restarted = this.order.steps()
			.stream()
			.anyMatch((other) -> other.action() instanceof Restart restart && restart.service().equals(service));
		return restarted ? service : "";
	}

	private static boolean simple(String condition) {
		return !condition.startsWith("!") && !condition.contains(" && ");
	}

	private void line(String line) {
		this.text.append(line).append('\n');
	}

}
