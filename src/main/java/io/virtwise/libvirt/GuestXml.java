package io.virtwise.libvirt;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * What there is to know of a guest for the sake of its CPU; the rest of what libvirt
 * tells of it is not kept.
 *
 * @param name as libvirt knows it
 * @param virtType kvm, qemu or another kind
 * @param arch its architecture, empty where libvirt does not say
 * @param cpu its CPU, {@code null} where libvirt does not say
 */
record GuestXml(String name, String virtType, String arch, @Nullable CpuXml cpu) {

	static GuestXml of(String xml) {
		Element domain = NodeXml.root(xml);
		Element name = NodeXml.child(domain, "name");
		Element os = NodeXml.child(domain, "os");
		Element type = (os != null) ? NodeXml.child(os, "type") : null;
		Element cpu = NodeXml.child(domain, "cpu");
		return new GuestXml((name != null) ? name.getTextContent().strip() : "", domain.getAttribute("type"),
				(type != null) ? type.getAttribute("arch") : "", (cpu != null) ? CpuXml.of(cpu) : null);
	}

}
