package io.virtwise.rules.internal;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.Capabilities;
import io.virtwise.facts.Cgroups;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.DevKvm;
import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.HostDevices;
import io.virtwise.facts.HostState;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Iommu;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import io.virtwise.facts.KvmParameters;
import io.virtwise.facts.LogSignature;
import io.virtwise.facts.ModulePersistence;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.NovaOption;
import io.virtwise.facts.Platform;
import io.virtwise.facts.ProcessorRegisters;
import io.virtwise.facts.QemuUser;
import io.virtwise.facts.RunningGuests;
import io.virtwise.facts.Signature;
import io.virtwise.facts.Software;
import io.virtwise.rules.language.Answer;
import io.virtwise.rules.language.Conclusion;
import io.virtwise.rules.language.GuestFlags;
import io.virtwise.rules.language.GuestFlag;
import io.virtwise.rules.language.GuestModel;
import io.virtwise.rules.language.ImageFormat;
import io.virtwise.rules.language.Release;
import io.virtwise.rules.language.Topic;

/**
 * The words that a rule may use: fact types with their fields, and enums with their
 * constants.
 */
final class Vocabulary {

	private static final List<Class<?>> FACTS = List.of(Platform.class, CpuInfo.class, KernelModules.class,
			DevKvm.class, Capabilities.class, DomainCapabilities.class, NovaConfFacts.class, Intent.class,
			Release.class, GuestModel.class, Conclusion.class, ProcessorRegisters.class, KvmParameters.class,
			ModulePersistence.class, QemuUser.class, HostDevices.class, Cgroups.class, Iommu.class, Software.class,
			HostState.class, RunningGuests.class, NovaOption.class, LogSignature.class, GuestFlags.class,
			ImageFormat.class, GuestFlag.class);

	private static final List<Class<? extends Enum<?>>> ENUMS = List.of(Known.class, ArchFamily.class,
			CpuInfo.Vendor.class, Intent.Environment.class, Topic.class, Answer.class, Signature.class);

	private final Map<String, Map<String, Class<?>>> fields = new TreeMap<>();

	Vocabulary() {
		for (Class<?> fact : FACTS) {
			Map<String, Class<?>> accessors = new TreeMap<>();
			for (Method method : fact.getDeclaredMethods()) {
				if (method.getParameterCount() == 0 && Modifier.isPublic(method.getModifiers())
						&& !Modifier.isStatic(method.getModifiers()) && !isObjectMethod(method)) {
					accessors.put(method.getName(), method.getReturnType());
				}
			}
			this.fields.put(fact.getSimpleName(), accessors);
		}
	}

	/** Everything that the rulebase must import. */
	static List<String> imports() {
		TreeSet<String> names = new TreeSet<>();
		FACTS.forEach((fact) -> names.add(fact.getCanonicalName()));
		ENUMS.forEach((words) -> names.add(words.getCanonicalName()));
		return List.copyOf(names);
	}

	boolean isFact(String type) {
		return this.fields.containsKey(type);
	}

	/** The type of a field of a fact. */
	Optional<Class<?>> field(String fact, String field) {
		return Optional.ofNullable(this.fields.getOrDefault(fact, Map.of()).get(field));
	}

	List<String> fieldsOf(String fact) {
		return List.copyOf(this.fields.getOrDefault(fact, Map.of()).keySet());
	}

	/** The enum of this name. */
	Optional<Class<? extends Enum<?>>> enumOf(String name) {
		return ENUMS.stream().filter((words) -> words.getSimpleName().equals(name)).findFirst();
	}

	static boolean hasConstant(Class<? extends Enum<?>> words, String constant) {
		for (Enum<?> word : words.getEnumConstants()) {
			if (word.name().equals(constant)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isObjectMethod(Method method) {
		return List.of("toString", "hashCode", "getClass").contains(method.getName());
	}

}
