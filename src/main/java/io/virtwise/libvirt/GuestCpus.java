package io.virtwise.libvirt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.CpuProbe.Cpu;
import io.virtwise.rollout.CpuProbe.Telling;
import io.virtwise.rollout.CpuProbe.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * Has one node's libvirt name the features of CPUs, each model once. Which features a
 * model has is libvirt's word; added up and taken off is what the guests' own XML says.
 */
final class GuestCpus {

	/** What QEMU gives to guests whatever their model. */
	private static final Set<String> ALWAYS = Set.of("hypervisor", "x2apic");

	/** There are not many more in all the world. */
	private static final int MOST_MODELS = 50;

	private final NodeSession session;

	private final Map<String, Optional<CpuOffer>> offers = new HashMap<>();

	private final Map<String, Optional<Set<String>>> models = new HashMap<>();

	GuestCpus(NodeSession session) {
		this.session = session;
	}

	/**
	 * The CPU that a guest has. What QEMU added by itself does not count, it would do so
	 * again: of a guest that asked for a model only what it asked for and got.
	 */
	Cpu of(GuestXml guest, @Nullable CpuXml asked) {
		String type = guest.virtType();
		CpuXml cpu = guest.cpu();
		CpuOffer offer = offer(type).orElse(null);
		if (offer == null || !guest.arch().equals(offer.arch())) {
			return Cpu.untold(type, "", (offer == null) ? "libvirt does not tell what " + type + " guests can have"
					: "it has another architecture than its host");
		}
		if (cpu == null) {
			return Cpu.untold(type, "", "libvirt does not say which CPU it has");
		}
		if (cpu.mode().equals("host-passthrough") || cpu.mode().equals("maximum")) {
			return new Cpu(type, cpu.mode(), cpu.features(hostModel(offer).orElse(Set.of())), Telling.HOST, null);
		}
		String model = cpu.model();
		Optional<Set<String>> has = (model != null) ? features(offer.arch(), cpu) : Optional.empty();
		if (model == null || has.isEmpty()) {
			return Cpu.untold(type, cpu.mode(),
					"libvirt does not name the features of its CPU, " + Objects.requireNonNullElse(model, cpu.mode()));
		}
		Set<String> features = new TreeSet<>(has.get());
		Optional<Set<String>> wanted = (asked != null && asked.mode().equals("custom")
				&& !asked.match().equals("minimum")) ? features(offer.arch(), asked) : Optional.empty();
		wanted.ifPresent(features::retainAll);
		features.removeAll(ALWAYS);
		return new Cpu(type, model, features, Telling.ALL, null);
	}

	/**
	 * The CPUs that guests would get: one, or one of each named model.
	 */
	List<Cpu> given(Wanted wanted) {
		return (wanted.models().size() < 2) ? List.of(given(wanted, wanted.models().stream().findFirst().orElse(null)))
				: wanted.models().stream().distinct().limit(MOST_MODELS).map((model) -> given(wanted, model)).toList();
	}

	private Cpu given(Wanted wanted, @Nullable String model) {
		String type = wanted.virtType();
		if (!type.equals("kvm") && !type.equals("qemu")) {
			return Cpu.untold(type, type, "libvirt compares CPUs of kvm and qemu guests only, not of " + type);
		}
		CpuOffer offer = offer(type).orElse(null);
		if (offer == null) {
			return Cpu.untold(type, type, "libvirt does not tell what " + type + " guests can have here");
		}
		String mode = Objects.requireNonNullElseGet(wanted.mode(), () -> chosenByNova(type, offer.arch()));
		if (offer.lacks(mode)) {
			return Cpu.impossible(type, mode, "libvirt has no " + mode + " for " + type + " guests on this host");
		}
		return switch (mode) {
			case "host-passthrough" ->
				new Cpu(type, mode, flagged(hostModel(offer).orElse(Set.of()), wanted), Telling.HOST, null);
			case "host-model" -> hostModel(offer)
				.map((features) -> new Cpu(type, hostModelName(offer), flagged(features, wanted), Telling.ALL, null))
				.orElseGet(() -> Cpu.untold(type, mode, "libvirt does not name the features of host-model"));
			case "custom" -> custom(wanted, model, offer);
			default -> Cpu.untold(type, "the CPU that QEMU takes by itself",
					"cpu_mode " + mode + " names no model, and libvirt does not tell which one QEMU takes");
		};
	}

