package io.virtwise.recommendation.workorder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import io.virtwise.nova.Setting;

/**
 * What is done to the options that nova reads.
 */
final class ConfActions {

	private ConfActions() {
	}

	/** What a person must take out where a small file beside nova.conf cannot. */
	static ByPerson takeOut(WorkPlace place, Setting setting) {
		String name = Shell.words(setting.section(), setting.option());
		return new ByPerson(Phase.NOVA_CONF, "Take " + setting.option() + " out of nova.conf",
				List.of("A file in " + place.novaConf()
						+ ".d can set an option anew, and cannot take one out. In the section [" + setting.section()
						+ "] take out every line that sets " + setting.option() + ":"),
				new ByPerson.Gate("conf_lacks " + name, "conf_places " + name, "places"));
	}

	private static List<String> conditions(List<Setting> settings) {
		List<String> conditions = new ArrayList<>();
		for (Setting setting : settings) {
			String value = setting.value();
			conditions.add((value != null) ? "conf_has " + Shell.words(setting.section(), setting.option(), value)
					: "conf_lacks " + Shell.words(setting.section(), setting.option()));
		}
		return conditions;
	}

	private static String title(List<Setting> settings, String file) {
		return "Set " + ((settings.size() == 1) ? "1 option" : settings.size() + " options") + " in " + file;
	}

	private static List<String> shown(List<Setting> settings) {
		return settings.stream()
			.map((setting) -> "[" + setting.section() + "] "
					+ ((setting.value() != null) ? setting.option() + " = " + setting.value()
							: "without " + setting.option()))
			.toList();
	}

	private static List<String> kvmFirst(List<Setting> settings) {
		return settings.contains(new Setting("libvirt", "virt_type", "kvm")) ? List.of("kvm_before_virt_type")
				: List.of();
	}

	private static Map<String, Object> removal(WorkPlace place, Setting setting) {
		String regexp = "^(\\[" + Pattern.quote(setting.section()).replace("\\Q", "").replace("\\E", "")
				+ "\\][ \\t]*\\n(?:(?!\\[)[^\\n]*\\n)*?)" + setting.option()
				+ "[ \\t]*[=:][^\\n]*(?:\\n[ \\t]+[^\\n]*)*\\n?";
		return Tasks.task("Take " + setting.option() + " out of " + place.novaConf(), "replace",
				Map.of("path", place.novaConf(), "regexp", regexp, "replace", "\\1", "backup", true));
	}

	/**
	 * A small file beside nova.conf.
	 *
	 * @param settings what it sets; none is to be taken out
	 * @param text its lines
	 */
	record DropIn(WorkPlace place, List<Setting> settings, String text) implements Action {

		@Override
		public Phase phase() {
			return Phase.NOVA_CONF;
		}

		@Override
		public String title() {
			return ConfActions.title(this.settings, this.place.dropInFile());
		}

		@Override
		public List<String> shownCommands() {
			return shown(this.settings);
		}

		@Override
		public Shell shell() {
			List<String> is = new ArrayList<>(List.of("drop_in_is"));
			is.addAll(conditions(this.settings));
			List<String> commands = new ArrayList<>(kvmFirst(this.settings));
			commands.add("drop_in_put");
			return new Shell(String.join(" && ", is), commands, String.join(" && ", is), "$conf_why",
					kvmFirst(this.settings).isEmpty() ? List.of("drop-in") : List.of("drop-in", "kvm"));
		}

		@Override
		public List<Map<String, Object>> tasks() {
			return List.of(
					Tasks.task("Make the folder beside nova.conf", "file",
							Map.of("path", this.place.novaConf() + ".d", "state", "directory", "mode", "0755")),
					Tasks.task(title(), "copy",
							Map.of("dest", this.place.dropInFile(), "content", this.text, "mode", "0644")));
		}

		@Override
		public String touches() {
			return Restart.NOVA_COMPUTE;
		}

	}

	/** nova.conf itself, every other byte of which stays. */
	record InPlace(WorkPlace place, List<Setting> settings, String text) implements Action {

		@Override
		public Phase phase() {
			return Phase.NOVA_CONF;
		}

		@Override
		public String title() {
			return ConfActions.title(this.settings, this.place.novaConf());
		}

		@Override
		public List<String> shownCommands() {
			return shown(this.settings);
		}

		@Override
		public Shell shell() {
			String is = String.join(" && ", conditions(this.settings));
			List<String> commands = new ArrayList<>(kvmFirst(this.settings));
			commands.add("conf_begin");
			for (Setting setting : this.settings) {
				String value = setting.value();
				commands.add((value != null) ? "conf_set " + Shell.words(setting.section(), setting.option(), value)
						: "conf_unset " + Shell.words(setting.section(), setting.option()));
			}
			commands.add("conf_put");
			List<String> parts = new ArrayList<>(List.of("conf-edit"));
			parts.addAll(kvmFirst(this.settings).isEmpty() ? List.of() : List.of("kvm"));
			for (Setting setting : this.settings) {
				parts.add((setting.value() != null) ? "set" : "unset");
			}
			return new Shell(is, commands, is, "$conf_why", parts);
		}

		@Override
		public List<Map<String, Object>> tasks() {
			List<Map<String, Object>> tasks = new ArrayList<>();
			this.settings.stream()
				.filter((setting) -> setting.value() == null)
				.forEach((setting) -> tasks.add(removal(this.place, setting)));
			if (!this.text.isBlank()) {
				tasks.add(Tasks.task(title(), "blockinfile",
						Map.of("path", this.place.novaConf(), "marker", "# {mark} virtwise", "insertafter", "EOF",
								"backup", true, "block", Objects.requireNonNull(this.text))));
			}
			return tasks;
		}

		@Override
		public String touches() {
			return Restart.NOVA_COMPUTE;
		}

	}

}
