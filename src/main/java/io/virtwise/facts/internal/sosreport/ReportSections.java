package io.virtwise.facts.internal.sosreport;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Gives each text of a report the name that the collector has for it, so that both are
 * read by the same parsers.
 */
final class ReportSections {

	private static final String TOO_LONG = "failed 1";

	/** The configuration of a container counts where there is one. */
	private static final List<String> NOVA_FOLDERS = List
		.of("var/lib/config-data/puppet-generated/nova_libvirt/etc/nova", "etc/kolla/nova-compute", "etc/nova");

	private final KnownFiles files;

	private final SectionText text;

	ReportSections(Map<String, KeptFile> files) {
		this.files = new KnownFiles(files);
		int expected = this.files.size();
		this.text = new SectionText(expected + expected / 16 + 64 * 1024);
	}

	/**
	 * All sections.
	 * @param complaints what was not read, in sentences
	 */
	String all(List<String> complaints) {
		copy("cpuinfo", KnownFile.CPUINFO);
		add("modules", lsmod());
		add("dev-kvm", this.files.devices());
		libvirt();
		novaConfs();
		logs();
		new HostSections(this.files, this.text).write();
		if (!complaints.isEmpty()) {
			this.text.add("not-read", "sosreport", String.join("\n", complaints));
		}
		return this.text.finished();
	}

	/** The command's output has a header, by which it shows to be whole. */
	private @Nullable KeptFile lsmod() {
		KeptFile command = this.files.first(KnownFile.LSMOD);
		KeptFile kernel = this.files.first(KnownFile.PROC_MODULES);
		boolean whole = command != null && command.text().startsWith("Module");
		return (whole || kernel == null) ? command : kernel;
	}

	private void libvirt() {
		this.files.all(KnownFile.CAPABILITIES).stream().limit(1).forEach((file) -> xml("capabilities", file));
		this.files.all(KnownFile.DOMAIN_CAPABILITIES)
			.stream()
			.limit(4)
			.forEach((file) -> xml("domain-capabilities", file));
	}

	/** What a command complained stands where its output should be. */
	private void xml(String name, KeptFile file) {
		String content = file.text();
		boolean printed = content.contains("<") && !file.tooLong();
		this.text.add(name, file.source(), printed ? "ok" : "failed 1", content);
	}

	/** In nova's reading order: each later file overrides the earlier. */
	private void novaConfs() {
		copy("nova-conf", KnownFile.NOVA_DIST);
		List<KeptFile> all = this.files.all(KnownFile.NOVA_CONF);
		for (String folder : NOVA_FOLDERS) {
			List<KeptFile> ours = all.stream().filter((file) -> file.path().startsWith(folder + "/")).toList();
			if (ours.stream().anyMatch((file) -> file.path().equals(folder + "/nova.conf"))
					|| (folder.equals("etc/nova") && !ours.isEmpty())) {
				ours.stream()
					.sorted(Comparator.comparingInt((KeptFile file) -> step(folder, file.path()))
						.thenComparing(KeptFile::path))
					.forEach((file) -> add("nova-conf", file));
				return;
			}
		}
	}

	private static int step(String folder, String path) {
		return List.of("nova.conf", "nova-compute.conf", "nova.conf.d", "nova-compute.conf.d")
			.indexOf(path.substring(folder.length() + 1).split("/", 2)[0]);
	}

	/** Of each kind the newest comes last. */
	private void logs() {
		copy("kernel-log", KnownFile.JOURNAL);
		copy("kernel-log", KnownFile.DMESG);
		for (KnownFile kind : List.of(KnownFile.LIBVIRT_LOG, KnownFile.COMPUTE_LOG)) {
			this.files.all(kind)
				.stream()
				.sorted(RotatedLogs.NEWEST_FIRST.reversed())
				.forEach((file) -> add("nova-compute-log", file));
		}
	}

	private void copy(String name, KnownFile kind) {
		add(name, this.files.first(kind));
	}

	private void add(String name, @Nullable KeptFile file) {
		if (file != null) {
			this.text.add(name, file.source(), file.tooLong() ? TOO_LONG : "ok",
					file.tooLong() ? "it is longer than " + file.kind().limit() / 1024 + " KiB" : file.text());
		}
	}

}
