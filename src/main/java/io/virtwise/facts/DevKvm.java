package io.virtwise.facts;

import org.jspecify.annotations.Nullable;

/**
 * The device node {@code /dev/kvm}.
 *
 * @param present whether it is there
 * @param mode as {@code ls} prints it, ten characters, without a trailing mark
 * @param owner as listed, a name or a number
 * @param group as listed, a name or a number
 * @param acl whether a plus sign says that an access list may grant or deny more
 */
public record DevKvm(Known present, @Nullable String mode, @Nullable String owner, @Nullable String group, Known acl) {

	/** Nobody looked. */
	public static final DevKvm UNKNOWN = new DevKvm(Known.UNKNOWN, null, null, null, Known.UNKNOWN);

	/** Whether it is a character device, which on Arm is the proof of KVM. */
	public Known characterDevice() {
		return (this.mode == null) ? ((this.present == Known.NO) ? Known.NO : Known.UNKNOWN)
				: Known.of(this.mode.startsWith("c"));
	}

	/** Whether members of its group may read and write. */
	public Known groupMayUse() {
		return may(4);
	}

	/** Whether everybody may read and write. */
	public Known everybodyMayUse() {
		return may(7);
	}

	/**
	 * Whether the group is listed as a number, which names nothing outside that machine.
	 */
	public boolean groupIsNumber() {
		return this.group != null && this.group.chars().allMatch(Character::isDigit);
	}

	private Known may(int at) {
		return (this.mode == null || this.mode.length() < 10) ? Known.UNKNOWN
				: Known.of(this.mode.startsWith("rw", at));
	}

}
