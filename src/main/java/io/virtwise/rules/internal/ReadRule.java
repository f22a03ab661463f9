package io.virtwise.rules.internal;

import org.drools.drl.ast.descr.RuleDescr;

/**
 * A rule that passed the check.
 *
 * @param head what is known of it
 * @param descriptor its condition and consequence as parsed
 */
record ReadRule(RuleHead head, RuleDescr descriptor) {
}
