package io.virtwise.recommendation.workorder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a work order as an Ansible play, with modules of ansible-core only. A second run
 * changes nothing.
 */
final class AnsiblePlay {

	private final WorkOrder order;

	private final List<Map<String, Object>> tasks = new ArrayList<>();

	private final List<Map<String, Object>> handlers = new ArrayList<>();

	private AnsiblePlay(WorkOrder order) {
		this.order = order;
	}

	static String of(WorkOrder order) {
		return new AnsiblePlay(order).write();
	}

	private String write() {
		for (WorkStep step : this.order.steps()) {
			if (step.action() instanceof Restart restart) {
				this.handlers.add(restart.handlerTask());
			}
		}
		this.order.steps().forEach(this::add);
		Map<String, Object> play = new LinkedHashMap<>();
		play.put("name", "Work order for " + this.order.nodeWords());
		play.put("hosts", hosts());
		play.put("become", true);
		play.put("gather_facts", true);
		if (this.handlers.stream().anyMatch((handler) -> ("Restart " + Restart.LIBVIRT).equals(handler.get("name")))) {
			this.tasks.add(0, services());
		}
		play.put("tasks", this.tasks);
		if (!this.handlers.isEmpty()) {
			play.put("handlers", this.handlers);
		}
		return head() + new Yaml(true).list(List.of(play));
	}

	private static Map<String, Object> services() {
		return Tasks.task("Look which services there are", "service_facts", Map.of());
	}

	private String head() {
		return "# Work order for " + this.order.nodeWords() + ", made by Virtwise with rulebase revision "
				+ this.order.rulebase().revision() + ".\n# " + Shell.shown(this.order.sentence())
				+ "\n# ansible-playbook --check --diff shows what it would do.\n";
	}

	/** A name that is a pattern for several hosts is not taken for one host. */
	private String hosts() {
		String node = this.order.place().node();
		return (node != null && node.matches("[A-Za-z0-9][A-Za-z0-9._-]*") && !node.equals("all")) ? node : "compute";
	}

	private void add(WorkStep step) {
		if (step.action() instanceof Restart restart) {
			if (restart.asked()) {
				this.tasks.add(note(restart));
			}
			return;
		}
		String handler = handler(step);
		for (Map<String, Object> task : step.action().tasks()) {
			Map<String, Object> written = new LinkedHashMap<>(task);
			if (step.only() != Only.ANYWHERE) {
				written.put("when",
						List.of("'" + step.only().vendor() + "' in (ansible_facts['processor'] | default([]))"));
			}
			boolean looks = Boolean.FALSE.equals(written.get("changed_when")) || task.keySet()
				.stream()
				.anyMatch((key) -> key.endsWith(".debug") || key.endsWith(".assert") || key.endsWith(".stat"));
			if (!handler.isEmpty() && !looks) {
				written.put("notify", handler);
			}
			this.tasks.add(written);
		}
	}

	/**
	 * A file that is made once lets a restart happen once, also where nothing else
	 * changed.
	 */
	private static Map<String, Object> note(Restart restart) {
		Map<String, Object> task = Tasks.task("Note that " + restart.service() + " is to look again", "copy",
				Map.of("dest", "/run/virtwise-restart-" + restart.service(), "content", "asked for by a work order\n",
						"mode", "0644"));
		task.put("notify", restart.handler());
		return task;
	}

	private String handler(WorkStep step) {
		String name = "Restart " + step.action().touches();
		return this.handlers.stream().anyMatch((handler) -> name.equals(handler.get("name"))) ? name : "";
	}

}
