package io.virtwise.recommendation;

import io.virtwise.nova.Setting;

/**
 * A recommended setting, with the rule that asks for it and why.
 *
 * @param setting what to set, or to take out where its value is {@code null}
 * @param rule the rule's id
 * @param reason why, as one sentence that an approver can judge
 */
public record ReasonedSetting(Setting setting, String rule, String reason) {
}
