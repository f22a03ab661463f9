package io.virtwise.rules.internal;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import io.virtwise.facts.Capabilities;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.HostFacts;
import io.virtwise.facts.Intent;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.NovaOption;
import io.virtwise.facts.Software;
import io.virtwise.rules.internal.syntax.Constraint;
import io.virtwise.rules.internal.syntax.Value;
import org.jspecify.annotations.Nullable;

/**
 * Facts by the short names of cases, the other way round than {@link CaseFacts}. Texts
 * that may name a site, a host or a person, or hold a secret, are taken out.
 *
 * @param literals texts that rules compare with; they are kept wherever they stand
 */
record PlainFacts(Set<String> literals) {

	/** Fields whose texts come from hardware, the kernel, libvirt or QEMU. */
	private static final Set<String> TECHNICAL = Set.of("arch", "vendorId", "modelName", "mode", "hostArch", "cpuModel",
			"cpuVendor", "features", "domainTypes", "domain", "machine", "hostModel", "usableModels", "unusableModels",
			"unknownModels", "hostModelFlags", "microcode", "virtType", "cpuMode", "cpuModelsOption", "cpuModels",
			"cpuModelExtraFlags", "loaded", "os", "kernelVersion", "libvirtVersion", "qemuVersion", "missing",
			"imageFormats", "oldNames", "repeatedOptions");

	/** Users and groups that distributions make, the same on every site. */
	private static final Set<String> ACCOUNTS = Set.of("root", "kvm", "qemu", "libvirt-qemu", "libvirt", "nova");

	/** A text of hardware or software: no addresses, no paths, nothing long. */
	private static final Pattern TECHNICAL_TEXT = Pattern.compile("[\\w .,:;()+@^-]{0,120}");

	private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|.*::.*");

	private static final Pattern PLAIN_VALUE = Pattern
		.compile("(?i)true|false|yes|no|on|off|[-+]?\\d{1,9}|[\\d,^ -]{1,60}");

	/** What stands in the place of a text that was taken out. */
	private static final String STRIPPED = "stripped";

	/** All that differs from knowing nothing. */
	Map<String, Object> of(NodeFacts facts) {
		Map<String, Object> all = new LinkedHashMap<>();
		put(all, "platform", changed(facts.platform(), CaseFacts.NO_PLATFORM));
		put(all, "cpuinfo", changed(facts.cpuinfo(), CpuInfo.UNKNOWN));
		put(all, "modules", changed(facts.modules(), KernelModules.UNKNOWN));
		put(all, "devKvm", changed(facts.devKvm(), DevKvm.UNKNOWN));
		put(all, "capabilities", changed(facts.capabilities(), Capabilities.UNKNOWN));
		List<Map<String, Object>> domains = facts.domainCapabilities()
			.stream()
			.map((one) -> changed(one, CaseFacts.NO_MODES))
			.toList();
		if (!domains.isEmpty()) {
			all.put("domainCapabilities", domains);
		}
		put(all, "novaConf", changed(facts.novaConf(), NovaConfFacts.UNKNOWN));
		if (facts.release() != null) {
			all.put("release", Objects.requireNonNullElse(facts.release().version(), facts.release().series()));
		}
		put(all, "intent", changed(facts.intent(), Intent.UNKNOWN));
		host(all, facts.host());
		Map<String, Object> options = new LinkedHashMap<>();
		facts.options().forEach((one) -> options.put(one.option(), value(one)));
		put(all, "options", options);
		List<String> logs = facts.logs().signatures().stream().map((one) -> one.signature().key()).toList();
		if (!logs.isEmpty()) {
			all.put("logs", logs);
		}
		return all;
	}

	/** All texts of a constraint. */
	static void texts(Constraint constraint, Collection<String> into) {
		if (constraint instanceof Constraint.Comparison comparison && comparison.value() instanceof Value.Text text) {
			into.add(text.content());
		}
		else if (constraint instanceof Constraint.Membership among) {
			among.values()
				.stream()
				.filter(Value.Text.class::isInstance)
				.forEach((one) -> into.add(((Value.Text) one).content()));
		}
	}

	private void host(Map<String, Object> all, HostFacts host) {
		HostFacts unknown = HostFacts.UNKNOWN;
		put(all, "registers", changed(host.registers(), unknown.registers()));
		put(all, "parameters", changed(host.parameters(), unknown.parameters()));
		put(all, "persistence", changed(host.persistence(), unknown.persistence()));
		put(all, "qemuUser", changed(host.qemuUser(), unknown.qemuUser()));
		put(all, "devices", changed(host.devices(), unknown.devices()));
		put(all, "cgroups", changed(host.cgroups(), unknown.cgroups()));
		put(all, "iommu", changed(host.iommu(), unknown.iommu()));
		Map<String, Object> software = new LinkedHashMap<>(changed(host.software(), Software.UNKNOWN));
		List.of("kernel", "libvirt", "qemu").forEach((name) -> {
			if (software.containsKey(name + "Version")) {
				software.remove(name);
			}
		});
		put(all, "software", software);
		put(all, "state", changed(host.state(), unknown.state()));
		put(all, "guests", changed(host.guests(), unknown.guests()));
	}

	private static void put(Map<String, Object> all, String name, Map<String, Object> group) {
		if (!group.isEmpty()) {
			all.put(name, group);
		}
	}

	/** Components that are not as they would be if nobody had looked. */
	private Map<String, Object> changed(Record record, Record unknown) {
		Map<String, Object> changed = new LinkedHashMap<>();
		for (RecordComponent component : record.getClass().getRecordComponents()) {
			Object value = read(component, record);
			if (!Objects.equals(value, read(component, unknown))) {
				Object plain = plain(component.getName(), value, read(component, unknown));
				if (plain != null) {
					changed.put(component.getName(), plain);
				}
			}
		}
		if (changed.size() > 1 && Boolean.TRUE.equals(changed.get("known"))) {
			changed.remove("known");
		}
		return changed;
	}

	private @Nullable Object plain(String name, @Nullable Object value, @Nullable Object unknown) {
		if (value instanceof Known known) {
			return (known == Known.UNKNOWN) ? null : known == Known.YES;
		}
		if (value instanceof Enum<?> word) {
			return word.name();
		}
		if (value instanceof String text) {
			return text(name, text);
		}
		if (value instanceof Collection<?> several) {
			List<String> texts = new ArrayList<>();
			several.forEach((one) -> texts.add(text(name, String.valueOf(one))));
			return texts;
		}
		return (value instanceof Record inner && unknown instanceof Record without) ? changed(inner, without) : value;
	}

	private String text(String name, String text) {
		if (this.literals.contains(text) || ACCOUNTS.contains(text)) {
			return text;
		}
		boolean technical = TECHNICAL.contains(name) && TECHNICAL_TEXT.matcher(text).matches()
				&& !ADDRESS.matcher(text).matches();
		return technical || text.matches("\\+?\\d{1,9}(:\\+?\\d{1,9})?") ? text : STRIPPED;
	}

	/**
	 * Switches and numbers are kept, and what rules compare with; all else may be a name.
	 */
	private String value(NovaOption option) {
		String value = option.value();
		boolean plain = value.isBlank() || this.literals.contains(value)
				|| this.literals.contains(value.toLowerCase(Locale.ROOT))
				|| PLAIN_VALUE.matcher(value.strip()).matches();
		return plain ? value : STRIPPED;
	}

	private static @Nullable Object read(RecordComponent component, Record record) {
		try {
			return component.getAccessor().invoke(record);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("cannot read " + component, ex);
		}
	}

}
