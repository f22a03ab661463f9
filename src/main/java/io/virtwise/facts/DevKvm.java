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
 * @param accessList what that list says, where it was handed in
 */
public record DevKvm(Known present, @Nullable String mode, @Nullable String owner, @Nullable String group, Known acl,
		AccessList accessList) {

	/** Nobody looked. */
	public static final DevKvm UNKNOWN = new DevKvm(Known.UNKNOWN, null, null, null, Known.UNKNOWN);

	/** The same without an access list. */
	public DevKvm(Known present, @Nullable String mode, @Nullable String owner, @Nullable String group, Known acl) {
		this(present, mode, owner, group, acl, AccessList.UNKNOWN);
	}

	/** Whether it is a character device, which on Arm is the proof of KVM. */
	public Known characterDevice() {
		return (this.mode == null) ? ((this.present == Known.NO) ? Known.NO : Known.UNKNOWN)
				: Known.of(this.mode.startsWith("c"));
	}

	/**
	 * Whether members of its group may read and write. Behind a plus sign the group's
	 * letters of the mode are the list's mask, so that only the list can tell.
	 */
	public Known groupMayUse() {
		if (this.accessList.group() != Known.UNKNOWN) {
			return this.accessList.group();
		}
		return (this.acl == Known.YES && may(4) == Known.YES) ? Known.UNKNOWN : may(4);
	}

	/** Whether everybody that no other entry is for may read and write. */
	public Known everybodyMayUse() {
		return (this.accessList.others() != Known.UNKNOWN) ? this.accessList.others() : may(7);
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

	/**
	 * What {@code getfacl} shows.
	 *
	 * @param group whether the owning group may read and write
	 * @param others whether those may whom no other entry is for
	 * @param extended whether it has entries beyond owner, group and others
	 */
	public record AccessList(Known group, Known others, boolean extended) {

		/** Nobody handed it in. */
		public static final AccessList UNKNOWN = new AccessList(Known.UNKNOWN, Known.UNKNOWN, false);

	}

}
