package io.virtwise.libvirt;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Which CPUs guests of one kind can have on a node, by libvirt's domain capabilities.
 *
 * @param arch the host's architecture
 * @param modes which mode is supported
 * @param hostModel what host-model stands for, {@code null} where there is none
 * @param usable what libvirt says of each named model: yes, no or unknown
 */
record CpuOffer(String arch, Map<String, Boolean> modes, @Nullable CpuXml hostModel, Map<String, String> usable) {

	static CpuOffer of(String xml) {
		Element root = NodeXml.root(xml);
		Element arch = NodeXml.child(root, "arch");
		Element cpu = NodeXml.child(root, "cpu");
		Map<String, Boolean> modes = new HashMap<>();
		Map<String, String> usable = new HashMap<>();
		CpuXml hostModel = null;
		if (cpu != null) {
			for (Element mode : NodeXml.children(cpu, "mode")) {
				String name = mode.getAttribute("name");
				modes.put(name, mode.getAttribute("supported").equals("yes"));
				if (name.equals("host-model") && NodeXml.child(mode, "model") != null) {
					hostModel = CpuXml.of(mode);
				}
				else if (name.equals("custom")) {
					NodeXml.children(mode, "model")
						.forEach((model) -> usable.put(model.getTextContent().strip(), model.getAttribute("usable")));
				}
			}
		}
		return new CpuOffer((arch != null) ? arch.getTextContent().strip() : "", modes, hostModel, usable);
	}

	/** Whether libvirt says outright that there is no such mode here. */
	boolean lacks(String mode) {
		return Boolean.FALSE.equals(this.modes.get(mode));
	}

}
