package io.virtwise.nova;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A nova release.
 *
 * @param major nova's major version; Juno is 11 and Kilo 12 by our count of releases,
 * though their packages say 2014.2 and 2015.1
 * @param series the OpenStack series in lower case: {@code mitaka}, {@code 2024.1}
 * @param version the full version where one was given, as {@code 13.1.4}
 */
public record NovaRelease(int major, String series, @Nullable String version) {

	/** PLACEHOLDER until the nova room is built. */
	public static Optional<NovaRelease> parse(String text) {
		return Optional.empty();
	}

}
