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
 * releases; among rules of equal right the safer value.
 */
final class RecommendationWriter {

	/** Options of which a value in force and a line for it are the same thing. */
	private static final Map<String, String> SECTIONS = Map.of("compute_driver", "DEFAULT", "virt_type", "libvirt",
			"cpu_mode", "libvirt");

	private static final Comparator<Wanted> BY_RIGHT = Comparator.comparing((Wanted wanted) -> wanted.rule().severity())
		.thenComparing((wanted) -> wanted.rule().breadth());

	private static final Comparator<Setting> AS_IN_FILE = RecommendationWriter::asInFile;

	private final CauseChain chain;

	private final List<Conflict> conflicts = new ArrayList<>();

	private final Map<Setting, Wanted> lines = new TreeMap<>(AS_IN_FILE);

	private final Map<Setting, Wanted> inForce = new TreeMap<>(AS_IN_FILE);

	private final Recommendation recommendation;

	RecommendationWriter(List<Wanted> lines, List<Wanted> inForce, CauseChain chain) {
		this.chain = chain;
		Map<Setting, List<Wanted>> said = byOption(lines);
		Map<Setting, List<Wanted>> silent = byOption(inForce.stream().map(RecommendationWriter::withSection).toList());
		Map<Setting, Boolean> options = new TreeMap<>(AS_IN_FILE);
		Stream.of(said, silent).forEach((some) -> some.keySet().forEach((option) -> options.put(option, true)));
		options.keySet().forEach((option) -> settle(said.get(option), silent.get(option)));
		this.recommendation = new Recommendation(value("compute_driver"), value("virt_type"), value("cpu_mode"),
				values((value("cpu_models") != null) ? value("cpu_models") : value("cpu_model")),
				recommended(this.lines), values(value("kernel_modules")), values(value("image_formats")),
				recommended(this.inForce));
	}

	Recommendation recommendation() {
		return this.recommendation;
	}

	List<Conflict> conflicts() {
		return this.conflicts.stream()
			.sorted(Comparator.comparing(Conflict::section).thenComparing(Conflict::option))
			.toList();
	}

	/**
	 * Settles one option. A line that takes it out goes together with a value that is in
	 * force without a line; a line with another value does not.
	 */
	private void settle(@Nullable List<Wanted> said, @Nullable List<Wanted> silent) {
		Wanted line = (said != null) ? winner(said) : null;
		Wanted without = (silent != null) ? winner(silent) : null;
		boolean disagree = line != null && without != null && value(line) != null
				&& !Objects.equals(value(line), value(without));
		if (disagree) {
			Wanted taken = winner(List.of(Objects.requireNonNull(line), Objects.requireNonNull(without)));
			line = taken.equals(line) ? line : null;
			without = taken.equals(without) ? without : null;
		}
		if (line != null) {
			this.lines.put(line.setting(), line);
		}
		if (without != null && (line == null || value(line) == null)) {
			this.inForce.put(without.setting(), without);
		}
	}

	/** The claim that counts; notes a conflict if not all want the same. */
	private Wanted winner(List<Wanted> claims) {
		if (claims.size() == 1) {
			return claims.get(0);
		}
		List<Wanted> byRight = claims.stream()
			.sorted(BY_RIGHT.thenComparing((claim) -> claim.rule().id())
				.thenComparing((claim) -> String.valueOf(claim.setting().value())))
			.toList();
		Wanted first = byRight.get(0);
		List<Wanted> equal = byRight.stream().filter((claim) -> BY_RIGHT.compare(claim, first) == 0).toList();
		String option = first.setting().option();
		Comparator<Wanted> safest = Comparator.comparing((Wanted claim) -> claim.setting().value(),
				SaferValue.of(option, value("cpu_mode")));
		Wanted taken = equal.stream().min(safest).orElse(first);
		if (byRight.stream().anyMatch((claim) -> !Objects.equals(claim.setting().value(), value(taken)))) {
			this.conflicts.add(new Conflict(first.setting().section(), option,
					byRight.stream()
						.map((claim) -> new RecommendedSetting(claim.setting(), claim.rule().id()))
						.distinct()
						.toList(),
					value(taken), why(taken, byRight, equal)));
		}
		return taken;
	}

	private static String why(Wanted taken, List<Wanted> byRight, List<Wanted> equal) {
		if (equal.stream().anyMatch((claim) -> !Objects.equals(value(claim), value(taken)))) {
			return "The rules have equal right, so the safer value is taken: "
					+ SaferValue.reason(taken.setting().option()) + ".";
		}
		boolean severer = byRight.stream()
			.filter((claim) -> !Objects.equals(value(claim), value(taken)))
			.allMatch((claim) -> claim.rule().severity() != taken.rule().severity());
		return severer ? "Rule " + taken.rule().id() + " counts more: it is about something worse."
				: "Rule " + taken.rule().id() + " counts more: it is about fewer releases.";
	}

	/** What the lines say, or what is to be in force without a line. */
	private @Nullable String value(String option) {
		String line = value(this.lines, option);
		return (line != null) ? line : value(this.inForce, option);
	}

	private static @Nullable String value(Map<Setting, Wanted> settled, String option) {
		for (Wanted wanted : settled.values()) {
			if (wanted.setting().option().equals(option) && value(wanted) != null) {
				return value(wanted);
			}
		}
		return null;
	}

	private List<RecommendedSetting> recommended(Map<Setting, Wanted> settled) {
		return settled.values()
			.stream()
			.map((wanted) -> new RecommendedSetting(wanted.setting(), wanted.rule().id(),
					this.chain.of(wanted.trace(), sentence(wanted.setting()), false)))
			.toList();
	}

	private static String sentence(Setting setting) {
		String name = (setting.section().isEmpty() ? "" : "[" + setting.section() + "] ") + setting.option();
		return (setting.value() != null) ? name + " = " + setting.value() : name + " is taken out";
	}

	private static Map<Setting, List<Wanted>> byOption(List<Wanted> claims) {
		Map<Setting, List<Wanted>> byOption = new TreeMap<>(AS_IN_FILE);
		claims.forEach((claim) -> byOption.computeIfAbsent(claim.setting(), (option) -> new ArrayList<>()).add(claim));
		return byOption;
	}

	private static Wanted withSection(Wanted wanted) {
		Setting setting = wanted.setting();
		return new Wanted(new Setting(SECTIONS.getOrDefault(setting.option(), ""), setting.option(), setting.value()),
				wanted.trace());
	}

	private static @Nullable String value(Wanted claim) {
		return claim.setting().value();
	}

	private static List<String> values(@Nullable String text) {
		return (text == null || text.isBlank()) ? List.of()
				: Stream.of(text.split(",")).map(String::strip).filter((part) -> !part.isEmpty()).toList();
	}

	/** The section DEFAULT first, what has no section last, the main options first. */
	private static int asInFile(Setting one, Setting other) {
		int sections = Integer.compare(place(one), place(other));
		if (sections == 0) {
			sections = one.section().compareTo(other.section());
		}
		if (sections != 0) {
			return sections;
		}
		int places = Integer.compare(place(one.option()), place(other.option()));
		return (places != 0) ? places : one.option().compareTo(other.option());
	}

	private static int place(Setting setting) {
		return setting.section().equals("DEFAULT") ? 0 : (setting.section().isEmpty() ? 2 : 1);
	}

	private static int place(String option) {
		return switch (option) {
			case "compute_driver" -> 0;
			case "virt_type" -> 1;
			case "cpu_mode" -> 2;
			case "cpu_model" -> 3;
			case "cpu_models" -> 4;
			default -> 5;
		};
	}

}
