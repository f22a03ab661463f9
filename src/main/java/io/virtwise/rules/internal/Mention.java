package io.virtwise.rules.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A field that rules look at, as {@code CpuInfo.vmx}, with a number of its own, so that
 * what a run knows of it is found at once. There are as many as the facts have fields.
 */
final class Mention {

	private static final Map<String, Mention> KNOWN = new ConcurrentHashMap<>();

	private static final AtomicInteger COUNT = new AtomicInteger();

	private final String field;

	private final int number = COUNT.getAndIncrement();

	private Mention(String field) {
		this.field = field;
	}

	static Mention of(String field) {
		return KNOWN.computeIfAbsent(field, Mention::new);
	}

	/** How many there are so far; all of them have smaller numbers. */
	static int count() {
		return COUNT.get();
	}

	String field() {
		return this.field;
	}

	int number() {
		return this.number;
	}

	@Override
	public String toString() {
		return this.field;
	}

}
