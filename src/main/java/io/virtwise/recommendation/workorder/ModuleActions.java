package io.virtwise.recommendation.workorder;

import java.util.List;
import java.util.Map;

/**
 * What is done with kernel modules. A module has one name with underscores inside the
 * kernel, however it is spelled outside.
 */
final class ModuleActions {

	private ModuleActions() {
	}

	private static Map<String, Object> command(String name, List<String> argv, Map<String, Object> more) {
		return Tasks.command(name, argv, more);
	}

	/** Loads a module now. */
	record Load(String module) implements Action {

		@Override
		public Phase phase() {
			return Phase.MODULES;
		}

		@Override
		public String title() {
			return "Load the kernel module " + this.module;
		}

		@Override
		public List<String> shownCommands() {
			return List.of("modprobe -a " + this.module);
		}

		@Override
		public Shell shell() {
			return Shell.checked("module_loaded " + Shell.word(this.module),
					"run modprobe -a " + Shell.word(this.module),
					"modprobe was content, but the kernel does not have the module " + this.module, "module");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List.of(command(title(), List.of("modprobe", "-a", this.module),
					Map.of("creates", "/sys/module/" + this.module)));
		}

	}

	/** Loads a module with an option. */
	record LoadWith(String module, String option, String value) implements Action {

		@Override
		public Phase phase() {
			return Phase.MODULES;
		}

		@Override
		public String title() {
			return "Load the kernel module " + this.module + " with " + setting();
		}

		private String setting() {
			return this.option + "=" + this.value;
		}

		@Override
		public List<String> shownCommands() {
			return List.of("modprobe " + this.module + " " + setting());
		}

		@Override
		public Shell shell() {
			return Shell.checked("module_has " + Shell.words(this.module, this.option, this.value),
					"run modprobe " + Shell.words(this.module, setting()),
					"the module " + this.module
							+ " was loaded before, with another value. Stop all guests, unload it, and run this again",
					"module-has");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List.of(command(title(), List.of("modprobe", this.module, setting()),
					Map.of("creates", "/sys/module/" + this.module)));
		}

	}

	/** Loads a module anew, so that it takes an option. */
	record Reload(String module, String option, String value) implements Action {

		@Override
		public Phase phase() {
			return Phase.OPTIONS;
		}

		@Override
		public String title() {
			return "Load the kernel module " + this.module + " anew, for " + this.option + "=" + this.value;
		}

		@Override
		public List<String> shownCommands() {
			return List.of("modprobe -r " + this.module,
					"modprobe " + this.module + " " + this.option + "=" + this.value);
		}

		@Override
		public Shell shell() {
			String is = "module_has " + Shell.words(this.module, this.option, this.value);
			return new Shell(is + " || module_busy " + Shell.word(this.module),
					List.of("run modprobe -r " + Shell.word(this.module),
							"run modprobe " + Shell.words(this.module, this.option + "=" + this.value)),
					is, this.module + " does not have " + this.option + "=" + this.value, List.of("module-busy"));
		}

		@Override
		public List<Map<String, Object>> tasks() {
			String when = "module_value.stdout | default('') not in ['" + this.value + "', '"
					+ (this.value.equals("1") ? "Y" : this.value) + "']";
			return List.of(
					Tasks.look("Look at " + this.option + " of " + this.module, "module_value", "cat",
							"/sys/module/" + this.module + "/parameters/" + this.option),
					Tasks.commandWhen("Unload " + this.module, when, "modprobe", "-r", this.module),
					Tasks.commandWhen(title(), when, "modprobe", this.module, this.option + "=" + this.value));
		}

	}

	/** Takes a module out that should not be loaded. */
	record Unload(String module) implements Action {

		@Override
		public Phase phase() {
			return Phase.UNLOADING;
		}

		@Override
		public String title() {
			return "Unload the kernel module " + this.module;
		}

		@Override
		public List<String> shownCommands() {
			return List.of("modprobe -r " + this.module);
		}

		@Override
		public Shell shell() {
			return Shell.checked("! module_loaded " + Shell.word(this.module),
					"run modprobe -r " + Shell.word(this.module),
					"modprobe was content, but the kernel still has the module " + this.module, "module");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List.of(command(title(), List.of("modprobe", "-r", this.module),
					Map.of("removes", "/sys/module/" + this.module)));
		}

	}

	/**
	 * Has a module loaded at every boot.
	 *
	 * @param file the name of the file that says so, without folder and ending
	 */
	record AtBoot(String module, String file) implements Action {

		@Override
		public Phase phase() {
			return Phase.BOOT;
		}

		@Override
		public String title() {
			return "Load " + this.module + " at every boot";
		}

		@Override
		public List<String> shownCommands() {
			return List.of("echo " + this.module + " >> " + path());
		}

		private String path() {
			return "/etc/modules-load.d/" + this.file + ".conf";
		}

		@Override
		public Shell shell() {
			return Shell.checked("loads_at_boot " + Shell.word(this.module),
					"load_at_boot " + Shell.words(this.module, this.file),
					"no file of this system's names the module " + this.module + " for the boot", "at-boot");
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List
				.of(Tasks.line(title(), path(), this.module, "^\\s*" + this.module.replace("_", "[-_]") + "\\s*$"));
		}

		@Override
		public String touches() {
			return "";
		}

	}

	/**
	 * Gives a module an option for the next time it is loaded.
	 *
	 * @param options as in {@code nested=1}
	 * @param file the name of the file that says so, without folder and ending
	 * @param reloaded whether a later step loads the module anew
	 */
	record Options(String module, String options, String file, boolean reloaded) implements Action {

		@Override
		public Phase phase() {
			return Phase.OPTIONS;
		}

		@Override
		public String title() {
			return "Set " + this.options + " for the kernel module " + this.module;
		}

		@Override
		public List<String> shownCommands() {
			return List.of("echo '" + line() + "' >> " + path());
		}

		private String line() {
			return "options " + this.module + " " + this.options;
		}

		private String path() {
			return "/etc/modprobe.d/" + this.file + ".conf";
		}

		@Override
		public Shell shell() {
			String is = "has_line " + Shell.words(path(), line());
			String append = "append_line " + Shell.words(path(), line());
			if (this.reloaded) {
				return Shell.checked(is, append, "the line is not in " + path(), "line");
			}
			String note = "The module " + this.module
					+ " takes its new options when it is loaded anew: stop all guests and load it again, or reboot.";
			return new Shell(is, List.of(append, "person " + Shell.word(note)), is, "the line is not in " + path(),
					List.of("line", "note"));
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List.of(Tasks.line(title(), path(), line(), null));
		}

	}

}
