package io.virtwise.recommendation.internal;

import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.NovaOption;
import org.jspecify.annotations.Nullable;

/**
 * Tells the values of options as nova.conf has them.
 */
@FunctionalInterface
public interface OptionValues {

	/**
	 * The value of an option.
	 * @param name section and option, as {@code [libvirt] cpu_model}
	 * @return {@code null} where it is not set, or nobody knows
	 */
	@Nullable String value(String name);

	/** The values that these facts hold. */
	static OptionValues of(NodeFacts facts) {
		NovaConfFacts conf = facts.novaConf();
		return (name) -> switch (name) {
			case "[DEFAULT] compute_driver" -> conf.computeDriver();
			case "[libvirt] virt_type" -> conf.virtType();
			case "[libvirt] cpu_mode" -> conf.cpuMode();
			case "[libvirt] cpu_model" -> conf.cpuModel();
			case "[libvirt] cpu_models" -> conf.cpuModelsOption();
			case "[libvirt] cpu_model_extra_flags" ->
				conf.cpuModelExtraFlags().isEmpty() ? null : String.join(", ", conf.cpuModelExtraFlags());
			default -> facts.options()
				.stream()
				.filter((option) -> option.option().equals(name.replace("[", "").replace("] ", "/")))
				.map(NovaOption::value)
				.findFirst()
				.orElse(null);
		};
	}

}
