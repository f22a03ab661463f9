package io.virtwise.change.web;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of files, and that it is not mixed up.
 */
class KnownCpuChangesTests {

	private final KnownCpuChanges known = new KnownCpuChanges();

	private final AtomicInteger looks = new AtomicInteger();

	@Test
	void looksOnceAtEachPairOfFiles() {
		assertThat(of("a", "b", true)).isTrue();
		assertThat(of("b", "a", false)).isFalse();
		assertThat(of("a", "b", false)).as("the same files").isTrue();
		assertThat(of("a", "c", false)).isFalse();
		assertThat(this.looks).hasValue(3);
	}

	@Test
	void forgetsWhatWasNotAskedForLongest() {
		for (int i = 0; i <= 5000; i++) {
			of("file", "" + i, true);
		}
		this.looks.set(0);

		assertThat(of("file", "5000", false)).isTrue();
		assertThat(of("file", "0", false)).isFalse();
		assertThat(this.looks).hasValue(1);
	}

	private boolean of(String before, String after, boolean answer) {
		return this.known.of(before, after, () -> {
			this.looks.incrementAndGet();
			return answer;
		});
	}

}
