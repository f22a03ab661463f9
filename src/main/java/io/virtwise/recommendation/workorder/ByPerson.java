package io.virtwise.recommendation.workorder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a person must do, because nothing on the node can.
 *
 * @param phase before all else, or at the end
 * @param title in a few words
 * @param lines what to do
 * @param gate what shows that it was done, where nothing may follow before it;
 * {@code null} where the rest can go on
 */
record ByPerson(Phase phase, String title, List<String> lines, @Nullable Gate gate) implements Action {

	/** Virtualization works in firmware. */
	static final Gate FIRMWARE = new Gate("firmware_on", null, "firmware");

	ByPerson {
		lines = List.copyOf(lines);
	}

	@Override
	public List<String> shownCommands() {
		return List.of();
	}

	@Override
	public Shell shell() {
		List<String> commands = new ArrayList<>();
		this.lines.forEach((line) -> commands.add("tell " + Shell.word(line)));
		if (this.gate != null && this.gate.more() != null) {
			commands.add(this.gate.more());
		}
		return new Shell((this.gate != null) ? this.gate.open() : "false", commands, "true", "",
				(this.gate != null) ? List.of("stop", this.gate.part()) : List.of("by-hand"));
	}

	@Override
	public List<Map<String, Object>> tasks() {
		List<String> message = new ArrayList<>();
		message.add("For a person: " + this.title);
		message.addAll(this.lines);
		Map<String, Object> tell = Tasks.task("Tell what a person must do: " + this.title, "debug",
				Map.of("msg", message));
		if (!FIRMWARE.equals(this.gate)) {
			return List.of(tell);
		}
		Map<String, Object> stop = Tasks.task("Stop until virtualization is on in firmware", "assert",
				Map.of("that", List.of("virtualization_flag.rc == 0"), "fail_msg",
						"/proc/cpuinfo shows neither vmx nor svm. Do what is told above, then run this play again."));
		stop.put("when", "ansible_facts['architecture'] in ['x86_64', 'i386', 'i686']");
		return List.of(tell, Tasks.look("Look for hardware virtualization", "virtualization_flag", "grep", "-Ewqm1",
				"vmx|svm", "/proc/cpuinfo"), stop);
	}

	@Override
	public String touches() {
		return "";
	}

	/**
	 * What shows that it was done.
	 *
	 * @param open a condition of the shell
	 * @param more a line of the shell that tells more, {@code null} for none
	 * @param part the functions that they use
	 */
	record Gate(String open, @Nullable String more, String part) {
	}

}
