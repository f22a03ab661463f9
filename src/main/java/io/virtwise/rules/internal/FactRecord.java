package io.virtwise.rules.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.virtwise.facts.DevKvm;
import io.virtwise.facts.Known;
import org.jspecify.annotations.Nullable;

/**
 * A fact of which a case changes some components.
 *
 * @param <R> its type
 */
final class FactRecord<R extends Record> {

	private static final ClassValue<Shape> SHAPES = new ClassValue<>() {

		@Override
		protected Shape computeValue(Class<?> type) {
			return Shape.of(type);
		}

	};

	private final R unknown;

	private FactRecord(R unknown) {
		this.unknown = unknown;
	}

	/**
	 * @param unknown gives what the case leaves open
	 */
	static <R extends Record> FactRecord<R> of(R unknown) {
		return new FactRecord<>(unknown);
	}

	/** The fact with these components; one that can be unknown is known then. */
	R with(Map<String, Object> given) {
		Shape shape = SHAPES.get(this.unknown.getClass());
		Map<String, Object> wanted = new LinkedHashMap<>(given);
		@Nullable Object[] values = new @Nullable Object[shape.components().length];
		try {
			for (int at = 0; at < values.length; at++) {
				RecordComponent component = shape.components()[at];
				String name = component.getName();
				values[at] = wanted.containsKey(name) ? value(component, wanted.remove(name))
						: name.equals("known") ? (Object) true : shape.accessors()[at].invoke(this.unknown);
			}
			if (!wanted.isEmpty()) {
				throw new IllegalArgumentException(
						this.unknown.getClass().getSimpleName() + " has no " + wanted.keySet());
			}
			@SuppressWarnings("unchecked")
			R made = (R) shape.constructor().newInstance(values);
			return made;
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalArgumentException(
					"cannot build " + this.unknown.getClass().getSimpleName() + " from " + given, ex);
		}
	}

	private static @Nullable Object value(RecordComponent component, @Nullable Object given) {
		Class<?> type = component.getType();
		if (type == Known.class) {
			return (given instanceof Boolean yes) ? Known.of(yes) : Known.UNKNOWN;
		}
		if (type == String.class) {
			return (given == null) ? null : given.toString();
		}
		if (type.isEnum()) {
			for (Object constant : type.getEnumConstants()) {
				if (constant.toString().equals(String.valueOf(given))) {
					return constant;
				}
			}
			throw new IllegalArgumentException(type.getSimpleName() + " has no word " + given);
		}
		if (given instanceof List<?> several && component.getGenericType() instanceof ParameterizedType) {
			List<String> texts = several.stream().map(String::valueOf).toList();
			return (type == Set.class) ? new LinkedHashSet<>(texts) : texts;
		}
		if (type == DevKvm.AccessList.class) {
			Map<String, Object> entries = CaseFacts.map(given);
			return entries.isEmpty() ? DevKvm.AccessList.UNKNOWN : of(DevKvm.AccessList.UNKNOWN).with(entries);
		}
		return given;
	}

	/**
	 * How a record is taken apart and made; found once, because thousands of cases need
	 * it.
	 */
	private record Shape(RecordComponent[] components, Method[] accessors, Constructor<?> constructor) {

		static Shape of(Class<?> type) {
			RecordComponent[] components = type.getRecordComponents();
			try {
				return new Shape(components,
						Stream.of(components).map(RecordComponent::getAccessor).toArray(Method[]::new),
						type.getDeclaredConstructor(
								Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new)));
			}
			catch (NoSuchMethodException ex) {
				throw new IllegalStateException("a record has a constructor for all of its components", ex);
			}
		}

	}

}
