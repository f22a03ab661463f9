package io.virtwise.rules.language;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.nova.NovaRelease;
import org.jspecify.annotations.Nullable;

/**
 * The nova release as rules see it; an unknown one is a value too.
 *
 * @param known whether anybody said
 * @param major nova's major version, 0 if unknown
 * @param number major, minor and patch as one number that can be compared: 26.2.1 is
 * 260201; parts that nobody said count as 0
 */
public record Release(boolean known, int major, int number) {

	/** Nobody said. */
	public static final Release UNKNOWN = new Release(false, 0, 0);

	private static final Pattern VERSION = Pattern.compile("\\d+\\.(\\d{1,2})(?:\\.(\\d{1,2}))?(?!\\d).*");

	/** The release as rules see it. */
	public static Release of(@Nullable NovaRelease release) {
		if (release == null) {
			return UNKNOWN;
		}
		int number = release.major() * 10_000;
		Matcher version = VERSION.matcher((release.version() == null) ? "" : release.version());
		if (version.matches()) {
			number += Integer.parseInt(version.group(1)) * 100;
			number += (version.group(2) == null) ? 0 : Integer.parseInt(version.group(2));
		}
		return new Release(true, release.major(), number);
	}

}
