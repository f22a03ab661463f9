package io.virtwise.rules.internal.network;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;

/**
 * Reads one field of a fact, as fast as a call. There is one for each field, so that two
 * constraints on the same field are seen to be the same.
 */
public final class Accessor {

	private static final Map<Method, Accessor> KNOWN = new ConcurrentHashMap<>();

	private static final AtomicInteger SLOTS = new AtomicInteger();

	private final int slot;

	private final String name;

	private final Class<?> type;

	private final Function<Object, @Nullable Object> reader;

	private final @Nullable ToIntFunction<Object> number;

	@SuppressWarnings("unchecked")
	private Accessor(Method method) {
		this.slot = SLOTS.incrementAndGet();
		this.name = method.getDeclaringClass().getSimpleName() + '.' + method.getName();
		this.type = method.getReturnType();
		this.reader = (Function<Object, @Nullable Object>) lambda(method, Function.class, "apply", Object.class);
		this.number = (this.type == int.class)
				? (ToIntFunction<Object>) lambda(method, ToIntFunction.class, "applyAsInt", int.class) : null;
	}

	/**
	 * The accessor of a field.
	 * @param fact the type of the fact, public
	 * @param field a method without parameters
	 */
	public static Accessor of(Class<?> fact, String field) {
		try {
			return KNOWN.computeIfAbsent(fact.getMethod(field), Accessor::new);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalArgumentException(fact.getSimpleName() + " has no field " + field, ex);
		}
	}

	/** Its own number among all fields, for the network's index. */
	int slot() {
		return this.slot;
	}

	/** Whether it is a number that is always there. */
	boolean isNumber() {
		return this.number != null;
	}

	/** The type of the field, boxed where it is primitive. */
	Class<?> type() {
		return MethodType.methodType(this.type).wrap().returnType();
	}

	/** The value of the field. */
	public @Nullable Object value(Object fact) {
		return this.reader.apply(fact);
	}

	int number(Object fact) {
		if (this.number == null) {
			throw new IllegalStateException(this.name + " is no number that is always there");
		}
		return this.number.applyAsInt(fact);
	}

	@Override
	public String toString() {
		return this.name;
	}

	private static Object lambda(Method method, Class<?> kind, String call, Class<?> result) {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			MethodHandle target = lookup.unreflect(method);
			MethodType own = target.type();
			return LambdaMetafactory
				.metafactory(lookup, call, MethodType.methodType(kind), MethodType.methodType(result, Object.class),
						target, (result == Object.class) ? own.wrap() : own)
				.getTarget()
				.invoke();
		}
		catch (Throwable ex) {
			throw new IllegalStateException("no accessor for " + method, ex);
		}
	}

}
