package io.virtwise.rules.internal;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import org.jspecify.annotations.Nullable;

/**
 * What a rule looked at without there being a line to show for it: facts that nobody
 * knows, and facts that were told and have no line.
 */
final class FactsBehind {

	/** How people get at a fact, so that its name says what nobody did. */
	private static final Map<String, String> UNKNOWN = Map.ofEntries(
			Map.entry("CpuInfo", "nobody looked at /proc/cpuinfo"),
			Map.entry("KernelModules", "nobody looked at the loaded kernel modules (lsmod)"),
			Map.entry("DevKvm", "nobody looked at /dev/kvm (ls -l /dev/kvm)"),
			Map.entry("Capabilities", "nobody asked libvirt what the host can do (virsh capabilities)"),
			Map.entry("DomainCapabilities", "nobody asked libvirt what guests can have (virsh domcapabilities)"),
			Map.entry("NovaConfFacts", "nobody looked at nova.conf"),
			Map.entry("NovaOption", "nobody looked at nova.conf"),
			Map.entry("GuestFlags", "nobody looked at nova.conf"), Map.entry("GuestFlag", "nobody looked at nova.conf"),
			Map.entry("ImageFormat", "nobody said which image formats are in use"),
			Map.entry("Release", Assessment.UNKNOWN_RELEASE),
			Map.entry("LogSignature", "nobody looked at the logs of kernel and nova-compute"),
			Map.entry("ProcessorRegisters", "nobody read the processor's registers (cpuid, rdmsr)"),
			Map.entry("KvmParameters", "nobody looked at the parameters of the KVM modules"),
			Map.entry("ModulePersistence", "nobody looked at which modules are loaded at every boot"),
			Map.entry("QemuUser", "nobody looked at the user that guests run as"),
			Map.entry("HostDevices", "nobody looked at the device nodes beside /dev/kvm"),
			Map.entry("Cgroups", "nobody looked at the control groups"),
			Map.entry("Iommu", "nobody looked at the IOMMU"),
			Map.entry("Software", "nobody looked at the versions of kernel, libvirt and QEMU"),
			Map.entry("HostState", "nobody looked at how the node is set up"),
			Map.entry("RunningGuests", "nobody looked at the running guests"),
			Map.entry("Platform.family", "nobody knows the architecture (uname -m)"),
			Map.entry("Platform.arch", "nobody knows the architecture (uname -m)"),
			Map.entry("Platform.virtualMachine", "nobody knows whether this machine is itself a guest"),
			Map.entry("Platform.firmware",
					"nobody knows whether virtualization is on in firmware (dmesg | grep -i kvm)"),
			Map.entry("Intent.environment", "nobody said whether the node is for production"),
			Map.entry("Intent.liveMigration", "nobody said whether guests must be able to migrate"),
			Map.entry("Intent.nested", "nobody said whether guests start guests of their own"),
			Map.entry("Intent.acceptEmulation", "nobody said whether slow emulation is acceptable"),
			Map.entry("Intent.imageFormats", "nobody said which image formats are in use"),
			Map.entry("Intent.guestAgent", "nobody said whether images carry the guest agent"));

	/** Facts that only some architectures have. */
	private static final Map<String, Set<ArchFamily>> BELONGS_TO = Map.of("CpuInfo.vmx",
			Set.of(ArchFamily.X86, ArchFamily.UNKNOWN), "CpuInfo.svm", Set.of(ArchFamily.X86, ArchFamily.UNKNOWN),
			"CpuInfo.vendor", Set.of(ArchFamily.X86, ArchFamily.UNKNOWN), "CpuInfo.sie",
			Set.of(ArchFamily.S390, ArchFamily.UNKNOWN), "CpuInfo.powerNv",
			Set.of(ArchFamily.POWER, ArchFamily.UNKNOWN), "CpuInfo.emulatedPseries",
			Set.of(ArchFamily.POWER, ArchFamily.UNKNOWN), "Platform.firmware",
			Set.of(ArchFamily.X86, ArchFamily.UNKNOWN), "ProcessorRegisters.virtualizationOn",
			Set.of(ArchFamily.X86, ArchFamily.UNKNOWN));

