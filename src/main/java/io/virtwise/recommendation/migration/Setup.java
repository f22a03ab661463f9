package io.virtwise.recommendation.migration;

import java.util.List;
import java.util.Locale;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import org.jspecify.annotations.Nullable;

/**
 * With which processor a node starts guests.
 *
 * @param virtType kvm or qemu; {@code null} where nobody knows
 * @param mode the CPU mode; {@code null} where nobody knows
 * @param models the named models, with custom
 * @param flags CPU flags asked for beside them
 */
record Setup(@Nullable String virtType, @Nullable String mode, List<String> models, List<String> flags) {

	/** What the present nova.conf puts in force, as the rules read it. */
	static Setup now(NodeFacts facts, Assessment assessment) {
		if (!facts.novaConf().known() || !facts.novaConf().parses()) {
			return new Setup(null, null, List.of(), List.of());
		}
		String virtType = answer(assessment, Conclusions.CONFIGURED_TYPE);
		String mode = answer(assessment, Conclusions.PRESENT_MODE);
		boolean custom = "custom".equals(mode);
		return new Setup(known(virtType, List.of("kvm", "qemu")),
				known(mode, List.of("none", "host-model", "host-passthrough", "custom")),
				custom ? facts.novaConf().cpuModels() : List.of(),
				"none".equals(mode) ? List.of() : facts.novaConf().cpuModelExtraFlags());
	}

	/** What the rules recommend. */
	static Setup recommended(NodeFacts facts, Assessment assessment) {
		Assessment.Recommendation wanted = assessment.recommendation();
		return new Setup(wanted.virtType(), wanted.cpuMode(), wanted.cpuModels(),
				"none".equals(wanted.cpuMode()) ? List.of() : flags(facts, wanted));
	}

	/** The line that the rules want, or else the one that is there. */
	private static List<String> flags(NodeFacts facts, Assessment.Recommendation wanted) {
		return wanted.settings()
			.stream()
			.filter((one) -> one.setting().option().equals("cpu_model_extra_flags"))
			.findFirst()
			.map((one) -> (one.setting().value() == null) ? List.<String>of()
					: List.of(one.setting().value().split(" *, *", -1)))
			.orElse(facts.novaConf().cpuModelExtraFlags());
	}

	private static @Nullable String known(@Nullable String answer, List<String> words) {
		return (answer != null && words.contains(answer)) ? answer : null;
	}

	private static @Nullable String answer(Assessment assessment, String topic) {
		return Conclusions.answer(assessment, topic)
			.map((one) -> one.toLowerCase(Locale.ROOT).replace('_', '-'))
			.orElse(null);
	}

	/** As people read it: {@code kvm, custom: Nehalem}. */
	String words() {
		if (this.virtType == null || this.mode == null) {
			return "unknown";
		}
		return this.virtType + ", " + this.mode + (this.models.isEmpty() ? "" : ": " + String.join(", ", this.models));
	}

}
