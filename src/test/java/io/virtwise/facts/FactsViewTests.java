package io.virtwise.facts;

import java.util.List;
import java.util.Map;

import io.virtwise.nova.NovaRelease;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The facts in the words of the HTTP contract.
 */
class FactsViewTests {

	private final JsonMapper mapper = JsonMapper.builder().build();

	private static final Platform NO_PLATFORM = new Platform(ArchFamily.UNKNOWN, null, Known.UNKNOWN, Known.UNKNOWN);

	@Test
	void writesEveryNameOfTheContract() throws Exception {
		NodeFacts facts = new NodeFacts(new Platform(ArchFamily.X86, "x86_64", Known.NO, Known.UNKNOWN),
				new CpuInfo(true, 16, "GenuineIntel", "Xeon", Known.YES, Known.NO, Known.UNKNOWN, Known.NO, null,
						Known.UNKNOWN, Known.UNKNOWN),
				new KernelModules(true, Known.YES, List.of("kvm", "kvm_intel")),
				new DevKvm(Known.YES, "crw-rw----", "root", "kvm", Known.NO),
				new Capabilities(true, "x86_64", "Haswell", "Intel", List.of("vmx"), Known.YES, Known.YES,
						List.of("kvm", "qemu"), "107", "107"),
				List.of(new DomainCapabilities("kvm", "x86_64", "pc", "/usr/bin/qemu", Known.YES, Known.YES, Known.NO,
						"EPYC-Rome", List.of("Nehalem"), List.of("EPYC"), List.of("Odd"))),
				new NovaConfFacts(true, true, null, null, "libvirt.LibvirtDriver", "kvm", null, null, null, List.of(),
						List.of(), List.of(), List.of("DEFAULT/pci_alias")),
				new NovaRelease(13, "mitaka", null), Intent.UNKNOWN, Map.of(), List.of());
		JsonNode expected = this.mapper.readTree(
				"""
						{"archFamily": "x86", "arch": "x86_64",
						 "cpuinfo": {"logicalCpus": 16, "vendorId": "GenuineIntel", "modelName": "Xeon", "vmx": true, "svm": false,
						   "sie": null, "hypervisorFlag": false, "platform": null, "powerNv": null},
						 "firmwareVirtualization": "on",
						 "modules": {"loaded": ["kvm", "kvm_intel"], "kvm": true, "kvm_intel": true, "kvm_amd": false,
						   "kvm_hv": false, "kvm_pr": false, "vhost_net": false},
						 "devKvm": {"present": true, "mode": "crw-rw----", "owner": "root", "group": "kvm", "acl": false},
						 "capabilities": {"hostArch": "x86_64", "cpuModel": "Haswell", "cpuVendor": "Intel", "features": ["vmx"],
						   "kvmForHostArch": true, "qemuForHostArch": true, "domainTypes": ["kvm", "qemu"]},
						 "domainCapabilities": [{"domain": "kvm", "arch": "x86_64", "machine": "pc", "path": "/usr/bin/qemu",
						   "modes": {"host-passthrough": true, "host-model": true, "custom": false}, "hostModel": "EPYC-Rome",
						   "usableModels": ["Nehalem"], "unusableModels": ["EPYC"], "unknownModels": ["Odd"]}],
						 "novaConf": {"parses": true, "errorLine": null, "error": null, "computeDriver": "libvirt.LibvirtDriver",
						   "virtType": "kvm", "cpuMode": null, "cpuModels": [], "cpuModelExtraFlags": [],
						   "repeatedOptions": ["DEFAULT/pci_alias"]},
						 "release": {"major": 13, "series": "mitaka"},
						 "logs": null, "unknown": ["kernelLog", "logs"], "problems": []}
						""");
		assertThat(this.mapper.readTree(this.mapper.writeValueAsString(FactsView.of(facts, Known.YES))))
			.isEqualTo(expected);
	}

	@Test
	void namesEverythingThatNobodyKnows() {
		FactsView view = FactsView.of(facts(NO_PLATFORM, CpuInfo.UNKNOWN, KernelModules.UNKNOWN, DevKvm.UNKNOWN),
				Known.UNKNOWN);
		assertThat(view.cpuinfo()).isNull();
		assertThat(view.modules()).isNull();
		assertThat(view.devKvm()).isNull();
		assertThat(view.capabilities()).isNull();
		assertThat(view.domainCapabilities()).isNull();
		assertThat(view.novaConf()).isNull();
		assertThat(view.release()).isNull();
		assertThat(view.firmwareVirtualization()).isNull();
		assertThat(view.unknown()).containsExactly("archFamily", "arch", "cpuinfo", "firmwareVirtualization", "modules",
				"devKvm", "kernelLog", "capabilities", "domainCapabilities", "novaConf", "release", "logs");
	}

	@Test
	void namesWhatAPartCouldNotTell() {
		CpuInfo power = new CpuInfo(true, 1, null, "POWER9", Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN,
				null, Known.UNKNOWN, Known.UNKNOWN);
		FactsView view = FactsView.of(facts(new Platform(ArchFamily.POWER, null, Known.UNKNOWN, Known.UNKNOWN), power,
				new KernelModules(true, Known.NO, List.of("kvm")), DevKvm.UNKNOWN), Known.UNKNOWN);
		assertThat(view.unknown()).contains("cpuinfo.powerNv", "cpuinfo.platform", "modules.vhost_net")
			.doesNotContain("cpuinfo", "cpuinfo.vmx", "cpuinfo.svm", "cpuinfo.sie", "cpuinfo.vendorId",
					"firmwareVirtualization", "modules.kvm");
	}

	@Test
	void anArmProcessorHasNoFlagToMiss() {
		CpuInfo arm = new CpuInfo(true, 8, null, null, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, null,
				Known.UNKNOWN, Known.UNKNOWN);
		FactsView view = FactsView.of(facts(new Platform(ArchFamily.ARM, "aarch64", Known.UNKNOWN, Known.UNKNOWN), arm,
				KernelModules.UNKNOWN, DevKvm.UNKNOWN), Known.UNKNOWN);
		assertThat(view.unknown()).noneMatch((name) -> name.startsWith("cpuinfo"));
	}

	@Test
	void aDeviceThatIsNotThereHasNothingUnknown() {
		FactsView view = FactsView.of(facts(NO_PLATFORM, CpuInfo.UNKNOWN, KernelModules.UNKNOWN,
				new DevKvm(Known.NO, null, null, null, Known.UNKNOWN)), Known.UNKNOWN);
		assertThat(view.devKvm()).isEqualTo(new FactsView.Device(false, null, null, null, null));
		assertThat(view.unknown()).noneMatch((name) -> name.startsWith("devKvm"));
	}

	private static NodeFacts facts(Platform platform, CpuInfo cpu, KernelModules modules, DevKvm kvm) {
		return new NodeFacts(platform, cpu, modules, kvm, Capabilities.UNKNOWN, List.of(), NovaConfFacts.UNKNOWN, null,
				Intent.UNKNOWN, Map.of(), List.of());
	}

}
