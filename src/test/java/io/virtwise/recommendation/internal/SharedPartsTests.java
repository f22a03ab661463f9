package io.virtwise.recommendation.internal;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.virtwise.facts.GroupFacts;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaOption;
import io.virtwise.nova.NovaRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Facts are read part by part just as they are read at once.
 */
class SharedPartsTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** Signs that end a part where they stand outside of a text. */
	private static final List<String> TEXTS = List.of("", "kvm", "\"", "\\", "\\\"", "a\\\\", "}", "{[", ",", ":",
			"null", "ä €", "line\nnext", "\u0001");

	private final SharedParts parts = new SharedParts(JSON);

	@Test
	void readsWhatReadingAtOnceGives() {
		Random random = new Random(7);
		for (int round = 0; round < 100; round++) {
			NodeFacts facts = (NodeFacts) record(NodeFacts.class, random);
			String text = (round % 2 == 0) ? JSON.writeValueAsString(facts)
					: JSON.writerWithDefaultPrettyPrinter().writeValueAsString(facts);

			assertThat(this.parts.read(text)).as(text).isEqualTo(bare(JSON.readValue(text, NodeFacts.class)));
		}
	}

	@Test
	void readsAPartThatStandsInTwoNodesOnce() {
		NodeFacts first = (NodeFacts) record(NodeFacts.class, new Random(1));
		NodeFacts other = (NodeFacts) record(NodeFacts.class, new Random(2));
		NodeFacts mixed = new NodeFacts(other.platform(), first.cpuinfo(), other.modules(), other.devKvm(),
				first.capabilities(), other.domainCapabilities(), other.novaConf(), other.release(), other.intent(),
				Map.of(), List.of(), other.host(), other.options(), other.logs());

		NodeFacts one = this.parts.read(JSON.writeValueAsString(first));
		NodeFacts two = this.parts.read(JSON.writeValueAsString(mixed));

		assertThat(two.cpuinfo()).isSameAs(one.cpuinfo());
		assertThat(two.capabilities()).isSameAs(one.capabilities());
		assertThat(two).isEqualTo(bare(mixed));
	}

	@Test
	void staysRightWithMoreKindsOfMachineThanItKeeps() {
		NodeFacts facts = (NodeFacts) record(NodeFacts.class, new Random(3));
		String text = JSON.writeValueAsString(facts);
		String huge = "x".repeat(500_000);

		for (int round = 0; round < 10; round++) {
			NovaOption option = new NovaOption("libvirt/o" + round, huge);
			NodeFacts other = new NodeFacts(facts.platform(), facts.cpuinfo(), facts.modules(), facts.devKvm(),
					facts.capabilities(), facts.domainCapabilities(), facts.novaConf(), facts.release(), facts.intent(),
					Map.of(), List.of(), facts.host(), List.of(option), facts.logs());
			assertThat(this.parts.read(JSON.writeValueAsString(other)).options()).containsExactly(option);
		}
		assertThat(this.parts.read(text)).isEqualTo(bare(facts));
	}

	@Test
	void readsFactsOfAnEarlierVersion() {
		NodeFacts facts = (NodeFacts) record(NodeFacts.class, new Random(4));
		Map<String, Object> members = JSON.readValue(JSON.writeValueAsString(facts), new TypeReference<>() {
		});
		List.of("host", "options", "logs").forEach(members::remove);
		members.put("release", null);
		members.put("later", Map.of("nobody", "knows"));
		String text = JSON.writeValueAsString(members);

		assertThat(this.parts.read(text)).isEqualTo(bare(JSON.readValue(text, NodeFacts.class)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{", "{}", "{\"platform\"", "{\"platform\":\"", "{\"platform\":{",
			"{\"platform\":{\"family\":\"X86\"}", "{\"platform\":{\"family\":\"X86\"} \"cpuinfo\":{}}",
			"{\"platform\":{\"family\":[}}" })
	void refusesWhatIsNoFacts(String text) {
		assertThatException().isThrownBy(() -> this.parts.read(text));
	}

	private static NodeFacts bare(NodeFacts facts) {
		return new NodeFacts(facts.platform(), facts.cpuinfo(), facts.modules(), facts.devKvm(), facts.capabilities(),
				facts.domainCapabilities(), facts.novaConf(), facts.release(), facts.intent(), Map.of(), List.of(),
				facts.host(), facts.options(), facts.logs());
	}

	private static Object record(Class<?> type, Random random) {
		RecordComponent[] components = type.getRecordComponents();
		try {
			var constructor = type
				.getDeclaredConstructor(Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
			constructor.setAccessible(true);
			return constructor
				.newInstance(Stream.of(components).map((one) -> value(one.getGenericType(), random)).toArray());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(type + " cannot be made", ex);
		}
	}

	private static Object value(Type type, Random random) {
		if (type instanceof ParameterizedType several) {
			Type[] of = several.getActualTypeArguments();
			Stream<Object> values = IntStream.range(0, random.nextInt(3)).mapToObj((at) -> value(of[0], random));
			if (several.getRawType() == Map.class) {
				Map<Object, Object> map = new LinkedHashMap<>();
				values.forEach((key) -> map.put(key, value(of[1], random)));
				return map;
			}
			return (several.getRawType() == Set.class) ? new LinkedHashSet<>(values.toList())
					: new ArrayList<>(values.toList());
		}
		Class<?> one = (Class<?>) type;
		if (one == String.class) {
			return TEXTS.get(random.nextInt(TEXTS.size()));
		}
		if (one == boolean.class || one == Boolean.class) {
			return random.nextBoolean();
		}
		if (one == int.class || one == Integer.class) {
			return random.nextInt(1000);
		}
		if (one == long.class || one == Long.class) {
			return (long) random.nextInt();
		}
		if (one == NovaRelease.class) {
			return NovaRelease.all().get(random.nextInt(NovaRelease.all().size()));
		}
		if (one == GroupFacts.class) {
			return GroupFacts.NONE;
		}
		if (one.isEnum()) {
			return one.getEnumConstants()[random.nextInt(one.getEnumConstants().length)];
		}
		return record(one, random);
	}

}
