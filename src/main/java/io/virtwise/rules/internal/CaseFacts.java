package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.Cgroups;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.GroupFacts;
import io.virtwise.facts.GroupModel;
import io.virtwise.facts.HostDevices;
import io.virtwise.facts.HostFacts;
import io.virtwise.facts.HostState;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Iommu;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.KvmParameters;
import io.virtwise.facts.LogFacts;
import io.virtwise.facts.LogSignature;
import io.virtwise.facts.ModulePersistence;
import io.virtwise.facts.Move;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NodeGroup;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.NovaOption;
import io.virtwise.facts.Platform;
import io.virtwise.facts.ProcessorRegisters;
import io.virtwise.facts.QemuUser;
import io.virtwise.facts.RunningGuests;
import io.virtwise.facts.Signature;
import io.virtwise.facts.Software;
import io.virtwise.nova.NovaRelease;
import org.jspecify.annotations.Nullable;

/**
 * Builds the facts of a rule case from short names: a named base node and what the case
 * changes.
 */
final class CaseFacts {

	static final DomainCapabilities NO_MODES = new DomainCapabilities(null, null, null, null, Known.UNKNOWN,
			Known.UNKNOWN, Known.UNKNOWN, null, List.of(), List.of(), List.of());

	static final Platform NO_PLATFORM = new Platform(ArchFamily.UNKNOWN, null, Known.UNKNOWN, Known.UNKNOWN);

	private static final NodeGroup NO_GROUP = new NodeGroup(2, 0, null, Known.UNKNOWN, null, Known.UNKNOWN,
			Known.UNKNOWN, null, null);

	private static final GroupModel NO_MODEL = new GroupModel("", 1, true, Known.UNKNOWN, Known.UNKNOWN, 0, "");

	private static final Move NO_MOVE = new Move("other", null, null, Known.UNKNOWN, Known.UNKNOWN, null, Known.UNKNOWN,
			Known.UNKNOWN, null, Known.UNKNOWN, Known.UNKNOWN, null, Known.UNKNOWN, Known.UNKNOWN, null);

	private CaseFacts() {
	}

	static NodeFacts of(Map<String, Object> base, Map<String, Object> given) {
		Map<String, Object> all = new LinkedHashMap<>(base);
		given.forEach((name, value) -> all.merge(name, value, CaseFacts::over));
		for (String name : all.keySet()) {
			if (!Set
				.of("platform", "cpuinfo", "modules", "devKvm", "capabilities", "domainCapabilities", "novaConf",
						"release", "intent", "registers", "parameters", "persistence", "qemuUser", "devices", "cgroups",
						"iommu", "software", "state", "guests", "options", "logs", "group", "groupModels", "move")
				.contains(name)) {
				throw new IllegalArgumentException("no fact is called " + name);
			}
		}
		List<DomainCapabilities> domains = new ArrayList<>();
		for (Object one : (List<?>) all.getOrDefault("domainCapabilities", List.of())) {
			domains.add(record(NO_MODES, map(one)));
		}
		Object release = all.get("release");
		return new NodeFacts(record(NO_PLATFORM, map(all.get("platform"))),
				record(CpuInfo.UNKNOWN, map(all.get("cpuinfo"))),
				record(KernelModules.UNKNOWN, map(all.get("modules"))), record(DevKvm.UNKNOWN, map(all.get("devKvm"))),
				record(Capabilities.UNKNOWN, map(all.get("capabilities"))), domains, novaConf(map(all.get("novaConf"))),
				(release == null || release.equals("unknown")) ? null
						: NovaRelease.parse(String.valueOf(release)).orElseThrow(),
				record(Intent.UNKNOWN, map(all.get("intent"))), Map.of(), List.of(), host(all),
				options(map(all.get("options"))), logs((List<?>) all.getOrDefault("logs", List.of())), group(all));
	}

	/** What the case says of other nodes. */
	private static GroupFacts group(Map<String, Object> all) {
		List<GroupModel> models = new ArrayList<>();
		for (Object one : (List<?>) all.getOrDefault("groupModels", List.of())) {
			models.add(record(NO_MODEL, map(one)));
		}
		return new GroupFacts(all.containsKey("group") ? record(NO_GROUP, map(all.get("group"))) : null, models,
				all.containsKey("move") ? record(NO_MOVE, map(all.get("move"))) : null);
	}

	private static HostFacts host(Map<String, Object> all) {
		return new HostFacts(record(ProcessorRegisters.UNKNOWN, map(all.get("registers"))),
				record(KvmParameters.UNKNOWN, map(all.get("parameters"))),
				record(ModulePersistence.UNKNOWN, map(all.get("persistence"))),
				record(QemuUser.UNKNOWN, map(all.get("qemuUser"))),
				record(HostDevices.UNKNOWN, map(all.get("devices"))), record(Cgroups.UNKNOWN, map(all.get("cgroups"))),
				record(Iommu.UNKNOWN, map(all.get("iommu"))),
				record(Software.UNKNOWN, software(map(all.get("software")))),
				record(HostState.UNKNOWN, map(all.get("state"))),
				record(RunningGuests.UNKNOWN, map(all.get("guests"))));
	}

	/** A version is given as text; its number follows from it. */
	private static Map<String, Object> software(Map<String, Object> given) {
		Map<String, Object> all = new LinkedHashMap<>(given);
		for (String name : List.of("kernel", "libvirt", "qemu")) {
			if (given.containsKey(name + "Version")) {
				all.putIfAbsent(name, Software.number(String.valueOf(given.get(name + "Version"))));
			}
		}
		return all;
	}

	/** Options by section and name, as {@code libvirt/images_type: rbd}. */
	private static List<NovaOption> options(Map<String, Object> given) {
		return given.entrySet()
			.stream()
			.map((option) -> new NovaOption(option.getKey(), String.valueOf(option.getValue())))
			.toList();
	}

	/** Signatures by their names in the HTTP contract. */
	private static LogFacts logs(List<?> given) {
		List<LogSignature> signatures = new ArrayList<>();
		for (Object one : given) {
			Signature signature = Signature.valueOf(String.valueOf(one).toUpperCase(Locale.ROOT).replace('-', '_'));
			signatures.add(new LogSignature(signature, "nova-compute.log", 1, null, null, signatures.size() + 1,
					String.valueOf(one)));
		}
		return new LogFacts(!given.isEmpty(), !given.isEmpty(), signatures, List.of());
	}

	private static NovaConfFacts novaConf(Map<String, Object> given) {
		if (given.isEmpty()) {
			return NovaConfFacts.UNKNOWN;
		}
		Map<String, Object> all = new LinkedHashMap<>(given);
		all.putIfAbsent("parses", true);
		Object models = all.getOrDefault("cpuModelsOption", all.get("cpuModel"));
		if (models != null && !all.containsKey("cpuModels")) {
			List<String> names = new ArrayList<>(List.of(models.toString().split(" *, *")));
			names.removeIf(String::isBlank);
			all.put("cpuModels", names);
		}
		return record(NovaConfFacts.UNKNOWN, all);
	}

	/** The record with some components replaced. */
	private static <R extends Record> R record(R unknown, Map<String, Object> given) {
		return given.isEmpty() ? unknown : FactRecord.of(unknown).with(given);
	}

	private static Object over(Object base, Object given) {
		if (base instanceof Map<?, ?> && given instanceof Map<?, ?>) {
			Map<String, Object> merged = new LinkedHashMap<>(map(base));
			merged.putAll(map(given));
			return merged;
		}
		return given;
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> map(@Nullable Object value) {
		return (value == null) ? Map.of() : (Map<String, Object>) value;
	}

}
