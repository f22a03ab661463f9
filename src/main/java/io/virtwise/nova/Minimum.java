package io.virtwise.nova;

import org.jspecify.annotations.Nullable;

/**
 * The oldest libvirt and QEMU that a nova takes.
 *
 * @param libvirt as {@code 6.0.0}
 * @param qemu as {@code 4.2.0}; {@code null} where nova does not look
 */
public record Minimum(String libvirt, @Nullable String qemu) {

	/** Libvirt's version as it counts itself: 6.0.0 is 6000000. */
	public int libvirtNumber() {
		return number(this.libvirt);
	}

	/** QEMU's version, counted in the same way; 0 where nova does not look. */
	public int qemuNumber() {
		return (this.qemu == null) ? 0 : number(this.qemu);
	}

	private static int number(String version) {
		int number = 0;
		for (String part : version.split("\\.", -1)) {
			number = number * 1000 + Integer.parseInt(part);
		}
		return number;
	}

}
