package io.virtwise.recommendation.terminal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The collector's output of a node that does not exist: an Intel machine on which all is
 * well, until a test takes something away.
 */
final class CollectedNode {

	private final Map<String, String> sections = new LinkedHashMap<>();

	private CollectedNode() {
	}

	static CollectedNode allWell() {
		CollectedNode node = new CollectedNode();
		node.with("uname: uname -m", "x86_64");
		node.with("detect-virt: systemd-detect-virt", "none");
		node.with("cpuinfo: /proc/cpuinfo", """
				processor	: 0
				vendor_id	: GenuineIntel
				cpu family	: 6
				model name	: Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz
				flags		: fpu vme de pse tsc msr pae mce cx8 apic sep mtrr vmx ssse3 aes ept
				""");
		node.with("modules: /proc/modules", """
				kvm_intel 290816 0 - Live 0x0000000000000000
				kvm 864256 1 kvm_intel, Live 0x0000000000000000
				vhost_net 32768 0 - Live 0x0000000000000000
				""");
		node.with("dev-kvm: ls -l /dev/kvm", "crw-rw---- 1 root kvm 10, 232 Nov  3 08:10 /dev/kvm");
		node.with("capabilities: virsh -c qemu:///system capabilities",
				"""
						<capabilities>
						  <host>
						    <cpu><arch>x86_64</arch><model>Skylake-Server-IBRS</model><vendor>Intel</vendor><feature name='vmx'/></cpu>
						  </host>
						  <guest>
						    <os_type>hvm</os_type>
						    <arch name='x86_64'><wordsize>64</wordsize><emulator>/usr/bin/qemu-system-x86_64</emulator>
						      <domain type='qemu'/><domain type='kvm'/>
						    </arch>
						  </guest>
						</capabilities>
						""");
		node.with("domain-capabilities: virsh -c qemu:///system domcapabilities --virttype kvm",
				"""
						<domainCapabilities>
						  <path>/usr/bin/qemu-system-x86_64</path><domain>kvm</domain><machine>pc-i440fx-7.2</machine><arch>x86_64</arch>
						  <cpu>
						    <mode name='host-passthrough' supported='yes'/>
						    <mode name='host-model' supported='yes'><model fallback='forbid'>Skylake-Server-IBRS</model></mode>
						    <mode name='custom' supported='yes'><model usable='yes'>Haswell</model></mode>
						  </cpu>
						</domainCapabilities>
						""");
		node.with("nova-version: dpkg-query nova-compute", "nova-compute 3:29.0.1-1");
		node.with("nova-conf: /etc/nova/nova.conf",
				"[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n[libvirt]\nvirt_type = kvm\ncpu_mode = host-model\n");
		return node;
	}

	CollectedNode with(String section, String text) {
		this.sections.put(section, text);
		return this;
	}

	CollectedNode without(String name) {
		this.sections.keySet().removeIf((section) -> section.startsWith(name + ":"));
		return this;
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("=== virtwise collector 1 ===\n");
		this.sections.forEach((section, lines) -> {
			text.append("=== begin ").append(section).append(" ===\n");
			lines.lines().forEach((line) -> text.append("| ").append(line).append('\n'));
			text.append("=== end ").append(section, 0, section.indexOf(':')).append(": ok ===\n");
		});
		return text.append("=== end of virtwise collector ===\n").toString();
	}

}
