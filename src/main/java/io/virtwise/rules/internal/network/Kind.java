package io.virtwise.rules.internal.network;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.virtwise.facts.Capabilities;
import io.virtwise.facts.Cgroups;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.GroupModel;
import io.virtwise.facts.HostDevices;
import io.virtwise.facts.HostState;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Iommu;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.KvmParameters;
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
import io.virtwise.facts.Software;
import io.virtwise.rules.language.Conclusion;
import io.virtwise.rules.language.GuestFlag;
import io.virtwise.rules.language.GuestFlags;
import io.virtwise.rules.language.GuestModel;
import io.virtwise.rules.language.ImageFormat;
import io.virtwise.rules.language.Release;

/**
 * The kinds of fact that rules match, and how each comes from the facts of a node.
 */
enum Kind {

	/** Put together from all evidence. */
	PLATFORM(Platform.class, NodeFacts::platform),
	/** The processor. */
	CPU(CpuInfo.class, NodeFacts::cpuinfo),
	/** Loaded modules. */
	MODULES(KernelModules.class, NodeFacts::modules),
	/** The device node. */
	DEVICE(DevKvm.class, NodeFacts::devKvm),
	/** What libvirt says of the host. */
	CAPABILITIES(Capabilities.class, NodeFacts::capabilities),
	/** What nova is told. */
	NOVA_CONF(NovaConfFacts.class, NodeFacts::novaConf),
	/** What the node is for. */
	INTENT(Intent.class, NodeFacts::intent),
	/** The nova release. */
	RELEASE(Release.class, (facts) -> Release.of(facts.release())),
	/** All flags of nova.conf. */
	GUEST_FLAGS(GuestFlags.class, GuestFlags::of),
	/** The processor's registers. */
	REGISTERS(ProcessorRegisters.class, (facts) -> facts.host().registers()),
	/** Parameters of the KVM modules. */
	PARAMETERS(KvmParameters.class, (facts) -> facts.host().parameters()),
	/** Modules loaded at every boot. */
	PERSISTENCE(ModulePersistence.class, (facts) -> facts.host().persistence()),
	/** The user that guests run as. */
	QEMU_USER(QemuUser.class, (facts) -> facts.host().qemuUser()),
	/** Other device nodes. */
	DEVICES(HostDevices.class, (facts) -> facts.host().devices()),
	/** Control groups. */
	CGROUPS(Cgroups.class, (facts) -> facts.host().cgroups()),
	/** What passing devices on rests on. */
	IOMMU(Iommu.class, (facts) -> facts.host().iommu()),
	/** Versions. */
	SOFTWARE(Software.class, (facts) -> facts.host().software()),
	/** How the node is set up. */
	STATE(HostState.class, (facts) -> facts.host().state()),
	/** The guests that run. */
	GUESTS(RunningGuests.class, (facts) -> facts.host().guests()),
	/** One for each kind of guest that libvirt describes. */
	DOMAIN(DomainCapabilities.class, true, NodeFacts::domainCapabilities),
	/** One for each option set. */
	OPTION(NovaOption.class, true, NodeFacts::options),
	/** One for each documented line found in a log. */
	SIGNATURE(LogSignature.class, true, (facts) -> facts.logs().signatures()),
	/** One for each CPU model. */
	GUEST_MODEL(GuestModel.class, true, GuestModel::of),
	/** One for each CPU flag. */
	GUEST_FLAG(GuestFlag.class, true, GuestFlag::of),
	/** One for each image format. */
	IMAGE_FORMAT(ImageFormat.class, true, ImageFormat::of),
	/** The nodes that guests may move to; only where that is asked about. */
	NODE_GROUP(NodeGroup.class, true, (facts) -> facts.group().groups()),
	/** One for each CPU model of the group. */
	GROUP_MODEL(GroupModel.class, true, (facts) -> facts.group().models()),
	/** A guest that is to come; only where that is asked about. */
	MOVE(Move.class, true, (facts) -> facts.group().moves()),
	/** One for each answer; they come while rules fire. */
	CONCLUSION(Conclusion.class, true, (facts) -> List.of());

	private static final Map<String, Kind> BY_NAME = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap((kind) -> kind.type.getSimpleName(), (kind) -> kind));

	private static final List<Kind> SEVERAL = Arrays.stream(values()).filter(Kind::several).toList();

	private final Class<?> type;

	private final boolean several;

	@SuppressWarnings("ImmutableEnumChecker") // a method, nothing that could change
	private final Function<NodeFacts, Object> read;

	Kind(Class<?> type, Function<NodeFacts, Object> read) {
		this(type, false, read);
	}

	Kind(Class<?> type, boolean several, Function<NodeFacts, Object> read) {
		this.type = type;
		this.several = several;
		this.read = read;
	}

	/** The kind that rules call by this name. */
	static Kind of(String name) {
		Kind kind = BY_NAME.get(name);
		if (kind == null) {
			throw new IllegalArgumentException("no fact is called " + name);
		}
		return kind;
	}

	/** Those of which there may be several. */
	static List<Kind> ofSeveral() {
		return SEVERAL;
	}

	Class<?> type() {
		return this.type;
	}

	/** Whether there may be several of them, or none. */
	boolean several() {
		return this.several;
	}

	/** The one fact, or the list of them. */
	Object of(NodeFacts facts) {
		return this.read.apply(facts);
	}

}