	/** The models come from libvirt, except for the names that nova.conf gives. */
	private static final Map<String, String> TOLD_BY = Map.ofEntries(
			Map.entry("GuestModel.name", "NovaConfFacts.cpuModels"),
			Map.entry("GuestModel.position", "NovaConfFacts.cpuModels"),
			Map.entry("GuestModel", "DomainCapabilities.usableModels"),
			Map.entry("GuestFlag.onHost", "Capabilities.features"),
			Map.entry("GuestFlag", "NovaConfFacts.cpuModelExtraFlags"),
			Map.entry("GuestFlags", "NovaConfFacts.cpuModelExtraFlags"),
			Map.entry("ImageFormat", "Intent.imageFormats"));

	/** Where each group of facts is kept. */
	private static final Map<String, Function<NodeFacts, Object>> GROUPS = Map.ofEntries(
			Map.entry("Platform", NodeFacts::platform), Map.entry("CpuInfo", NodeFacts::cpuinfo),
			Map.entry("KernelModules", NodeFacts::modules), Map.entry("DevKvm", NodeFacts::devKvm),
			Map.entry("Capabilities", NodeFacts::capabilities), Map.entry("NovaConfFacts", NodeFacts::novaConf),
			Map.entry("Intent", NodeFacts::intent),
			Map.entry("ProcessorRegisters", (facts) -> facts.host().registers()),
			Map.entry("KvmParameters", (facts) -> facts.host().parameters()),
			Map.entry("ModulePersistence", (facts) -> facts.host().persistence()),
			Map.entry("QemuUser", (facts) -> facts.host().qemuUser()),
			Map.entry("HostDevices", (facts) -> facts.host().devices()),
			Map.entry("Cgroups", (facts) -> facts.host().cgroups()),
			Map.entry("Iommu", (facts) -> facts.host().iommu()),
			Map.entry("Software", (facts) -> facts.host().software()),
			Map.entry("HostState", (facts) -> facts.host().state()),
			Map.entry("RunningGuests", (facts) -> facts.host().guests()));

	/** Groups that are taken from nova.conf as a whole. */
	private static final Set<String> OF_NOVA_CONF = Set.of("NovaOption", "GuestFlags", "GuestFlag");

	/** Groups in which a number 0 stands for one that nobody knows. */
	private static final Set<String> ZERO_IS_UNKNOWN = Set.of("Software", "HostState", "Cgroups");

	private static final Map<String, Optional<Method>> ACCESSORS = new ConcurrentHashMap<>();

	/** The names of all fields are a fixed set. */
	private static final Map<String, String> WORDS = new ConcurrentHashMap<>();

	private FactsBehind() {
	}

	/** The facts among these fields that nobody knows, each as a clause, once. */
	static List<String> unknown(List<String> fields, NodeFacts facts) {
		Set<String> unknown = new LinkedHashSet<>();
		for (String field : fields) {
			String name = toldBy(field);
			if (BELONGS_TO.getOrDefault(name, Set.of(facts.platform().family())).contains(facts.platform().family())
					&& !isKnown(name, facts)) {
				unknown.add(clause(name, facts));
			}
		}
		return List.copyOf(unknown);
	}

	/**
	 * All of these fields with their values, for a rule that has nothing else to show.
	 */
	static List<String> told(List<String> fields, NodeFacts facts) {
		Set<String> told = new LinkedHashSet<>();
		for (String field : fields) {
			String name = toldBy(field);
			told.add(inWords(name) + ": " + value(name, facts));
		}
		return List.copyOf(told);
	}

	/** The fact that a field is made from, itself for most. */
	private static String toldBy(String field) {
		String own = TOLD_BY.get(field);
		return (own != null) ? own : TOLD_BY.getOrDefault(group(field), field);
	}

	private static boolean isKnown(String name, NodeFacts facts) {
		String group = group(name);
		if (group.equals("Release")) {
			return facts.release() != null;
		}
		if (group.equals("DomainCapabilities")) {
			return !facts.domainCapabilities().isEmpty();
		}
		if (OF_NOVA_CONF.contains(group)) {
			return facts.novaConf().known();
		}
		if (group.equals("ImageFormat")) {
			return !facts.intent().imageFormats().isEmpty();
		}
		if (group.equals("LogSignature")) {
			return facts.logs().kernelLog() || facts.logs().novaComputeLog();
		}
		Object owner = owner(group, facts);
		Object value = read(name, owner);
		if (value instanceof Enum<?> word) {
			return !word.name().equals("UNKNOWN");
		}
		if (name.endsWith(".known") && value instanceof Boolean known) {
			return known;
		}
		if (Integer.valueOf(0).equals(value) && ZERO_IS_UNKNOWN.contains(group)) {
			return false;
		}
		boolean nothing = value == null || value instanceof Record
				|| (value instanceof Collection<?> several && several.isEmpty()) || Boolean.FALSE.equals(value);
		return !nothing || looked(owner);
	}

