package io.virtwise.facts;

import java.util.Optional;

/**
 * The kinds of evidence that can be handed in, by their name in the HTTP contract.
 */
public enum EvidenceKind {

	/** {@code /proc/cpuinfo}, whole or grepped. */
	CPUINFO("cpuinfo", "/proc/cpuinfo"),
	/** {@code lsmod} or {@code /proc/modules}. */
	MODULES("modules", "lsmod"),
	/** {@code ls -l /dev/kvm}, {@code stat}, or the shell's complaint. */
	DEV_KVM("dev-kvm", "ls -l /dev/kvm"),
	/** {@code dmesg} excerpt. */
	KERNEL_LOG("kernel-log", "kernel log"),
	/** {@code virsh capabilities}. */
	CAPABILITIES("capabilities", "virsh capabilities"),
	/** {@code virsh domcapabilities}; may repeat. */
	DOMAIN_CAPABILITIES("domain-capabilities", "virsh domcapabilities"),
	/** nova.conf; may repeat, in reading order. */
	NOVA_CONF("nova-conf", "nova.conf"),
	/** Excerpt of the compute log. */
	NOVA_COMPUTE_LOG("nova-compute-log", "nova-compute.log"),
	/** Output of the collector script. */
	COLLECTOR("collector", "collector output"),
	/** A sosreport archive. */
	SOSREPORT("sosreport", "sosreport"),
	/**
	 * What a probe of a registered node tells of it beside the other kinds, in the form
	 * of the collector's output. Nobody hands it in.
	 */
	PROBE("probe", "probe over libvirt");

	private final String part;

	private final String title;

	EvidenceKind(String part, String title) {
		this.part = part;
		this.title = title;
	}

	/** The name of the part in the HTTP contract. */
	public String part() {
		return this.part;
	}

	/** What people call it. */
	public String title() {
		return this.title;
	}

	/** The kind of this part name, if there is one that can be handed in. */
	public static Optional<EvidenceKind> ofPart(String part) {
		for (EvidenceKind kind : values()) {
			if (kind != PROBE && kind.part.equals(part)) {
				return Optional.of(kind);
			}
		}
		return Optional.empty();
	}

}
