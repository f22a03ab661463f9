package io.virtwise.facts.internal.sosreport;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The files of a report that are read. Everything else in it is passed over.
 */
public enum KnownFile {

	/** The processor. */
	CPUINFO("Processor", 4096, "proc/cpuinfo"),
	/** Loaded modules, as the command prints them. */
	LSMOD("Kernel modules", 1024, "sos_commands/kernel/lsmod", "lsmod"),
	/** Loaded modules, as the kernel shows them. */
	PROC_MODULES("Kernel modules", 1024, "proc/modules"),
	/** What the kernel has of KVM, loaded or built in, and its parameters. */
	KVM_IN_KERNEL("Parameters of KVM", 4, "sys/module/kvm",
			Pattern.compile("sys/module/kvm[a-z0-9_]{0,20}/(?:parameters/[a-z0-9_]{1,60}|initstate|refcnt|taint)"),
			"sys/module/kvm*/parameters/*"),
	/** The listing of the devices. */
	DEVICES("The KVM device", 2048, "/ls_-",
			Pattern.compile("sos_commands/[a-z0-9_-]{1,40}/ls_-[A-Za-z]{1,12}_\\.dev(?:\\.kvm)?"),
			"sos_commands/block/ls_-lanR_.dev"),
	/** Modules named for loading, and their options. */
	MODULE_FILES("Modules loaded at start", 64, "mod", Pattern.compile(
			"etc/modules|(?:etc|usr/lib|lib|run)/(?:modules-load|modprobe)\\.d/[A-Za-z0-9._@+-]{1,100}\\.conf|etc/sysconfig/modules/[A-Za-z0-9._-]{1,100}"),
			"etc/modules-load.d/*.conf, etc/modprobe.d/*.conf"),
	/** The host as libvirt sees it. */
	CAPABILITIES("What libvirt offers", 2048, "_capabilities", Pattern
		.compile("sos_commands/[a-z0-9_-]{1,40}/(?:[a-z0-9_.-]{1,60}_)?virsh(?:_-r)?(?:_-c_[^/]{1,40})?_capabilities"),
			"sos_commands/virsh/virsh_-r_capabilities"),
	/** Its guests as libvirt sees them. */
	DOMAIN_CAPABILITIES("Guests", 1024, "_domcapabilities", Pattern.compile(
			"sos_commands/[a-z0-9_-]{1,40}/(?:[a-z0-9_.-]{1,60}_)?virsh(?:_-r)?(?:_-c_[^/]{1,40})?_domcapabilities[A-Za-z0-9_.-]{0,80}"),
			"sos_commands/virsh/virsh_-r_domcapabilities"),
	/** Versions of libvirt and QEMU. */
	VIRSH_VERSION("Versions", 64, "sos_commands/virsh/virsh_-r_version", "sos_commands/libvirt/virsh_-r_version"),
	/** The guests. */
	VIRSH_LIST("Running guests", 1024, "sos_commands/virsh/virsh_-r_list_--all",
			"sos_commands/libvirt/virsh_-r_list_--all"),
	/** Files of nova, wherever a deployment keeps them. */
	NOVA_CONF("nova.conf", 4096, "nova",
			Pattern.compile(
					"(?:etc/nova|var/lib/config-data/puppet-generated/nova_libvirt/etc/nova|etc/kolla/nova-compute)/"
							+ "(?:nova\\.conf|nova-compute\\.conf"
							+ "|nova(?:-compute)?\\.conf\\.d/[A-Za-z0-9._@+-]{1,200}\\.conf)"),
			"etc/nova/nova.conf, nova-compute.conf, nova.conf.d/*.conf"),
	/** What a distribution gives nova. */
	NOVA_DIST("nova.conf", 1024, "usr/share/nova/nova-dist.conf"),
	/** The compute service's log and its older ones. */
	COMPUTE_LOG("Compute log", 768, "nova-compute.log",
			Pattern.compile(
					"var/log/(?:containers/|kolla/)?nova/nova-compute\\.log(?:\\.[0-9]{1,3}|-[0-9]{8,10})?(?:\\.gz)?"),
			"var/log/nova/nova-compute.log"),
	/** The logs of libvirt and of single guests. */
	LIBVIRT_LOG("Log of libvirt", 64, "libvirt/", Pattern.compile(
			"var/log/(?:containers/|kolla/)?(?:libvirt/)?libvirt/(?:libvirtd|virtqemud|qemu/[A-Za-z0-9._-]{1,100})\\.log"),
			"var/log/libvirt/libvirtd.log"),
	/** The kernel's messages. */
	DMESG("Kernel log", 512, "sos_commands/kernel/dmesg", "dmesg", "sos_commands/general/dmesg",
			"sos_commands/kernel/dmesg_-T", "var/log/dmesg"),
	/** Logs of everything, in which the kernel's lines stand. */
	JOURNAL("Kernel log", 512, "sos_commands/logs/journalctl_--no-pager_--boot",
			"sos_commands/logs/journalctl_--no-pager_--catalog_--boot",
			"sos_commands/logs/journalctl_--all_--this-boot_--no-pager", "sos_commands/logs/journalctl_--no-pager",
			"sos_commands/logs/journalctl_--no-pager_--catalog", "var/log/kern.log", "var/log/messages",
			"var/log/syslog"),
	/** The kernel and the machine's architecture. */
	UNAME("Architecture", 4, "sos_commands/kernel/uname_-a", "uname"),
	/** Packages as dpkg lists them. */
	DEBS("OpenStack release", 2048, "installed-debs", "sos_commands/dpkg/dpkg_-l"),
	/** Packages as rpm lists them. */
	RPMS("OpenStack release", 2048, "installed-rpms", "sos_commands/rpm/package-data"),
	/** The operating system. */
	OS_RELEASE("Operating system", 16, "etc/os-release", "usr/lib/os-release"),
	/** What systemd says of the machine. */
	HOSTNAMECTL("Virtual machine or not", 16, "sos_commands/host/hostnamectl_status", "sos_commands/host/hostnamectl"),
	/** What the firmware says of the machine. */
	DMIDECODE("Virtual machine or not", 1024, "sos_commands/hardware/dmidecode", "dmidecode"),
	/** The machine's maker. */
	DMI_VENDOR("Virtual machine or not", 4, "sys/class/dmi/id/sys_vendor", "sys/devices/virtual/dmi/id/sys_vendor"),
	/** The machine's product name. */
	DMI_PRODUCT("Virtual machine or not", 4, "sys/class/dmi/id/product_name",
			"sys/devices/virtual/dmi/id/product_name"),
	/** As whom QEMU runs. */
	QEMU_CONF("QEMU's user", 256, "etc/libvirt/qemu.conf",
			"var/lib/config-data/puppet-generated/nova_libvirt/etc/libvirt/qemu.conf"),
	/** The machine's users. */
	PASSWD("QEMU's user", 512, "etc/passwd"),
	/** The machine's groups. */
	GROUP("QEMU's user", 512, "etc/group"),
	/** The kernel's parameters. */
	CMDLINE("Kernel parameters", 16, "proc/cmdline"),
	/** The machine's memory. */
	MEMINFO("Memory", 64, "proc/meminfo"),
	/** The controllers of control groups. */
	CGROUPS("Control groups", 64, "sys/fs/cgroup/cgroup.controllers"),
	/** What is mounted, control groups too. */
	MOUNTS("Control groups", 512, "proc/mounts", "proc/self/mounts"),
	/** Whether processors run several threads. */
	SMT("Processor", 4, "sys/devices/system/cpu/smt/active"),
	/** Whether SELinux is on. */
	SESTATUS("SELinux", 64, "sos_commands/selinux/sestatus_-b", "sos_commands/selinux/sestatus", "sestatus");

