package io.virtwise.nova;

import java.util.ArrayList;
import java.util.List;

/**
 * Generated files with settings, for tests of other rooms.
 */
public final class NovaConfSamples {

	private NovaConfSamples() {
	}

	/** So many files, the same for the same seed, each with settings to put there. */
	public static List<Sample> of(long seed, int count) {
		GeneratedNovaConf generated = new GeneratedNovaConf(seed);
		List<Sample> samples = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			samples.add(new Sample(generated.nextFile(), generated.nextSettings()));
		}
		return samples;
	}

	/**
	 * A file and what to set in it.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Sample(byte[] file, List<Setting> settings) {
	}

}
