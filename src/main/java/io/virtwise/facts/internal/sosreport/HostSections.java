package io.virtwise.facts.internal.sosreport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What a report tells of the host beside the parts that have parsers of their own, in the
 * words that the collector has for it.
 */
final class HostSections {

	/** Lines of what was picked out of a file are not that file's lines. */
	private static final String PICKED = ", in short";

	private final KnownFiles files;

	private final SectionText text;

	HostSections(KnownFiles files, SectionText text) {
		this.files = files;
		this.text = text;
	}

	void write() {
		machine();
		kernel();
		kvm();
		devices();
		pick("cgroup-mounts", KnownFile.MOUNTS, (line) -> line.contains(" cgroup "));
		copy("cgroup-controllers", KnownFile.CGROUPS);
		pick("memory", KnownFile.MEMINFO, (line) -> line.startsWith("MemTotal:"));
		copy("smt", KnownFile.SMT);
		selinux();
		libvirt();
		qemuIdentity();
		packages();
	}

	private void machine() {
		copy("os-release", KnownFile.OS_RELEASE);
		KeptFile systemd = this.files.first(KnownFile.HOSTNAMECTL);
		String virtualization = (systemd != null) ? HostText.value(systemd.text(), "Virtualization") : null;
		if (systemd != null && virtualization != null) {
			this.text.add("detect-virt", systemd.path() + PICKED, virtualization.toLowerCase(Locale.ROOT));
		}
		dmi("dmi-sys_vendor", KnownFile.DMI_VENDOR, "Manufacturer");
		dmi("dmi-product_name", KnownFile.DMI_PRODUCT, "Product Name");
	}

	private void dmi(String name, KnownFile own, String field) {
		KeptFile decoded = this.files.first(KnownFile.DMIDECODE);
		String value = (decoded != null) ? HostText.system(decoded.text(), field) : null;
		if (this.files.first(own) != null) {
			copy(name, own);
		}
		else if (decoded != null && value != null) {
			this.text.add(name, decoded.path() + PICKED, value);
		}
	}

	private void kernel() {
		KeptFile uname = this.files.first(KnownFile.UNAME);
		if (uname != null) {
			add("uname", uname, HostText.arch(uname.text()));
			add("kernel", uname, HostText.kernel(uname.text()));
		}
		KeptFile cmdline = this.files.first(KnownFile.CMDLINE);
		if (cmdline != null) {
			this.text.add("cmdline", cmdline.path() + PICKED, HostText.virtualizationWords(cmdline.text()));
		}
	}

	private void kvm() {
		TreeSet<String> modules = new TreeSet<>();
		List<String> parameters = new ArrayList<>();
		for (KeptFile file : this.files.all(KnownFile.KVM_IN_KERNEL)) {
			String[] steps = file.path().split("/", -1);
			modules.add(steps[2]);
			if (steps.length == 5) {
				parameters.add(steps[2] + "/" + steps[4] + ": " + file.text().strip());
			}
		}
		if (!modules.isEmpty()) {
			this.text.add("kvm-in-kernel", "sys/module/kvm*", String.join("\n", modules));
			this.text.add("kvm-parameters", "sys/module/kvm*/parameters", String.join("\n", parameters));
		}
		List<KeptFile> asking = this.files.all(KnownFile.MODULE_FILES);
		if (!asking.isEmpty()) {
			this.text.add("module-files", "etc/modules-load.d, etc/modprobe.d",
					asking.stream().flatMap(HostText::modules).collect(Collectors.joining("\n")));
		}
	}

	/** A listing of all of /dev tells also what is not there. */
	private void devices() {
		KeptFile listing = this.files.devices();
		if (listing == null || !listing.text().startsWith("/dev:")) {
			return;
		}
		this.text.add("devices", listing.path() + PICKED, HostText.devices(listing.text()));
		add("dev-kvm-numeric", listing, HostText.deviceLine(listing.text(), "/dev", "kvm"));
	}

	private void selinux() {
		KeptFile status = this.files.first(KnownFile.SESTATUS);
		if (status != null) {
			String mode = HostText.value(status.text(), "Current mode");
			add("selinux", status, (mode != null) ? mode : HostText.value(status.text(), "SELinux status"));
			String execmem = HostText.lineWith(status.text(), "virt_use_execmem");
			add("execmem", status, (execmem != null) ? execmem.replaceFirst("\\s+", " --> ") : null);
		}
	}

	private void libvirt() {
		copy("libvirt-version", KnownFile.VIRSH_VERSION);
		KeptFile list = this.files.first(KnownFile.VIRSH_LIST);
		if (list != null && list.text().stripLeading().startsWith("Id")) {
			this.text.add("guests", list.path() + PICKED, HostText.running(list.text()));
		}
	}

	private void qemuIdentity() {
		KeptFile conf = this.files.first(KnownFile.QEMU_CONF);
		KeptFile passwd = this.files.first(KnownFile.PASSWD);
		KeptFile group = this.files.first(KnownFile.GROUP);
		List<String> lines = new ArrayList<>();
		if (passwd != null && group != null) {
			lines.addAll(QemuUsers.of(passwd.text(), group.text()));
		}
		if (conf != null) {
			lines.addAll(HostText.assignments(conf.text(), "user", "group", "dynamic_ownership"));
		}
		if (conf != null || !lines.isEmpty()) {
			String source = (conf != null) ? conf.path() : "etc/passwd";
			this.text.add("qemu-identity", lines.size() > 0 && passwd != null ? source + ", etc/passwd" : source,
					String.join("\n", lines));
		}
	}

	private void packages() {
		KeptFile debs = this.files.first(KnownFile.DEBS);
		KeptFile rpms = this.files.first(KnownFile.RPMS);
		KeptFile list = (debs != null) ? debs : rpms;
		if (list == null) {
			return;
		}
		Packages packages = (debs != null) ? Packages.debs(debs.text()) : Packages.rpms(list.text());
		this.text.add("nova-version", list.path(), packages.lines("(?:openstack-)?nova-(?:compute|common)"));
		add("installed", list, packages.installed());
		add("libvirtd-version", list, packages.version("libvirt-daemon(?:-system)?|libvirt-bin|libvirt", "(libvirt) "));
		add("qemu-version", list,
				packages.version("qemu-kvm(?:-core|-rhev|-common)?|qemu-system-[a-z0-9]+", "QEMU emulator version "));
	}

	private void add(String name, KeptFile file, @Nullable String content) {
		if (content != null && !content.isBlank()) {
			this.text.add(name, file.path() + PICKED, content);
		}
	}

	private void copy(String name, KnownFile kind) {
		KeptFile file = this.files.first(kind);
		if (file != null && !file.tooLong()) {
			this.text.add(name, file.path(), file.text());
		}
	}

	private void pick(String name, KnownFile kind, Predicate<String> wanted) {
		KeptFile file = this.files.first(kind);
		if (file != null && !file.tooLong()) {
			this.text.add(name, file.path() + PICKED,
					file.text().lines().filter(wanted).collect(Collectors.joining("\n")));
		}
	}

}
