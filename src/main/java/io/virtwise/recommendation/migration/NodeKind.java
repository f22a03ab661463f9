package io.virtwise.recommendation.migration;

import java.util.List;
import java.util.stream.Collectors;

import io.virtwise.nova.Setting;
import io.virtwise.rules.Assessment;
import org.jspecify.annotations.Nullable;

/**
 * What nodes have in common that no rule on moves tells apart.
 *
 * @param offer what guests can have there
 * @param now how guests are started today
 * @param recommended how they should be
 * @param kvm whether KVM can be used: the answer of the rules
 * @param release the nova release, {@code null} where nobody knows
 * @param lines what should be set and taken out, to tell kinds apart
 */
record NodeKind(Offer offer, Setup now, Setup recommended, String kvm, @Nullable String release, String lines) {

	private static final List<String> CPU_OPTIONS = List.of("cpu_mode", "cpu_model", "cpu_models",
			"cpu_model_extra_flags");

	static NodeKind of(Member member, Assessment assessment) {
		String kvm = Conclusions.answer(assessment, Conclusions.KVM).orElse("UNKNOWN");
		return new NodeKind(member.offer(), Setup.now(member.facts(), assessment),
				Setup.recommended(member.facts(), assessment), kvm,
				(member.facts().release() != null) ? member.facts().release().displayName() : null,
				cpuLines(assessment));
	}

	/** Whether it decides which CPU guests see, and nothing else. */
	static boolean ofCpu(Setting setting) {
		return CPU_OPTIONS.contains(setting.option());
	}

	private static String cpuLines(Assessment assessment) {
		return assessment.recommendation()
			.settings()
			.stream()
			.map(Assessment.RecommendedSetting::setting)
			.filter(NodeKind::ofCpu)
			.map((one) -> one.option() + "=" + one.value())
			.collect(Collectors.joining("\n"));
	}

}
