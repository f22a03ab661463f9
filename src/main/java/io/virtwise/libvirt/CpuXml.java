package io.virtwise.libvirt;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A CPU in libvirt's XML: a named model, and features that are added to it or taken off.
 *
 * @param mode custom, host-model, host-passthrough or maximum; custom where it is left
 * out
 * @param match how closely it is to be met
 * @param model the model, {@code null} where none is named
 * @param policies what is said of which feature
 */
record CpuXml(String mode, String match, @Nullable String model, Map<String, String> policies) {

	CpuXml {
		policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
	}

	static CpuXml of(Element cpu) {
		Map<String, String> policies = new LinkedHashMap<>();
		NodeXml.children(cpu, "feature")
			.forEach((feature) -> policies.put(feature.getAttribute("name"), feature.getAttribute("policy")));
		Element model = NodeXml.child(cpu, "model");
		String name = (model != null) ? model.getTextContent().strip() : "";
		String mode = cpu.getAttribute("mode");
		return new CpuXml(mode.isEmpty() ? "custom" : mode, cpu.getAttribute("match"), name.isEmpty() ? null : name,
				policies);
	}

	/** Flags as nova spells them: a minus takes one off, anything else adds it. */
	static Map<String, String> policies(List<String> flags) {
		Map<String, String> policies = new LinkedHashMap<>();
		flags.forEach((flag) -> {
			String name = flag.replaceFirst("^[-+]", "").toLowerCase(Locale.ROOT);
			policies.put(name, flag.startsWith("-") ? "disable" : "require");
		});
		return policies;
	}

	/** A CPU to be given to guests, as nova writes it. */
	static String custom(String model, List<String> flags) {
		return NodeXml.write((xml) -> {
			xml.writeStartElement("cpu");
			xml.writeAttribute("mode", "custom");
			xml.writeAttribute("match", "exact");
			NodeXml.element(xml, "model", model);
			for (Map.Entry<String, String> flag : policies(flags).entrySet()) {
				xml.writeEmptyElement("feature");
				xml.writeAttribute("policy", flag.getValue());
				xml.writeAttribute("name", flag.getKey());
			}
			xml.writeEndElement();
		});
	}

	/** A CPU that a host of this architecture could have. */
	static String host(String arch, String model) {
		return NodeXml.write((xml) -> {
			xml.writeStartElement("cpu");
			NodeXml.element(xml, "arch", arch);
			NodeXml.element(xml, "model", model);
			xml.writeEndElement();
		});
	}

	/** All features, given those of the model. */
	Set<String> features(Set<String> ofModel) {
		Set<String> features = new TreeSet<>(ofModel);
		this.policies.forEach((name, policy) -> {
			if (policy.equals("disable") || policy.equals("forbid")) {
				features.remove(name);
			}
			else {
				features.add(name);
			}
		});
		return features;
	}

}
