package io.virtwise.recommendation.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

import io.virtwise.facts.HostFacts;
import io.virtwise.facts.NodeFacts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the stored facts of many nodes, without the lines in which they were seen. A part
 * that stands in many of them word for word, such as what libvirt says of one kind of
 * machine, is read once: facts never change, so nodes can share them.
 */
final class SharedParts {

	/** What only people read, and what is never stored. */
	private static final Set<String> LEFT_OUT = Set.of("seen", "problems", "group");

	/** Enough for hundreds of kinds of machine; beyond that it begins anew. */
	private static final long MOST_CHARACTERS = 4_000_000;

	private final JsonMapper json;

	private final Map<Known, Object> known = new ConcurrentHashMap<>();

	private final AtomicLong characters = new AtomicLong();

	private final Shape node;

	SharedParts(JsonMapper json) {
		this.json = json;
		Shape host = shape(HostFacts.class, Map.of());
		this.node = shape(NodeFacts.class, Map.of(HostFacts.class, host::read));
	}

	/**
	 * The facts that this text holds.
	 * @throws IllegalArgumentException if it is not the text of an object
	 */
	NodeFacts read(String text) {
		return (NodeFacts) this.node.read(text);
	}

	private Shape shape(Class<? extends Record> type, Map<Class<?>, Function<String, Object>> own) {
		RecordComponent[] components = type.getRecordComponents();
		String[] names = new String[components.length];
		List<Function<String, Object>> parts = new ArrayList<>();
		for (int at = 0; at < components.length; at++) {
			names[at] = components[at].getName();
			parts.add(own.getOrDefault(components[at].getType(), part(type, components[at])));
		}
		try {
			return new Shape(
					type.getDeclaredConstructor(
							Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new)),
					names, parts);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException("a record has a constructor for all of its parts", ex);
		}
	}

	private Function<String, Object> part(Class<?> type, RecordComponent component) {
		String name = type.getSimpleName() + "." + component.getName();
		ObjectReader reader = this.json.readerFor(this.json.constructType(component.getGenericType()));
		return (text) -> {
			Known key = new Known(name, text);
			Object part = this.known.get(key);
			if (part == null) {
				part = reader.readValue(text);
				if (this.characters.addAndGet(text.length()) > MOST_CHARACTERS) {
					this.known.clear();
					this.characters.set(text.length());
				}
				this.known.put(key, part);
			}
			return part;
		};
	}

	/**
	 * The text of a part of this name.
	 */
	private record Known(String name, String text) {
	}

	/**
	 * How a record is put together.
	 *
	 * @param constructor takes all parts
	 * @param names what they are called
	 * @param parts how each is read
	 */
	private record Shape(Constructor<? extends Record> constructor, String[] names,
			List<Function<String, Object>> parts) {

		Object read(String text) {
			@Nullable Object[] values = new @Nullable Object[this.names.length];
			JsonMembers members = new JsonMembers(text);
			int next = 0;
			while (members.next()) {
				int place = place(members, next);
				if (place >= 0) {
					String held = members.held();
					values[place] = held.equals("null") ? null : this.parts.get(place).apply(held);
					next = place + 1;
				}
			}
			try {
				return this.constructor.newInstance(values);
			}
			catch (InvocationTargetException ex) {
				throw new IllegalArgumentException("these are no facts: " + ex.getCause(), ex);
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException("a record can be made", ex);
			}
		}

		/** They mostly stand in the order of the record. */
		private int place(JsonMembers members, int next) {
			for (int tried = 0; tried < this.names.length; tried++) {
				int place = (next + tried) % this.names.length;
				if (members.is(this.names[place])) {
					return LEFT_OUT.contains(this.names[place]) ? -1 : place;
				}
			}
			return -1;
		}

	}

}
