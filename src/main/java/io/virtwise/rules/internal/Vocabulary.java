package io.virtwise.rules.internal;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.virtwise.facts.ArchFamily;
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
import io.virtwise.facts.Known;
import io.virtwise.facts.KvmParameters;
import io.virtwise.facts.LogSignature;
import io.virtwise.facts.ModulePersistence;
import io.virtwise.facts.Move;
import io.virtwise.facts.NodeGroup;
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
import org.jspecify.annotations.Nullable;

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
			ImageFormat.class, GuestFlag.class, NodeGroup.class, GroupModel.class, Move.class);

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

	/** The classes of facts, of their fields, of words and of sinks. */
	static Set<String> classNames() {
		Set<String> names = new TreeSet<>();
		FACTS.forEach((fact) -> {
			names.add(fact.getName());
			Stream.of(fact.getRecordComponents())
				.map(RecordComponent::getType)
				.filter(Record.class::isAssignableFrom)
				.forEach((type) -> names.add(type.getName()));
		});
		ENUMS.forEach((words) -> names.add(words.getName()));
		Stream.of(Stage.values()).forEach((stage) -> names.add(stage.sinkType().getName()));
		return names;
	}

	List<String> facts() {
		return List.copyOf(this.fields.keySet());
	}

	boolean isFact(String type) {
		return this.fields.containsKey(type);
	}

	/** The class of a fact that rules call by this name. */
	static @Nullable Class<?> fact(String name) {
		for (Class<?> fact : FACTS) {
			if (fact.getSimpleName().equals(name)) {
				return fact;
			}
		}
		return null;
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

	/** The word of an enum that rules call by this name. */
	static Object word(String type, String constant) {
		return ENUMS.stream()
			.filter((words) -> words.getSimpleName().equals(type))
			.flatMap((words) -> Stream.<Enum<?>>of(words.getEnumConstants()))
			.filter((word) -> word.name().equals(constant))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("no word " + type + "." + constant));
	}

	static List<String> enumNames() {
		return ENUMS.stream().map(Class::getSimpleName).toList();
	}

	/** All types of facts. */
	static List<Class<?>> factTypes() {
		return FACTS;
	}

	/** All enums. */
	static List<Class<? extends Enum<?>>> enums() {
		return ENUMS;
	}

	/** The words of an enum. */
	static List<String> constants(Class<?> words) {
		return words.isEnum() ? Stream.of(words.getEnumConstants()).map((word) -> ((Enum<?>) word).name()).toList()
				: List.of();
	}

	/** What a sink can be asked, by name. */
	static List<Method> methods(Stage stage) {
		return Stream.of(stage.sinkType().getDeclaredMethods())
			.filter((method) -> Modifier.isAbstract(method.getModifiers()))
			.sorted(Comparator.comparing(Method::getName))
			.toList();
	}

	/** How a method of a sink is called, as {@code conclude.that(Topic topic, …)}. */
	static String signature(Stage stage, Method method) {
		return stage.sink() + "." + method.getName()
				+ Stream.of(method.getParameters())
					.map((one) -> one.isVarArgs() ? one.getName() + "…"
							: (one.getType().isEnum() ? one.getType().getSimpleName() + " " : "") + one.getName())
					.collect(Collectors.joining(", ", "(", ")"));
	}

	private static boolean isObjectMethod(Method method) {
		return List.of("toString", "hashCode", "getClass").contains(method.getName());
	}

}
