package io.virtwise.change;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.virtwise.shared.ContentHash;

/**
 * The files that nova reads besides a drop-in of ours. What a drop-in does depends on
 * them, so their hash is approved with it, and compared again right before the push.
 */
public final class Surroundings {

	/** The folder beside nova.conf that nova reads by itself from Pike on. */
	public static final String FOLDER = "nova.conf.d";

	/** Read with nova.conf where it is there, as on Debian. */
	public static final String COMPUTE = "nova-compute.conf";

	private static final Pattern OURS = Pattern.compile("90-virtwise(?:-[0-9]{9})?\\.conf");

	private static final Pattern NUMBERED = Pattern.compile(".*/90-virtwise-([0-9]{9})\\.conf");

	private final SortedMap<String, ContentHash> files = new TreeMap<>();

	/**
	 * Whether nova reads a file of this name in the folder, and it is not one of ours.
	 */
	public static boolean counts(String name) {
		return name.endsWith(".conf") && !name.startsWith(".") && !ours(name);
	}

	/** Whether a file of this name in the folder is one of ours. */
	public static boolean ours(String name) {
		return OURS.matcher(name).matches();
	}

	/** The name of the drop-in of a change; later ones are read later. */
	public static String name(long changeNumber) {
		return String.format(java.util.Locale.ROOT, "90-virtwise-%09d.conf", changeNumber);
	}

	/** The number of the change that this drop-in is of, 0 where it is none of ours. */
	public static long numberOf(String path) {
		java.util.regex.Matcher numbered = NUMBERED.matcher(path);
		return numbered.matches() ? Long.parseLong(numbered.group(1)) : 0;
	}

	/** Adds a file as it is on the node. */
	public Surroundings with(String path, byte[] content) {
		return with(path, new String(content, StandardCharsets.UTF_8));
	}

	/** Adds a file as it was read. */
	public Surroundings with(String path, String text) {
		this.files.put(path, ContentHash.of(text));
		return this;
	}

	/** The hash over all of them. */
	public ContentHash hash() {
		StringBuilder text = new StringBuilder("files around a drop-in, form 1\n");
		for (Map.Entry<String, ContentHash> file : this.files.entrySet()) {
			text.append(file.getValue()).append(' ').append(file.getKey()).append('\n');
		}
		return ContentHash.of(text.toString());
	}

}