	/** Whether anybody looked at a whole group of facts. */
	private static boolean looked(@Nullable Object owner) {
		return owner != null && !Boolean.FALSE.equals(read("known", owner))
				&& !Known.UNKNOWN.equals(read("present", owner))
				&& !(read("known", owner) == null && read("present", owner) == null);
	}

	private static String clause(String name, NodeFacts facts) {
		String group = group(name);
		String own = UNKNOWN.get(name);
		if (own != null) {
			return own;
		}
		String all = UNKNOWN.get(group);
		if (all != null && (group.equals("Release") || !looked(owner(group, facts)))) {
			return all;
		}
		return (all != null) ? inWords(name) + " does not show in what was given" : "nobody knows " + inWords(name);
	}

	private static String value(String name, NodeFacts facts) {
		String group = group(name);
		if (group.equals("Release")) {
			return (facts.release() != null) ? facts.release().displayName() : "unknown";
		}
		if (group.equals("DomainCapabilities")) {
			return facts.domainCapabilities().stream().map((one) -> String.valueOf(one.domain())).toList()
					+ " described";
		}
		if (OF_NOVA_CONF.contains(group) || group.equals("LogSignature") || group.equals("ImageFormat")) {
			return "none of those asked for";
		}
		Object value = read(name, owner(group, facts));
		return (value == null) ? "not set" : (value instanceof Enum<?> word)
				? word.name().toLowerCase(Locale.ROOT).replace('_', '-') : String.valueOf(value);
	}

	private static @Nullable Object owner(String group, NodeFacts facts) {
		Function<NodeFacts, Object> kept = GROUPS.get(group);
		return (kept != null) ? kept.apply(facts) : null;
	}

	private static @Nullable Object read(String name, @Nullable Object owner) {
		if (owner == null) {
			return null;
		}
		String key = owner.getClass().getName() + '#' + name.substring(name.indexOf('.') + 1);
		return ACCESSORS.computeIfAbsent(key, (where) -> accessor(owner.getClass(), where))
			.map((method) -> invoke(method, owner))
			.orElse(null);
	}

	private static Optional<Method> accessor(Class<?> type, String where) {
		try {
			return Optional.of(type.getMethod(where.substring(where.indexOf('#') + 1)));
		}
		catch (NoSuchMethodException ex) {
			return Optional.empty();
		}
	}

	private static @Nullable Object invoke(Method method, Object owner) {
		try {
			return method.invoke(owner);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("a fact cannot be read: " + method, ex);
		}
	}

	private static String group(String name) {
		int dot = name.indexOf('.');
		return (dot < 0) ? name : name.substring(0, dot);
	}

	private static String inWords(String name) {
		return WORDS.computeIfAbsent(name, FactsBehind::words);
	}

	/** {@code NovaConfFacts.virtType} as nova.conf, virt_type. */
	private static String words(String name) {
		String group = group(name);
		String field = name.substring(name.indexOf('.') + 1)
			.replaceAll("([a-z])([A-Z])", "$1_$2")
			.toLowerCase(Locale.ROOT);
		return switch (group) {
			case "CpuInfo" -> "/proc/cpuinfo, " + field;
			case "KernelModules" -> "lsmod, " + field;
			case "DevKvm" -> "/dev/kvm, " + field;
			case "Capabilities" -> "virsh capabilities, " + field;
			case "DomainCapabilities" -> "virsh domcapabilities";
			case "NovaConfFacts" -> "nova.conf, " + field;
			case "NovaOption" -> "nova.conf, options";
			case "GuestFlags", "GuestFlag" -> "nova.conf, cpu_model_extra_flags";
			case "ImageFormat" -> "intent, image formats";
			case "LogSignature" -> "logs, signatures";
			case "Release" -> "nova release";
			case "Platform" -> field.replace('_', ' ');
			case "Intent" -> "intent, " + field.replace('_', ' ');
			default -> group.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT) + ", " + field;
		};
	}

}
