package io.virtwise.facts;

import java.util.Locale;

/**
 * The family of processor architectures, as far as KVM's ways differ.
 */
public enum ArchFamily {

	/** i686, x86_64. */
	X86,
	/** ppc, ppc64, ppc64le. */
	POWER,
	/** armv7l, aarch64. */
	ARM,
	/** s390x. */
	S390,
	/** riscv64. */
	RISCV,
	/** Known, but none of the above. */
	OTHER,
	/** Nobody knows. */
	UNKNOWN;

	/** The name in the HTTP contract. */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The family of an architecture name as {@code uname -m} or libvirt spell it. */
	public static ArchFamily of(String arch) {
		if (arch.equals("x86_64") || arch.matches("i[3-6]86") || arch.equals("amd64")) {
			return X86;
		}
		if (arch.startsWith("ppc")) {
			return POWER;
		}
		if (arch.startsWith("aarch64") || arch.startsWith("arm")) {
			return ARM;
		}
		if (arch.startsWith("s390")) {
			return S390;
		}
		if (arch.startsWith("riscv")) {
			return RISCV;
		}
		return OTHER;
	}

}
