package io.virtwise.rules.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps what was made lately, so that who edits one file waits for that file and not for
 * all the others.
 *
 * @param <K> what it is made of; never changes
 * @param <V> what is made; never changes either
 */
final class Recently<K, V> {

	private final Map<K, V> kept;

	/**
	 * @param most how many are kept; 0 for none
	 */
	Recently(int most) {
		this.kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
				return size() > most;
			}

		});
	}

	/** Made anew where nobody remembers it; two may make the same at a time. */
	V of(K from, Function<K, V> make) {
		V known = this.kept.get(from);
		if (known == null) {
			known = make.apply(from);
			this.kept.put(from, known);
		}
		return known;
	}

}
