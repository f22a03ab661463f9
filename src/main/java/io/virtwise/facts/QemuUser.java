package io.virtwise.facts;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The user that guests run as, and the numeric groups by which it reaches devices. Names
 * mislead where libvirt runs in a container, numbers do not.
 *
 * @param known whether anybody looked
 * @param name the user's name, as {@code qemu} or {@code libvirt-qemu}
 * @param uid its number
 * @param gid the number of its own group
 * @param groups the numbers of all its groups, as texts
 * @param deviceGid the number of the group that owns {@code /dev/kvm}
 * @param inContainer whether libvirt runs in a container of its own
 */
public record QemuUser(boolean known, @Nullable String name, @Nullable Integer uid, @Nullable Integer gid,
		List<String> groups, @Nullable Integer deviceGid, Known inContainer) {

	/** Nobody looked. */
	public static final QemuUser UNKNOWN = new QemuUser(false, null, null, null, List.of(), null, Known.UNKNOWN);

	public QemuUser {
		groups = List.copyOf(groups);
	}

	/** Whether guests run as root, whom no group keeps out. */
	public boolean root() {
		return this.uid != null && this.uid == 0;
	}

	/**
	 * Whether it is in the numeric group that owns {@code /dev/kvm}; root needs no group.
	 */
	public Known inDeviceGroup() {
		if (root()) {
			return Known.YES;
		}
		if (this.deviceGid == null || (this.groups.isEmpty() && this.gid == null)) {
			return Known.UNKNOWN;
		}
		return Known.of(this.deviceGid.equals(this.gid) || this.groups.contains(this.deviceGid.toString()));
	}

}
