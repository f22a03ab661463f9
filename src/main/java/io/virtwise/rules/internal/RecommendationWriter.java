package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.virtwise.nova.Setting;
import io.virtwise.rules.Assessment.Conflict;
import io.virtwise.rules.Assessment.RecommendedSetting;
import io.virtwise.rules.Assessment.Recommendation;
import io.virtwise.rules.internal.AdviceCollector.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what rules want to be in force: one value for each option, and a conflict
 * where they do not agree. The worse severity wins, then the rule that is about fewer
 * releases, then the lower id.
 */
final class RecommendationWriter {

	private static final List<String> ORDER = List.of("compute_driver", "virt_type", "cpu_mode", "cpu_model",
			"cpu_models");

	private static final Comparator<Wanted> STRONGEST = Comparator
		.comparing((Wanted wanted) -> wanted.rule().severity())
		.thenComparing((wanted) -> wanted.rule().breadth())
		.thenComparing((wanted) -> wanted.rule().id())
		.thenComparing((wanted) -> String.valueOf(wanted.setting().value()));

	private static final Comparator<Setting> AS_IN_FILE = Comparator
		.comparing((Setting setting) -> !setting.section().equals("DEFAULT"))
		.thenComparing(Setting::section)
		.thenComparing((setting) -> place(setting.option()))
		.thenComparing(Setting::option);

	private final List<Conflict> conflicts = new ArrayList<>();

	private final List<RecommendedSetting> settings;

	private final Recommendation recommendation;

	RecommendationWriter(List<Wanted> lines, List<Wanted> inForce) {
		this.settings = settle(lines);
		List<RecommendedSetting> effective = settle(inForce);
		this.recommendation = new Recommendation(value("compute_driver", effective), value("virt_type", effective),
				value("cpu_mode", effective), values(cpuModels(effective)), this.settings,
				values(value("kernel_modules", effective)), values(value("image_formats", effective)));
	}

	Recommendation recommendation() {
		return this.recommendation;
	}

	List<Conflict> conflicts() {
		return this.conflicts.stream()
			.sorted(Comparator.comparing(Conflict::section).thenComparing(Conflict::option))
			.toList();
	}

	private List<RecommendedSetting> settle(List<Wanted> wanted) {
		Map<Setting, List<Wanted>> byOption = new TreeMap<>(AS_IN_FILE);
		for (Wanted one : wanted) {
			byOption.computeIfAbsent(one.setting(), (key) -> new ArrayList<>()).add(one);
		}
		List<RecommendedSetting> settled = new ArrayList<>();
		for (List<Wanted> claims : byOption.values()) {
			claims.sort(STRONGEST);
			settled.add(recommended(claims.get(0)));
			noteConflict(claims);
		}
		return settled;
	}

	private void noteConflict(List<Wanted> claims) {
		Setting taken = claims.get(0).setting();
		if (claims.stream().anyMatch((claim) -> !Objects.equals(claim.setting().value(), taken.value()))) {
			this.conflicts.add(new Conflict(taken.section(), taken.option(),
					claims.stream().map(RecommendationWriter::recommended).distinct().toList(), taken.value()));
		}
	}

	/** What the lines say, or what is to be in force without a line. */
	private @Nullable String value(String option, List<RecommendedSetting> inForce) {
		return Stream.concat(this.settings.stream(), inForce.stream())
			.map(RecommendedSetting::setting)
			.filter((setting) -> setting.option().equals(option))
			.map(Setting::value)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private @Nullable String cpuModels(List<RecommendedSetting> inForce) {
		String several = value("cpu_models", inForce);
		return (several != null) ? several : value("cpu_model", inForce);
	}

	private static List<String> values(@Nullable String text) {
		return (text == null || text.isBlank()) ? List.of()
				: Stream.of(text.split(",")).map(String::strip).filter((part) -> !part.isEmpty()).toList();
	}

	private static RecommendedSetting recommended(Wanted wanted) {
		return new RecommendedSetting(wanted.setting(), wanted.rule().id());
	}

	private static int place(String option) {
		int place = ORDER.indexOf(option);
		return (place < 0) ? ORDER.size() : place;
	}

}
