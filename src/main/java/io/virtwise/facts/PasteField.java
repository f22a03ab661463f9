package io.virtwise.facts;

/**
 * One of the documented commands, and the field that takes what it printed.
 */
public enum PasteField {

	/** The processor and its flags. */
	CPUINFO(EvidenceKind.CPUINFO, "cpuinfo", "Processor", "cat /proc/cpuinfo", false, 4,
			"It would tell whether the processor can do hardware virtualization."),
	/** The loaded modules. */
	MODULES(EvidenceKind.MODULES, "modules", "Kernel modules", "lsmod | grep kvm", false, 2,
			"It would tell whether the kernel has loaded KVM."),
	/** The device node. */
	DEV_KVM(EvidenceKind.DEV_KVM, "dev-kvm", "The KVM device", "ls -l /dev/kvm", false, 2,
			"It would tell who may use KVM."),
	/** nova.conf. */
	NOVA_CONF(EvidenceKind.NOVA_CONF, "nova-conf", "nova.conf", "cat /etc/nova/nova.conf", true, 5,
			"It would tell what the node is set to now. Cut out passwords if you like; they are not needed."),
	/** The second file that Debian and Ubuntu have. */
	NOVA_COMPUTE_CONF(EvidenceKind.NOVA_CONF, "nova-compute-conf", "nova-compute.conf",
			"cat /etc/nova/nova-compute.conf", true, 2,
			"Debian and Ubuntu keep virt_type there; nova reads it after nova.conf."),
	/** The small files beside it. */
	NOVA_DROP_INS(EvidenceKind.NOVA_CONF, "nova-conf-d", "nova.conf.d", "cat /etc/nova/nova.conf.d/*.conf", true, 2,
			"nova reads these files last, in the order of their names; each overrides what stands before it."),
	/** libvirt's view of the host. */
	CAPABILITIES(EvidenceKind.CAPABILITIES, "capabilities", "What libvirt offers", "virsh capabilities", true, 3,
			"It would tell whether libvirt can start guests with KVM."),
	/** libvirt's view of guests with KVM. */
	KVM_GUESTS(EvidenceKind.DOMAIN_CAPABILITIES, "domain-capabilities-kvm", "Guests with KVM",
			"virsh domcapabilities --virttype kvm", true, 3,
			"It would tell which processor models guests with KVM can have."),
	/** libvirt's view of emulated guests. */
	QEMU_GUESTS(EvidenceKind.DOMAIN_CAPABILITIES, "domain-capabilities-qemu", "Emulated guests",
			"virsh domcapabilities --virttype qemu", true, 3,
			"It would tell which processor models emulated guests can have."),
	/** What the kernel said since it started. */
	KERNEL_LOG(EvidenceKind.KERNEL_LOG, "kernel-log", "Kernel log", "dmesg", true, 3,
			"It would tell whether firmware keeps virtualization off."),
	/** What nova-compute said. */
	NOVA_COMPUTE_LOG(EvidenceKind.NOVA_COMPUTE_LOG, "nova-compute-log", "nova-compute.log",
			"tail -n 5000 /var/log/nova/nova-compute.log", true, 3,
			"It would tell what has gone wrong so far, and often what libvirt offers and which release of nova runs.");

	private final EvidenceKind kind;

	private final String field;

	private final String title;

	private final String command;

	private final boolean asRoot;

	private final int rows;

	private final String unknown;

	PasteField(EvidenceKind kind, String field, String title, String command, boolean asRoot, int rows,
			String unknown) {
		this.kind = kind;
		this.field = field;
		this.title = title;
		this.command = command;
		this.asRoot = asRoot;
		this.rows = rows;
		this.unknown = unknown;
	}

	/** What its text is. */
	public EvidenceKind kind() {
		return this.kind;
	}

	/** The name of the form's field. */
	public String field() {
		return this.field;
	}

	/** Its heading. */
	public String title() {
		return this.title;
	}

	/** The command to run on the node. */
	public String command() {
		return this.command;
	}

	/** Whether the command needs root there. */
	public boolean asRoot() {
		return this.asRoot;
	}

	/** How many lines the field shows. */
	public int rows() {
		return this.rows;
	}

	/** What is missing as long as nobody looked. */
	public String unknown() {
		return this.unknown;
	}

	/** Whether it matters only for CPU models. */
	public boolean secondary() {
		return this.kind == EvidenceKind.DOMAIN_CAPABILITIES;
	}

	/** Whether it is a log, which may come as a file, packed too. */
	public boolean log() {
		return this.kind == EvidenceKind.KERNEL_LOG || this.kind == EvidenceKind.NOVA_COMPUTE_LOG;
	}

	/** The name of the form's field for such a file. */
	public String file() {
		return this.field + "-file";
	}

	/** What printed nothing: of a command that looks for something not the whole list. */
	String sourceOfNothing() {
		return (this == MODULES) ? this.command : source();
	}

	/** How the text is named where a fact was seen in it. */
	String source() {
		return switch (this) {
			case NOVA_COMPUTE_CONF, NOVA_DROP_INS, KVM_GUESTS, QEMU_GUESTS ->
				this.command.replace("cat /etc/nova/", "");
			default -> this.kind.title();
		};
	}

}
