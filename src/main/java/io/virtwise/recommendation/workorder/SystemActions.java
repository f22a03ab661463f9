package io.virtwise.recommendation.workorder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is done with packages, accounts, and switches of the running system.
 */
final class SystemActions {

	private SystemActions() {
	}

	/**
	 * Installs a package, on systems that have this tool.
	 *
	 * @param tool apt-get, dnf, yum or zypper
	 */
	record Install(String tool, String name) implements Action {

		@Override
		public Phase phase() {
			return Phase.PACKAGES;
		}

		@Override
		public String title() {
			return "Install the package " + this.name + " with " + this.tool;
		}

		@Override
		public List<String> shownCommands() {
			return List.of(this.tool + " install -y " + this.name);
		}

		@Override
		public Shell shell() {
			return Shell.checked("package_there " + Shell.words(this.tool, this.name),
					"package_install " + Shell.words(this.tool, this.name),
					this.tool + " was content, but the package " + this.name + " is not installed", "package");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			Map<String, Object> task = Tasks.task(title(), "package", Map.of("name", this.name, "state", "present"));
			List<String> managers = switch (this.tool) {
				case "apt-get" -> List.of("apt");
				case "zypper" -> List.of("zypper");
				default -> List.of("dnf", "dnf5", "yum");
			};
			task.put("when", "ansible_facts['pkg_mgr'] in "
					+ managers.toString().replace("[", "['").replace("]", "']").replace(", ", "', '"));
			return List.of(task);
		}

	}

	/** Makes an account a member of a group. */
	record Join(String user, String group) implements Action {

		@Override
		public Phase phase() {
			return Phase.SYSTEM;
		}

		@Override
		public String title() {
			return "Make " + this.user + " a member of the group " + this.group;
		}

		@Override
		public List<String> shownCommands() {
			return List.of("usermod -a -G " + this.group + " " + this.user);
		}

		@Override
		public Shell shell() {
			return Shell.checked("is_member " + Shell.words(this.user, this.group),
					"run usermod -a -G " + Shell.words(this.group, this.user),
					this.user + " is still no member of the group " + this.group, "member");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List.of(Tasks.task(title(), "user",
					Map.of("name", this.user, "groups", List.of(this.group), "append", true)));
		}

	}

	/** A switch of SELinux, for good. */
	record Switch(String name, boolean on) implements Action {

		@Override
		public Phase phase() {
			return Phase.SYSTEM;
		}

		@Override
		public String title() {
			return "Switch the SELinux boolean " + this.name + (this.on ? " on" : " off");
		}

		private String word() {
			return this.on ? "on" : "off";
		}

		@Override
		public List<String> shownCommands() {
			return List.of("setsebool -P " + this.name + " " + word());
		}

		@Override
		public Shell shell() {
			return Shell.checked("boolean_is " + Shell.words(this.name, word()),
					"run setsebool -P " + Shell.words(this.name, word()), this.name + " is still not " + word(),
					"boolean");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			List<Map<String, Object>> tasks = new ArrayList<>();
			tasks.add(Tasks.look("Look at the SELinux boolean " + this.name, "se_boolean", "getsebool", this.name));
			tasks.add(Tasks.commandWhen(title(),
					"se_boolean.rc | default(1) == 0 and se_boolean.stdout is not search(' " + word() + "$')",
					"setsebool", "-P", this.name, word()));
			return tasks;
		}

	}

	/** A value of the kernel, now. */
	record Value(String key, String value) implements Action {

		@Override
		public Phase phase() {
			return Phase.SYSTEM;
		}

		@Override
		public String title() {
			return "Set the kernel's " + this.key + " to " + this.value;
		}

		@Override
		public List<String> shownCommands() {
			return List.of("sysctl -w " + this.key + "=" + this.value);
		}

		@Override
		public Shell shell() {
			return Shell.checked("kernel_value_is " + Shell.words(this.key, this.value),
					"run sysctl -w " + Shell.word(this.key + "=" + this.value),
					this.key + " is still not " + this.value, "kernel-value");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List.of(Tasks.look("Look at the kernel's " + this.key, "kernel_value", "sysctl", "-n", this.key),
					Tasks.commandWhen(title(), "kernel_value.stdout | default('') != '" + this.value + "'", "sysctl",
							"-w", this.key + "=" + this.value));
		}

		@Override
		public String touches() {
			return "";
		}

	}

	/** A value of the kernel, at every boot. */
	record ValueAtBoot(String key, String value, String file) implements Action {

		@Override
		public Phase phase() {
			return Phase.SYSTEM;
		}

		@Override
		public String title() {
			return "Set the kernel's " + this.key + " to " + this.value + " at every boot";
		}

		private String path() {
			return "/etc/sysctl.d/" + this.file + ".conf";
		}

		private String line() {
			return this.key + " = " + this.value;
		}

		@Override
		public List<String> shownCommands() {
			return List.of("echo '" + line() + "' >> " + path());
		}

		@Override
		public Shell shell() {
			return Shell.checked("has_line " + Shell.words(path(), line()),
					"append_line " + Shell.words(path(), line()), "the line is not in " + path(), "line");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List.of(Tasks.line(title(), path(), line(), null));
		}

		@Override
		public String touches() {
			return "";
		}

	}

	/** Switches simultaneous threads of a POWER processor off, until the next boot. */
	record ThreadsOff() implements Action {

		@Override
		public Phase phase() {
			return Phase.SYSTEM;
		}

		@Override
		public String title() {
			return "Switch simultaneous threads off";
		}

		@Override
		public List<String> shownCommands() {
			return List.of("ppc64_cpu --smt=off");
		}

		@Override
		public Shell shell() {
			return Shell.checked("threads_off", "run ppc64_cpu --smt=off", "simultaneous threads are still on",
					"threads");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List.of(Tasks.look("Look at simultaneous threads", "threads", "ppc64_cpu", "--smt"),
					Tasks.commandWhen(title(), "threads.stdout | default('') is not search('SMT is off')", "ppc64_cpu",
							"--smt=off"));
		}

	}

	/** A service that systemd should start now and at every boot. */
	record Enable(String unit) implements Action {

		@Override
		public Phase phase() {
			return Phase.SYSTEM;
		}

		@Override
		public String title() {
			return "Start " + this.unit + " now and at every boot";
		}

		@Override
		public List<String> shownCommands() {
			return List.of("systemctl enable --now " + this.unit);
		}

		@Override
		public Shell shell() {
			return Shell.checked("unit_on " + Shell.word(this.unit),
					"run systemctl enable --now " + Shell.word(this.unit), this.unit + " is not running or not enabled",
					"unit-on");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List
				.of(Tasks.task(title(), "service", Map.of("name", this.unit, "state", "started", "enabled", true)));
		}

	}

	/** A service that must never start. */
	record Mask(String unit) implements Action {

		@Override
		public Phase phase() {
			return Phase.SYSTEM;
		}

		@Override
		public String title() {
			return "Keep " + this.unit + " from ever starting";
		}

		@Override
		public List<String> shownCommands() {
			return List.of("systemctl mask " + this.unit);
		}

		@Override
		public Shell shell() {
			return Shell.checked("unit_masked " + Shell.word(this.unit), "run systemctl mask " + Shell.word(this.unit),
					this.unit + " is not masked", "unit-masked");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List.of(Tasks.task(title(), "systemd_service", Map.of("name", this.unit, "masked", true)));
		}

	}

}
