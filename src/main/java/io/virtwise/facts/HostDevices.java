package io.virtwise.facts;

/**
 * Device nodes beside {@code /dev/kvm} that guests need.
 *
 * @param known whether anybody looked
 * @param vhostNet {@code /dev/vhost-net}
 * @param tun {@code /dev/net/tun}
 * @param sev {@code /dev/sev}, of AMD's memory encryption
 * @param protectedVirtualization {@code /sys/firmware/uv}, of s390's
 */
public record HostDevices(boolean known, Known vhostNet, Known tun, Known sev, Known protectedVirtualization) {

	/** Nobody looked. */
	public static final HostDevices UNKNOWN = new HostDevices(false, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN,
			Known.UNKNOWN);

}
