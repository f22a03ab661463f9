package io.virtwise.recommendation.workorder;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.Step;

/**
 * Finds in a finding the modules that are to be taken out and loaded again. Done one by
 * one, the two steps would undo each other at every run; together they are one step,
 * which looks whether the module has its option already.
 */
final class Reloads {

	private final Set<String> unloaded = new HashSet<>();

	private final Set<String> loaded = new HashSet<>();

	private final Map<String, String> options = new HashMap<>();

	private Reloads() {
	}

	static Reloads of(Finding finding) {
		Reloads reloads = new Reloads();
		for (Step step : finding.remediation()) {
			String command = step.command();
			if (command != null) {
				CommandForms.actions(command).forEach(reloads::note);
			}
		}
		return reloads;
	}

	private void note(Action action) {
		if (action instanceof ModuleActions.Unload unload) {
			this.unloaded.add(unload.module());
		}
		else if (action instanceof ModuleActions.Load load) {
			this.loaded.add(load.module());
		}
		else if (action instanceof ModuleActions.LoadWith load) {
			this.loaded.add(load.module());
			this.options.put(load.module(), load.option() + "=" + load.value());
		}
		else if (action instanceof ModuleActions.Options given) {
			this.options.putIfAbsent(given.module(), given.options());
		}
	}

	/** What is done in place of an action. */
	List<Action> instead(Action action) {
		if (action instanceof ModuleActions.Options given && reloads(given.module())) {
			return List.of(new ModuleActions.Options(given.module(), given.options(), given.file(), true));
		}
		if (action instanceof ModuleActions.Unload unload && reloads(unload.module())) {
			return List.of();
		}
		if (action instanceof ModuleActions.Load load && reloads(load.module())) {
			return List.of(reload(load.module()));
		}
		if (action instanceof ModuleActions.LoadWith load && reloads(load.module())) {
			return List.of(reload(load.module()));
		}
		return List.of(action);
	}

	private boolean reloads(String module) {
		return this.unloaded.contains(module) && this.loaded.contains(module) && this.options.containsKey(module);
	}

	/** The first option tells for all of them. */
	private Action reload(String module) {
		String first = this.options.getOrDefault(module, "=").split(" ", 2)[0];
		int sign = first.indexOf('=');
		return new ModuleActions.Reload(module, first.substring(0, sign), first.substring(sign + 1));
	}

}
