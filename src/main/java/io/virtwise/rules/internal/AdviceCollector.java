package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.nova.Setting;
import io.virtwise.rules.language.Advise;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what the second stage advises, each with the rule and what it rests on.
 */
final class AdviceCollector implements Advise {

	private final CurrentMatch match;

	private final List<Told> findings = new ArrayList<>();

	private final List<Wanted> settings = new ArrayList<>();

	private final Map<String, Trace> cpuFlags = new TreeMap<>();

	private final List<Wanted> inForce = new ArrayList<>();

	private final List<NovaSaid> nova = new ArrayList<>();

	AdviceCollector(CurrentMatch match) {
		this.match = match;
	}

	@Override
	public void finding(String title, String why, String... steps) {
		tell(false, title, why, steps);
	}

	@Override
	public void unknown(String title, String why, String... steps) {
		tell(true, title, why, steps);
	}

	@Override
	public void settings(String... settings) {
		Trace trace = this.match.trace();
		for (String setting : settings) {
			this.settings.add(new Wanted(this.match.setting(setting), trace));
		}
	}

	@Override
	public void cpuFlags(String... flags) {
		Trace trace = this.match.trace();
		for (String flag : flags) {
			this.cpuFlags.putIfAbsent(this.match.fill(flag), trace);
		}
	}

	@Override
	public void recommend(String... parts) {
		Trace trace = this.match.trace();
		for (String part : parts) {
			String[] pair = this.match.fill(part).split("=", 2);
			this.inForce.add(new Wanted(new Setting("", pair[0], (pair.length > 1) ? pair[1] : ""), trace));
		}
	}

	@Override
	public void novaSays(String when, String message) {
		this.nova.add(new NovaSaid(this.match.trace().rule(), when, this.match.print(message)));
	}

	@Override
	public void novaRefuses(String when, String message, String title, String why, String... steps) {
		novaSays(when, message);
		tell(false, title, why, steps);
	}

	@Override
	public void novaUndecided(String message) {
		this.nova.add(new NovaSaid(this.match.trace().rule(), null, this.match.fill(message)));
	}

	List<Told> findings() {
		return this.findings;
	}

	List<Wanted> settings() {
		List<Wanted> all = new ArrayList<>(this.settings);
		List<String> flags = new ArrayList<>(this.match.facts().novaConf().cpuModelExtraFlags());
		flags.addAll(this.cpuFlags.keySet());
		Setting line = new Setting("libvirt", "cpu_model_extra_flags", String.join(", ", flags));
		this.cpuFlags.values().forEach((trace) -> all.add(new Wanted(line, trace)));
		return all;
	}

	List<Wanted> inForce() {
		return this.inForce;
	}

	List<NovaSaid> nova() {
		return this.nova;
	}

	private void tell(boolean unknown, String title, String why, String... steps) {
		String[] filled = new String[steps.length];
		for (int at = 0; at < steps.length; at++) {
			filled[at] = this.match.fill(steps[at]);
		}
		this.findings
			.add(new Told(unknown, this.match.fill(title), this.match.fill(why), List.of(filled), this.match.trace()));
	}

	/**
	 * A finding as told.
	 */
	record Told(boolean unknown, String title, String why, List<String> steps, Trace trace) {
	}

	/**
	 * A setting that a rule asks for.
	 *
	 * @param trace what the rule rests on
	 */
	record Wanted(Setting setting, Trace trace) {

		RuleHead rule() {
			return this.trace.rule();
		}

	}

	/**
	 * What nova would say.
	 *
	 * @param when load, start or launch; {@code null} where it cannot be told
	 */
	record NovaSaid(RuleHead rule, @Nullable String when, String message) {
	}

}
