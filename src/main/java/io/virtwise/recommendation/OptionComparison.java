package io.virtwise.recommendation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.virtwise.facts.NovaConfFacts;
import io.virtwise.rules.Assessment.Recommendation;
import io.virtwise.rules.Assessment.RecommendedSetting;
import org.jspecify.annotations.Nullable;

/**
 * One option as nova.conf has it today, beside what it should be.
 *
 * @param section the option's section
 * @param option the option
 * @param todayKnown whether anybody read a nova.conf and its value of this option is
 * among the facts
 * @param today the value now, {@code null} if the option is not set or not known
 * @param then the value that it should have, {@code null} if it should not be set
 * @param rule the rule that asks for it, {@code null} where nova's own default gives it
 */
public record OptionComparison(String section, String option, boolean todayKnown, @Nullable String today,
		@Nullable String then, @Nullable String rule) {

	/** Whether the file has to change; {@code false} also where nobody knows. */
	public boolean differs() {
		return this.todayKnown && this.rule != null && !Objects.equals(this.today, this.then);
	}

	/** Every option that the recommendation is about, beside its value in nova.conf. */
	public static List<OptionComparison> of(NovaConfFacts novaConf, Recommendation recommendation) {
		Map<String, Optional<String>> known = known(novaConf);
		List<OptionComparison> comparisons = new ArrayList<>();
		for (RecommendedSetting each : recommendation.settings()) {
			String section = each.setting().section();
			String option = each.setting().option();
			Optional<String> today = known.get(section + "/" + option);
			comparisons.add(new OptionComparison(section, option, today != null,
					(today != null) ? today.orElse(null) : null, each.setting().value(), each.rule()));
		}
		addDefault(comparisons, known, "DEFAULT", "compute_driver", recommendation.computeDriver());
		addDefault(comparisons, known, "libvirt", "virt_type", recommendation.virtType());
		addDefault(comparisons, known, "libvirt", "cpu_mode", recommendation.cpuMode());
		return comparisons;
	}

	/** How many options of the file have to change. */
	public static int differing(List<OptionComparison> comparisons) {
		return (int) comparisons.stream().filter(OptionComparison::differs).count();
	}

	/** What should be in force but needs no line of its own. */
	private static void addDefault(List<OptionComparison> comparisons, Map<String, Optional<String>> known,
			String section, String option, @Nullable String value) {
		boolean listed = comparisons.stream()
			.anyMatch((each) -> each.section.equals(section) && each.option.equals(option));
		if (!listed && value != null) {
			Optional<String> today = known.get(section + "/" + option);
			comparisons.add(new OptionComparison(section, option, today != null,
					(today != null) ? today.orElse(null) : null, value, null));
		}
	}

	private static Map<String, Optional<String>> known(NovaConfFacts facts) {
		Map<String, Optional<String>> known = new LinkedHashMap<>();
		if (facts.known() && facts.parses()) {
			known.put("DEFAULT/compute_driver", Optional.ofNullable(facts.computeDriver()));
			known.put("libvirt/virt_type", Optional.ofNullable(facts.virtType()));
			known.put("libvirt/cpu_mode", Optional.ofNullable(facts.cpuMode()));
			known.put("libvirt/cpu_model", Optional.ofNullable(facts.cpuModel()));
			known.put("libvirt/cpu_models", Optional.ofNullable(facts.cpuModelsOption()));
			known.put("libvirt/cpu_model_extra_flags", facts.cpuModelExtraFlags().isEmpty() ? Optional.empty()
					: Optional.of(String.join(", ", facts.cpuModelExtraFlags())));
		}
		return known;
	}

}
