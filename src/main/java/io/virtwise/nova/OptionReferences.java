package io.virtwise.nova;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What {@code $name} in a value stands for, as oslo.config sees it: an option of the same
 * section, else of {@code [DEFAULT]}, or of the section named in front of a point. nova
 * stops at a name that is no option of its own, so only names that are known here are
 * replaced; any other stays as it is written. So does a value that would grow beyond what
 * any option holds. For one value only.
 */
final class OptionReferences {

	/** Two signs, a name, or a name in braces. */
	private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\$|[_a-z][._a-z0-9]*|\\{[_a-z][._a-z0-9]*})",
			Pattern.CASE_INSENSITIVE);

	private static final Map<String, String> DEFAULTS = Map.of("libvirt.virt_type", "kvm", "libvirt.cpu_mode", "",
			"libvirt.connection_uri", "", "libvirt.images_type", "default", "compute_driver", "");

	/** What these are where nobody sets them depends on the node. */
	private static final Set<String> WITHOUT_DEFAULT = Set.of("my_ip", "host", "state_path", "instances_path");

	/** A value that refers to another that refers to it has no end. */
	private static final int DEEPEST = 8;

	/** Characters of all values that are looked at for one. */
	private static final int LARGEST = 64 * 1024;

	/** Each goes through the files, so it counts as so many characters: 64 of them. */
	private static final int LOOKUP = LARGEST / 64;

	private final NovaConfFiles files;

	private int left = LARGEST;

	OptionReferences(NovaConfFiles files) {
		this.files = files;
	}

	/** The value with what its references stand for. */
	String resolved(String section, String value) {
		spend(value.length());
		String resolved = (this.left >= 0) ? resolved(section, value, DEEPEST) : value;
		return (this.left >= 0) ? resolved : value;
	}

	private String resolved(String section, String value, int depth) {
		if (value.indexOf('$') < 0 || depth == 0) {
			return value;
		}
		return REFERENCE.matcher(value.replace("\\$", "$$"))
			.replaceAll((found) -> Matcher.quoteReplacement(replaced(section, found, depth)));
	}

	private String replaced(String section, MatchResult found, int depth) {
		String whole = found.group();
		if (this.left < 0) {
			return whole;
		}
		if (whole.equals("$$")) {
			return "$";
		}
		String name = whole.startsWith("${") ? whole.substring(2, whole.length() - 1) : whole.substring(1);
		int point = name.indexOf('.');
		String value;
		if (point >= 0) {
			String named = name.substring(0, point); // DEFAULT is no name that can stand
														// there
			value = named.equals("DEFAULT") ? null : option(named, name.substring(point + 1), depth);
		}
		else {
			value = option(NovaConf.normalized(section), name, depth);
			value = (value != null) ? value : option("DEFAULT", name, depth);
		}
		return (value != null) ? value : whole;
	}

	private @Nullable String option(String section, String name, int depth) {
		String full = section.equals("DEFAULT") ? name : section + "." + name;
		if (!DEFAULTS.containsKey(full) && !WITHOUT_DEFAULT.contains(full)) {
			return null;
		}
		spend(LOOKUP);
		Optional<NovaConf.Assignment> set = this.files.effective(section, name);
		if (set.isEmpty()) {
			return DEFAULTS.get(full);
		}
		String value = set.get().value();
		spend(value.length());
		return (this.left >= 0) ? resolved(section, value, depth - 1) : null;
	}

	private void spend(int characters) {
		this.left -= Math.min(characters, LARGEST + 1);
	}

}
