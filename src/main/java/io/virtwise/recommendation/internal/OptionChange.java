package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.NovaOption;
import io.virtwise.nova.Setting;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.RecommendedSetting;
import org.jspecify.annotations.Nullable;

/**
 * One option of nova.conf set, changed or taken out as the rules recommend.
 *
 * @param setting the option and its value then
 */
record OptionChange(Setting setting) {

	/** The recommended options that nova.conf has otherwise today. */
	static List<OptionChange> of(NodeFacts facts, Assessment before) {
		if (!facts.novaConf().known() || !facts.novaConf().parses()) {
			return List.of();
		}
		OptionValues today = OptionValues.of(facts);
		return before.recommendation()
			.settings()
			.stream()
			.map(RecommendedSetting::setting)
			.filter((each) -> !Objects.equals(today.value("[" + each.section() + "] " + each.option()), each.value()))
			.map(OptionChange::new)
			.toList();
	}

	/** The facts with all of these options set. */
	static NodeFacts all(Assessment before, NodeFacts facts, List<RecommendedSetting> settings) {
		NodeFacts changed = facts;
		for (RecommendedSetting each : settings) {
			changed = new OptionChange(each.setting()).apply(changed);
		}
		return changed;
	}

	/** What to do, to follow "you would have to". */
	String words() {
		String name = this.setting.option();
		return (this.setting.value() != null) ? "set " + name + " = " + this.setting.value() + " in nova.conf"
				: "take " + name + " out of nova.conf";
	}

	NodeFacts apply(NodeFacts facts) {
		NovaConfFacts conf = facts.novaConf();
		String model = is("libvirt", "cpu_model") ? this.setting.value() : conf.cpuModel();
		String models = is("libvirt", "cpu_models") ? this.setting.value() : conf.cpuModelsOption();
		NovaConfFacts changed = new NovaConfFacts(true, true, null, null,
				is("DEFAULT", "compute_driver") ? this.setting.value() : conf.computeDriver(),
				is("libvirt", "virt_type") ? this.setting.value() : conf.virtType(),
				is("libvirt", "cpu_mode") ? this.setting.value() : conf.cpuMode(), model, models,
				(models != null) ? names(models) : names(model),
				is("libvirt", "cpu_model_extra_flags") ? names(this.setting.value()) : conf.cpuModelExtraFlags(),
				conf.oldNames().stream().filter((name) -> !name.equals(this.setting.option())).toList(),
				conf.repeatedOptions());
		return new FactsEdit(facts).novaConf(changed, others(facts)).done();
	}

	private List<NovaOption> others(NodeFacts facts) {
		String name = this.setting.section() + "/" + this.setting.option();
		List<NovaOption> others = new ArrayList<>(facts.options());
		boolean listed = others.removeIf((option) -> option.option().equals(name));
		if (this.setting.value() != null && (listed || !known())) {
			others.add(new NovaOption(name, this.setting.value()));
		}
		return others;
	}

	/** Options that have a fact of their own. */
	private boolean known() {
		return is("DEFAULT", "compute_driver") || is("libvirt", "virt_type") || is("libvirt", "cpu_mode")
				|| is("libvirt", "cpu_model") || is("libvirt", "cpu_models") || is("libvirt", "cpu_model_extra_flags");
	}

	private boolean is(String section, String option) {
		return this.setting.section().equals(section) && this.setting.option().equals(option);
	}

	private static List<String> names(@Nullable String text) {
		return (text == null) ? List.of()
				: Stream.of(text)
					.flatMap((each) -> Arrays.stream(each.split(",")))
					.map(String::strip)
					.filter((each) -> !each.isEmpty())
					.distinct()
					.toList();
	}

}
