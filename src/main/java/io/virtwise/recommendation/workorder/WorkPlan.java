package io.virtwise.recommendation.workorder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.virtwise.nova.Setting;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.Step;
import io.virtwise.rules.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Puts what the rules ask for into the order of work: equal actions once, phase by phase.
 */
public final class WorkPlan {

	/** A note that begins so tells that the command is for another machine. */
	private static final String ELSEWHERE = "on the outer host";

	private final Map<Key, Set<String>> rules = new LinkedHashMap<>();

	private final Set<String> firmware = new LinkedHashSet<>();

	private final List<String> firmwareLines = new ArrayList<>();

	private @Nullable String firmwareTitle;

	private final Set<String> logins = new LinkedHashSet<>();

	private final Set<String> reboots = new LinkedHashSet<>();

	/**
	 * What a finding asks for.
	 * @param settled whether it is gone once nova.conf has the recommended lines, so that
	 * a person need not change that file
	 */
	public void add(Finding finding, boolean settled) {
		List<String> texts = new ArrayList<>();
		boolean elsewhere = false;
		for (Step step : finding.remediation()) {
			String command = step.command();
			if (command == null) {
				addText(texts, settled ? null : step.note());
			}
			else if (isElsewhere(step)) {
				elsewhere = true;
				addText(texts, withNote(step));
			}
			else {
				addCommand(finding, step, command, settled, texts);
			}
		}
		addNeeds(finding);
		if (finding.requires().contains("firmware") && finding.severity() == Severity.BLOCK) {
			addFirmware(finding, texts);
		}
		else if (!texts.isEmpty()) {
			put(new ByPerson(elsewhere ? Phase.FIRST : Phase.LAST, finding.title(), texts, null), Only.ANYWHERE,
					finding.rule());
		}
	}

	private void addCommand(Finding finding, Step step, String command, boolean settled, List<String> texts) {
		switch (CommandForms.kind(command)) {
			case ACTION -> CommandForms.actions(command)
				.stream()
				.flatMap((action) -> Reloads.of(finding).instead(action).stream())
				.forEach((action) -> put(action, Only.of(step.note()), finding.rule()));
			case LOOK -> addText(texts, finding.decidingFactUnknown() ? "Look: " + withNote(step) : null);
			default -> addText(texts, settled ? null : withNote(step));
		}
	}

	private void addNeeds(Finding finding) {
		for (String need : finding.requires()) {
			switch (need) {
				case "restart-nova-compute" -> put(Restart.novaCompute(true), Only.ANYWHERE, finding.rule());
				case "restart-libvirt" -> put(Restart.libvirt(), Only.ANYWHERE, finding.rule());
				case "re-login" -> this.logins.add(finding.rule());
				case "reboot" -> {
					if (!finding.requires().contains("firmware")) {
						this.reboots.add(finding.rule());
					}
				}
				default -> {
					// firmware is a step of its own
				}
			}
		}
	}

	private void addFirmware(Finding finding, List<String> texts) {
		if (this.firmwareTitle == null) {
			this.firmwareTitle = finding.title();
		}
		this.firmware.add(finding.rule());
		texts.stream().filter((text) -> !this.firmwareLines.contains(text)).forEach(this.firmwareLines::add);
	}

	/** A module that should be loaded, by the recommendation. */
	public void addModule(String module) {
		put(new ModuleActions.Load(module.replace('-', '_')), Only.ANYWHERE, "");
	}

	/** What nova.conf needs. */
	public void addSettings(WorkPlace place, List<Setting> settings, List<String> rules, String text) {
		List<Setting> values = settings.stream().filter((setting) -> setting.value() != null).toList();
		if (!place.dropIn()) {
			putAll(new ConfActions.InPlace(place, settings, text), rules);
		}
		else {
			settings.stream()
				.filter((setting) -> setting.value() == null)
				.forEach((setting) -> putAll(ConfActions.takeOut(place, setting), rules));
			if (!values.isEmpty()) {
				putAll(new ConfActions.DropIn(place, values, text), rules);
			}
		}
		putAll(Restart.novaCompute(false), rules);
	}

