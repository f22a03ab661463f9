package io.virtwise.recommendation;

import java.util.List;

import io.virtwise.nova.Setting;

/**
 * A recommended setting, with the rule that asks for it and why.
 *
 * @param setting what to set, or to take out where its value is {@code null}
 * @param rule the rule's id
 * @param reason why, as one sentence that an approver can judge
 */
public record ReasonedSetting(Setting setting, String rule, String reason) {

	/** Several as people read them below {@code [libvirt]}. */
	public static String lines(List<ReasonedSetting> settings) {
		return String.join("\n", settings.stream()
			.map(ReasonedSetting::setting)
			.map((one) -> (one.value() != null) ? one.option() + " = " + one.value() : "# take out " + one.option())
			.toList());
	}

}
