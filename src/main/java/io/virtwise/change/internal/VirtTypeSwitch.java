package io.virtwise.change.internal;

import io.virtwise.nova.NovaConf;
import io.virtwise.recommendation.NodeAssessment;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a recommendation from being put in force too early: kvm may be the right aim for
 * a node on which KVM does not work yet, but written now it would turn emulation that
 * works into launches that all fail.
 */
final class VirtTypeSwitch {

	private static final String DEFAULT = "kvm";

	private VirtTypeSwitch() {
	}

	/**
	 * Why this must not be written yet, to follow the node's field name; {@code null} if
	 * nothing speaks against it.
	 * @param before the node's nova.conf now
	 * @param after what it would be
	 */
	static @Nullable String fault(NodeAssessment assessment, byte[] before, byte[] after) {
		boolean works = assessment.verdict().equals("ready") || assessment.verdict().equals("action-required");
		String now = virtType(before);
		String then = virtType(after);
		if (works || now.equals(then) || !then.equals("kvm")) {
			return null;
		}
		return "would switch virt_type from " + now + " to kvm, and it is " + assessment.verdict() + ": "
				+ assessment.sentence() + " Mend that first and probe the node again, say on the node's page that "
				+ "emulation is acceptable, or name the settings yourself";
	}

	private static String virtType(byte[] novaConf) {
		return NovaConf.parse(novaConf, "nova.conf")
			.effective("libvirt", "virt_type")
			.map(NovaConf.Assignment::value)
			.orElse(DEFAULT);
	}

}
