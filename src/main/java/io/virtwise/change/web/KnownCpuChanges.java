package io.virtwise.change.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Remembers of two files, told by their hashes, whether guests get another CPU from one
 * than from the other. The page of a change with hundreds of nodes asks that of all of
 * them each time it is looked at, and the answer never changes.
 */
final class KnownCpuChanges {

	/** Some large changes; an entry is two hashes and a word. */
	private static final int MOST = 4096;

	private final Map<String, Boolean> known = Collections.synchronizedMap(new LinkedHashMap<>(MOST, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > MOST;
		}

	});

	/** The answer for this file before and after, looked for where it is not known. */
	boolean of(String before, String after, Supplier<Boolean> look) {
		String files = before + " " + after;
		Boolean answer = this.known.get(files);
		if (answer == null) {
			answer = look.get();
			this.known.put(files, answer);
		}
		return answer;
	}

}