	/** The steps, numbered. */
	public List<WorkStep> steps() {
		Map<Key, Set<String>> all = new LinkedHashMap<>();
		if (this.firmwareTitle != null) {
			all.put(new Key(new ByPerson(Phase.FIRST, this.firmwareTitle, this.firmwareLines, ByPerson.FIRMWARE),
					Only.ANYWHERE), this.firmware);
		}
		all.putAll(this.rules);
		if (!this.logins.isEmpty()) {
			all.put(new Key(person("Log in anew",
					"A new membership in a group counts from the next login on. A service takes it when it is restarted."),
					Only.ANYWHERE), this.logins);
		}
		if (!this.reboots.isEmpty()) {
			all.put(new Key(person("Reboot the node", "Move its guests away first, or shut them down."), Only.ANYWHERE),
					this.reboots);
		}
		List<Map.Entry<Key, Set<String>>> sorted = new ArrayList<>(all.entrySet());
		sorted.sort(Comparator.comparing((Map.Entry<Key, Set<String>> entry) -> entry.getKey().action().phase())
			.thenComparing((entry) -> entry.getKey().place()));
		List<WorkStep> steps = new ArrayList<>();
		for (Map.Entry<Key, Set<String>> entry : sorted) {
			steps.add(new WorkStep(steps.size() + 1, entry.getKey().action(), entry.getKey().only(),
					entry.getValue().stream().filter((rule) -> !rule.isEmpty()).sorted().toList()));
		}
		return steps;
	}

	private static ByPerson person(String title, String line) {
		return new ByPerson(Phase.LAST, title, List.of(line), null);
	}

	private void putAll(Action action, List<String> asking) {
		put(action, Only.ANYWHERE, "");
		asking.forEach((rule) -> put(action, Only.ANYWHERE, rule));
	}

	private void put(Action action, Only only, String rule) {
		if (action instanceof Restart restart) {
			Key quiet = new Key(new Restart(restart.service(), restart.units(), false), only);
			Key asked = new Key(new Restart(restart.service(), restart.units(), true), only);
			Set<String> held = new LinkedHashSet<>();
			boolean wasAsked = this.rules.containsKey(asked);
			for (Key key : List.of(quiet, asked)) {
				Set<String> rulesOf = this.rules.remove(key);
				held.addAll((rulesOf != null) ? rulesOf : Set.of());
			}
			held.add(rule);
			this.rules.put((wasAsked || restart.asked()) ? asked : quiet, held);
			return;
		}
		this.rules.computeIfAbsent(new Key(action, only), (key) -> new LinkedHashSet<>()).add(rule);
	}

	private static boolean isElsewhere(Step step) {
		return step.note() != null && step.note().toLowerCase(Locale.ROOT).startsWith(ELSEWHERE);
	}

	private static String withNote(Step step) {
		return (step.note() != null) ? step.command() + "  (" + step.note() + ")" : String.valueOf(step.command());
	}

	private static void addText(List<String> texts, @Nullable String text) {
		if (text != null && !texts.contains(text)) {
			texts.add(text);
		}
	}

	/**
	 * An action and where it is for; the same one is done once.
	 */
	private record Key(Action action, Only only) {

		/** Inside a phase: the core before the module of a maker, nova-compute last. */
		int place() {
			if (this.action instanceof ModuleActions.Load load) {
				return load.module().equals("kvm") ? 0 : 1;
			}
			if (this.action instanceof Restart restart) {
				return restart.service().equals(Restart.NOVA_COMPUTE) ? 1 : 0;
			}
			return (this.action instanceof ByPerson person && person.gate() == null && person.phase() == Phase.FIRST)
					? 1 : 0;
		}

	}

}