	/** What nova takes where cpu_mode is not set: the rulebase's S37 and V858. */
	private static String chosenByNova(String type, String arch) {
		return (type.equals("kvm") && arch.equals("aarch64")) ? "host-passthrough" : "host-model";
	}

	private Cpu custom(Wanted wanted, @Nullable String model, CpuOffer offer) {
		String type = wanted.virtType();
		if (model == null) {
			return Cpu.impossible(type, "custom", "no model is named, and nova starts no guest then");
		}
		String flags = wanted.flags().isEmpty() ? "" : " with " + String.join(", ", wanted.flags());
		Set<String> ofModel = features(offer.arch(), model).orElse(null);
		if (ofModel == null) {
			return (!offer.usable().isEmpty() && !offer.usable().containsKey(model))
					? Cpu.impossible(type, model, "libvirt does not know this model")
					: Cpu.untold(type, model, "libvirt does not name the features of " + model);
		}
		Set<String> features = new TreeSet<>(flagged(ofModel, wanted));
		if (type.equals("kvm") && !canHave(wanted, model, offer)) {
			return Cpu.impossible(type, model + flags, "libvirt says that this host cannot provide it");
		}
		if (type.equals("qemu")) {
			// emulation leaves out what it cannot do, without a word
			hostModel(offer).ifPresent(features::retainAll);
		}
		return new Cpu(type, model + flags, features, Telling.ALL, null);
	}

	/** By libvirt's own comparison, or, where it is too old for that, by its list. */
	private boolean canHave(Wanted wanted, String model, CpuOffer offer) {
		return ask("comparing a CPU model with what it offers",
				(connection) -> connection.canHave("kvm", CpuXml.custom(model, wanted.flags())))
			.orElseGet(() -> !"no".equals(offer.usable().get(model)));
	}

	private static Set<String> flagged(Set<String> features, Wanted wanted) {
		return new CpuXml("custom", "exact", null, CpuXml.policies(wanted.flags())).features(features);
	}

	private static String hostModelName(CpuOffer offer) {
		CpuXml model = offer.hostModel();
		return (model != null) ? "host-model, here " + model.model() : "host-model";
	}

	private Optional<Set<String>> hostModel(CpuOffer offer) {
		CpuXml model = offer.hostModel();
		return (model != null) ? features(offer.arch(), model) : Optional.empty();
	}

	private Optional<Set<String>> features(String arch, CpuXml cpu) {
		String model = cpu.model();
		return (model != null) ? features(arch, model).map(cpu::features) : Optional.empty();
	}

	private Optional<Set<String>> features(String arch, String model) {
		return this.models.computeIfAbsent(model,
				(name) -> ask("naming the features of a CPU model",
						(connection) -> CpuXml.of(NodeXml.root(connection.expanded(CpuXml.host(arch, model))))
							.features(Set.of())));
	}

	private Optional<CpuOffer> offer(String virtType) {
		return this.offers.computeIfAbsent(virtType,
				(type) -> ask("reading what its guests of type " + type + " can have",
						(connection) -> CpuOffer.of(connection.domainCapabilities(type))));
	}

	/** Empty where libvirt cannot tell. */
	private <T> Optional<T> ask(String what, NodeSession.Work<T> work) {
		try {
			return Optional.of(this.session.call(what, work));
		}
		catch (IllegalStateException ex) {
			return Optional.empty();
		}
		catch (NodeFailure failure) {
			if (!LibvirtCpuProbe.goesOn(failure)) {
				throw failure;
			}
			return Optional.empty();
		}
	}

}