	/** Folders that a node may have as links. */
	static final List<String> FOLDERS = List.of("etc/nova", "etc/nova/nova.conf.d", "var/log/nova", "var/log/libvirt",
			"sys/class/dmi/id", "etc/modprobe.d", "etc/modules-load.d");

	/** Files of nova that a node may have as links, or in a folder that is one. */
	static final List<String> NOVA_CONFS = List.of("etc/nova/nova.conf", "etc/nova/nova-compute.conf",
			"var/log/nova/nova-compute.log");

	private static final Map<String, KnownFile> BY_PATH = new HashMap<>();

	private static final List<KnownFile> BY_PATTERN = Arrays.stream(values())
		.filter((file) -> file.pattern != null)
		.toList();

	static {
		for (KnownFile file : values()) {
			file.paths().forEach((path) -> BY_PATH.put(path, file));
		}
	}

	private final String fact;

	private final int limit;

	/** One a line. */
	private final String paths;

	private final @Nullable Pattern pattern;

	private final String hint;

	private final String shown;

	KnownFile(String fact, int kib, String... paths) {
		this.fact = fact;
		this.limit = kib * 1024;
		this.paths = String.join("\n", paths);
		this.pattern = null;
		this.hint = "";
		this.shown = paths[0];
	}

	/**
	 * A file of many names.
	 * @param hint what all of them hold, so that the pattern is seldom tried
	 */
	KnownFile(String fact, int kib, String hint, Pattern pattern, String shown) {
		this.fact = fact;
		this.limit = kib * 1024;
		this.paths = "";
		this.pattern = pattern;
		this.hint = hint;
		this.shown = shown;
	}

	/** The file at this path inside the report, {@code null} where it is not read. */
	static @Nullable KnownFile at(String path) {
		KnownFile exact = BY_PATH.get(path);
		if (exact != null || path.length() > 300) {
			return exact;
		}
		for (KnownFile file : BY_PATTERN) {
			if (path.contains(file.hint) && file.pattern != null && file.pattern.matcher(path).matches()) {
				return file;
			}
		}
		return null;
	}

	/** What it tells, in words. */
	public String fact() {
		return this.fact;
	}

	/** Where it is in a report, as people read it. */
	public String shown() {
		return this.shown;
	}

	/** Its places, the better one first; empty where a pattern tells them. */
	List<String> paths() {
		return this.paths.lines().toList();
	}

	/** So many bytes of it are read. */
	int limit() {
		return this.limit;
	}

	/** Whether its end is read where the whole is too long. */
	boolean isLog() {
		return this == COMPUTE_LOG || this == LIBVIRT_LOG || this == DMESG || this == JOURNAL;
	}

}
