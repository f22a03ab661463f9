package io.virtwise.recommendation.migration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.HostFacts;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.Software;
import io.virtwise.nova.X86CpuModels;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of a group as tests need them, read by the portal's own parsers.
 */
final class Nodes {

	static final Instant AT = Instant.parse("2026-11-22T14:02:00Z");

	private final FactReader reader;

	Nodes(FactReader reader) {
		this.reader = reader;
	}

	/** A node that runs KVM, with this answer of virsh domcapabilities. */
	Member intel(String name, String processor, String domainCapabilities, String novaConf) {
		return of(name, "GenuineIntel", "vmx", "kvm_intel", processor, domainCapabilities, novaConf);
	}

	/** The same with a processor of AMD. */
	Member amd(String name, String processor, String domainCapabilities, String novaConf) {
		return of(name, "AuthenticAMD", "svm", "kvm_amd", processor, domainCapabilities, novaConf);
	}

	private Member of(String name, String vendor, String flag, String module, String processor,
			String domainCapabilities, String novaConf) {
		List<Evidence.Item> items = new ArrayList<>();
		items.add(item(EvidenceKind.CPUINFO, "processor\t: 0\nvendor_id\t: " + vendor + "\nmodel name\t: " + processor
				+ "\nmicrocode\t: 0x2f\nflags\t\t: fpu " + flag + " sse2\n"));
		items.add(item(EvidenceKind.MODULES, module + " 1 0\nkvm 1 1 " + module + "\n"));
		items.add(item(EvidenceKind.DEV_KVM, "crw-rw-rw- 1 root kvm 10, 232 Nov  3 19:40 /dev/kvm"));
		items.add(item(EvidenceKind.DOMAIN_CAPABILITIES, domainCapabilities));
		items.add(item(EvidenceKind.NOVA_CONF,
				"[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n[libvirt]\nvirt_type = kvm\n" + novaConf));
		NodeFacts read = this.reader
			.read(new Evidence(items, "29", Intent.ofAnswers(Map.of("intent.live-migration", "true"))));
		return member(name, versions(read, "5.14.0", "10.0.0", "8.2.2"));
	}

	static Member member(String name, NodeFacts facts) {
		return Member.of(name, name, AT, facts);
	}

	/** The same node with other versions. */
	static NodeFacts versions(NodeFacts facts, @Nullable String kernel, @Nullable String libvirt,
			@Nullable String qemu) {
		Software software = new Software(true, "rhel", 9, kernel, Software.number(kernel), libvirt,
				Software.number(libvirt), qemu, Software.number(qemu), Known.YES, Known.YES, Known.UNKNOWN);
		HostFacts host = facts.host();
		return new NodeFacts(facts.platform(), facts.cpuinfo(), facts.modules(), facts.devKvm(), facts.capabilities(),
				facts.domainCapabilities(), facts.novaConf(), facts.release(), facts.intent(), facts.seen(),
				facts.problems(),
				new HostFacts(host.registers(), host.parameters(), host.persistence(), host.qemuUser(), host.devices(),
						host.cgroups(), host.iommu(), software, host.state(), host.guests()),
				facts.options(), facts.logs());
	}

	/**
	 * What virsh domcapabilities would say where KVM offers exactly the features of a
	 * named model, and some more, or with a minus fewer.
	 */
	static String offering(String model, String vendor, String... flags) {
		List<String> all = new ArrayList<>(X86CpuModels.features(model).orElseThrow());
		for (String flag : flags) {
			if (flag.startsWith("-")) {
				all.remove(flag.substring(1));
			}
			else {
				all.add(flag);
			}
		}
		StringBuilder xml = new StringBuilder("<domainCapabilities><domain>kvm</domain><arch>x86_64</arch><cpu>")
			.append("<mode name='host-passthrough' supported='yes'/><mode name='host-model' supported='yes'>")
			.append("<model fallback='forbid'>" + model + "</model><vendor>" + vendor + "</vendor>");
		for (String flag : flags) {
			xml.append(flag.startsWith("-") ? "<feature policy='disable' name='" + flag.substring(1) + "'/>"
					: "<feature policy='require' name='" + flag + "'/>");
		}
		xml.append("</mode><mode name='custom' supported='yes'>");
		for (String one : X86CpuModels.oldToNew()) {
			boolean usable = all.containsAll(X86CpuModels.features(one).orElseThrow());
			xml.append("<model usable='" + (usable ? "yes" : "no") + "'>" + one + "</model>");
		}
		return xml.append("</mode></cpu></domainCapabilities>").toString();
	}

	private static Evidence.Item item(EvidenceKind kind, String text) {
		return new Evidence.Item(kind, text);
	}

}
