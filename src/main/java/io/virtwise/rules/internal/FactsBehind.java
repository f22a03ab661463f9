package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.GroupFacts;
import io.virtwise.facts.Known;
import io.virtwise.facts.Move;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NodeGroup;
import io.virtwise.rules.Assessment.How;
import io.virtwise.rules.Assessment.Source;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.internal.network.Accessor;
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
			Map.entry("RunningGuests", (facts) -> facts.host().guests()),
			Map.entry("NodeGroup", (facts) -> facts.group().groups()),
			Map.entry("GroupModel", (facts) -> facts.group().models()),
			Map.entry("Move", (facts) -> facts.group().moves()));

	/** Groups that are taken from nova.conf as a whole. */
	private static final Set<String> OF_NOVA_CONF = Set.of("NovaOption", "GuestFlags", "GuestFlag");

	/**
	 * What rules derive is no fact that anybody could look at, and of other nodes nobody
	 * asks where a node is judged by itself.
	 */
	private static final Set<String> NOT_OF_THE_NODE = Set.of("Conclusion", "NodeGroup", "GroupModel", "Move");

	/** Groups in which a number 0 stands for one that nobody knows. */
	private static final Set<String> ZERO_IS_UNKNOWN = Set.of("Software", "HostState", "Cgroups");

	/** The names of all fields are a fixed set. */
	private static final Map<Mention, Name> NAMES = new ConcurrentHashMap<>();

	private static final Source KNOWN = new Source(How.UNKNOWN, "");

	private final NodeFacts facts;

	/** For each field what nobody did, by its number; {@link #KNOWN} for one known. */
	private final @Nullable Source[] unknown = new @Nullable Source[Mention.count()];

	FactsBehind(NodeFacts facts) {
		this.facts = facts;
	}

	/** Which of these fields nobody knows, in words. */
	@SuppressWarnings("ReferenceEquality") // a mark that no other source is
	List<Source> unknown(List<Mention> fields) {
		List<Source> unknown = List.of();
		for (int at = 0; at < fields.size(); at++) {
			Source source = unknown(fields.get(at));
			if (source != KNOWN && !unknown.contains(source)) {
				unknown = unknown.isEmpty() ? new ArrayList<>(4) : unknown;
				unknown.add(source);
			}
		}
		return unknown;
	}

	private Source unknown(Mention field) {
		Source known = this.unknown[field.number()];
		if (known == null) {
			Name name = NAMES.computeIfAbsent(field, Name::of);
			known = (name.derived() || !name.belongsTo(this.facts.platform().family()) || isKnown(name, this.facts))
					? KNOWN : new Source(How.UNKNOWN, clause(name, this.facts));
			this.unknown[field.number()] = known;
		}
		return known;
	}

	/**
	 * All of these fields with their values, for a rule that has nothing else to show.
	 */
	List<String> told(List<Mention> fields) {
		Set<String> told = new LinkedHashSet<>();
		for (Mention field : fields) {
			Name name = NAMES.computeIfAbsent(field, Name::of);
			if (!name.derived() || isOfOthers(name)) {
				told.add(name.words() + ": " + value(name, this.facts));
			}
		}
		return List.copyOf(told);
	}

	/** Whether it says something of other nodes, where the node is judged beside them. */
	private boolean isOfOthers(Name name) {
		return name.owner(this.facts) instanceof Collection<?> some && !some.isEmpty();
	}

	/** The fact that a field is made from, itself for most. */
	private static String toldBy(String field) {
		String own = TOLD_BY.get(field);
		return (own != null) ? own : TOLD_BY.getOrDefault(group(field), field);
	}

	private static boolean isKnown(Name fact, NodeFacts facts) {
		String group = fact.group();
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
		Object owner = fact.owner(facts);
		Object value = read(fact.value(), owner);
		if (value instanceof Enum<?> word) {
			return !word.name().equals("UNKNOWN");
		}
		if (fact.field().equals("known") && value instanceof Boolean known) {
			return known;
		}
		if (Integer.valueOf(0).equals(value) && ZERO_IS_UNKNOWN.contains(group)) {
			return false;
		}
		boolean nothing = value == null || value instanceof Record
				|| (value instanceof Collection<?> several && several.isEmpty()) || Boolean.FALSE.equals(value);
		return !nothing || looked(fact, owner);
	}

	/** Whether anybody looked at a whole group of facts. */
	private static boolean looked(Name fact, @Nullable Object owner) {
		Object known = read(fact.known(), owner);
		Object present = read(fact.present(), owner);
		return owner != null && !Boolean.FALSE.equals(known) && !Known.UNKNOWN.equals(present)
				&& !(known == null && present == null);
	}

	private static String clause(Name fact, NodeFacts facts) {
		String group = fact.group();
		String own = UNKNOWN.get(fact.name());
		if (own != null) {
			return own;
		}
		String all = UNKNOWN.get(group);
		if (all != null && (group.equals("Release") || !looked(fact, fact.owner(facts)))) {
			return all;
		}
		return (all != null) ? fact.words() + " does not show in what was given" : "nobody knows " + fact.words();
	}

	private static String value(Name fact, NodeFacts facts) {
		String group = fact.group();
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
		if (NOT_OF_THE_NODE.contains(group)) {
			return ofOthers(facts.group());
		}
		Object value = read(fact.value(), fact.owner(facts));
		return (value == null) ? "not set" : (value instanceof Enum<?> word)
				? word.name().toLowerCase(Locale.ROOT).replace('_', '-') : String.valueOf(value);
	}

	private static String ofOthers(GroupFacts others) {
		Move move = others.move();
		NodeGroup group = others.group();
		return (move != null) ? "a guest from " + move.from()
				: ((group != null) ? group.nodes() + " nodes, " : "") + others.models().size() + " CPU models";
	}

	private static @Nullable Object read(@Nullable Accessor accessor, @Nullable Object owner) {
		return (accessor != null && owner != null) ? accessor.value(owner) : null;
	}

	private static @Nullable Accessor accessor(@Nullable Class<?> type, String field) {
		if (type == null) {
			return null;
		}
		boolean has = Stream.of(type.getMethods())
			.anyMatch((method) -> method.getName().equals(field) && method.getParameterCount() == 0);
		return has ? Accessor.of(type, field) : null;
	}

	private static String group(String name) {
		int dot = name.indexOf('.');
		return (dot < 0) ? name : name.substring(0, dot);
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
			case "NodeGroup", "GroupModel" -> "the group";
			case "Move" -> "the move";
			case "Platform" -> field.replace('_', ' ');
			case "Intent" -> "intent, " + field.replace('_', ' ');
			default -> group.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT) + ", " + field;
		};
	}

	/**
	 * The name of the fact that a field is told by, taken apart.
	 *
	 * @param name group and field
	 * @param derived whether rules derive it, so that nobody could look at it
	 * @param words the same for people
	 * @param value reads the field, if the group is kept as it is named
	 * @param known reads whether anybody looked at the group
	 * @param present the same where the group says it so
	 */
	private record Name(String name, String group, String field, boolean derived, String words,
			@Nullable Accessor value, @Nullable Accessor known, @Nullable Accessor present) {

		static Name of(Mention mentioned) {
			String name = toldBy(mentioned.field());
			String group = FactsBehind.group(name);
			String field = name.substring(name.indexOf('.') + 1);
			Class<?> type = GROUPS.containsKey(group) ? Vocabulary.fact(group) : null;
			return new Name(name, group, field, NOT_OF_THE_NODE.contains(group), FactsBehind.words(name),
					accessor(type, field), accessor(type, "known"), accessor(type, "present"));
		}

		@Nullable Object owner(NodeFacts facts) {
			Function<NodeFacts, Object> kept = GROUPS.get(this.group);
			return (kept != null) ? kept.apply(facts) : null;
		}

		boolean belongsTo(ArchFamily family) {
			Set<ArchFamily> families = BELONGS_TO.get(this.name);
			return families == null || families.contains(family);
		}

	}

}
