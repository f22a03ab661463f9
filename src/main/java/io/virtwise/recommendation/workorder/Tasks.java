package io.virtwise.recommendation.workorder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Ansible's tasks as maps, only with modules that ansible-core brings itself.
 */
final class Tasks {

	private Tasks() {
	}

	static Map<String, Object> task(String name, String module, Map<String, Object> arguments) {
		Map<String, Object> task = new LinkedHashMap<>();
		task.put("name", name);
		task.put("ansible.builtin." + module, arguments);
		return task;
	}

	/** A command; more: {@code creates} or {@code removes}. */
	static Map<String, Object> command(String name, List<String> argv, Map<String, Object> more) {
		Map<String, Object> arguments = new LinkedHashMap<>();
		arguments.put("argv", argv);
		arguments.putAll(more);
		return task(name, "command", arguments);
	}

	/** A command that only looks, whose answer goes by that name. */
	static Map<String, Object> look(String name, String register, String... argv) {
		Map<String, Object> task = command(name, List.of(argv), Map.of());
		task.put("register", register);
		task.put("changed_when", false);
		task.put("failed_when", false);
		task.put("check_mode", false);
		return task;
	}

	/** A command that is given only where a condition holds. */
	static Map<String, Object> commandWhen(String name, String when, String... argv) {
		Map<String, Object> task = command(name, List.of(argv), Map.of());
		task.put("when", when);
		task.put("changed_when", true);
		return task;
	}

	/** A line that a file must have. */
	static Map<String, Object> line(String name, String path, String line, @Nullable String regexp) {
		Map<String, Object> arguments = new LinkedHashMap<>();
		arguments.put("path", path);
		arguments.put("line", line);
		if (regexp != null) {
			arguments.put("regexp", regexp);
		}
		arguments.put("create", true);
		arguments.put("mode", "0644");
		return task(name, "lineinfile", arguments);
	}

}
