package io.virtwise.recommendation.migration;

import java.util.List;

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
 * @param lines the lines that nova.conf should get
 */
record NodeKind(Offer offer, Setup now, Setup recommended, String kvm, @Nullable String release, String lines) {

	static NodeKind of(Member member, Assessment assessment) {
		String kvm = Conclusions.answer(assessment, Conclusions.KVM).orElse("UNKNOWN");
		return new NodeKind(member.offer(), Setup.now(member.facts(), assessment),
				Setup.recommended(member.facts(), assessment), kvm,
				(member.facts().release() != null) ? member.facts().release().displayName() : null,
				cpuLines(assessment));
	}

	private static String cpuLines(Assessment assessment) {
		List<String> options = List.of("cpu_mode", "cpu_model", "cpu_models", "cpu_model_extra_flags");
		return String.join("\n", assessment.recommendation()
			.settings()
			.stream()
			.map(Assessment.RecommendedSetting::setting)
			.filter((one) -> options.contains(one.option()))
			.map((one) -> (one.value() != null) ? one.option() + " = " + one.value() : "# take out " + one.option())
			.toList());
	}

}
