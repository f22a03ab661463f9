package io.virtwise.facts.internal.sosreport;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Picks single answers out of what longer commands print, in the words of the commands
 * that the collector runs for them.
 */
final class HostText {

	/** Other words on the kernel's command line may hold anything. */
	private static final Pattern VIRTUALIZATION = Pattern
		.compile("(?:intel_iommu|amd_iommu|iommu|prot_virt|mem_encrypt|kvm[a-z_-]{0,20}\\.[a-z_]{1,60})(?:=.*)?");

	private HostText() {
	}

	/**
	 * The architecture in a line of {@code uname -a}, which ends with it and GNU/Linux.
	 */
	static @Nullable String arch(String uname) {
		List<String> words = words(uname);
		boolean system = words.size() > 1 && words.get(words.size() - 1).equals("GNU/Linux");
		String arch = words.get(words.size() - (system ? 2 : 1));
		return arch.matches("[a-z0-9_]{3,20}") ? arch : null;
	}

	/** The kernel's release in it, which is the third word. */
	static @Nullable String kernel(String uname) {
		List<String> words = words(uname);
		return (words.size() > 3 && words.get(0).equals("Linux")) ? words.get(2) : null;
	}

	private static List<String> words(String text) {
		return List.of(text.strip().lines().findFirst().orElse("").split("\\s+", 64));
	}

	/** The words about virtualization, a line each. */
	static String virtualizationWords(String cmdline) {
		return words(cmdline).stream()
			.filter((word) -> VIRTUALIZATION.matcher(word).matches())
			.collect(Collectors.joining("\n"));
	}

	/** The value behind a name and a colon. */
	static @Nullable String value(String text, String name) {
		return text.lines()
			.limit(200)
			.map(String::strip)
			.filter((line) -> line.startsWith(name + ":"))
			.map((line) -> line.substring(name.length() + 1).strip())
			.filter((value) -> !value.isEmpty() && value.length() < 200)
			.findFirst()
			.orElse(null);
	}

	/** The first line with this word at its beginning. */
	static @Nullable String lineWith(String text, String word) {
		return text.lines().filter((line) -> line.startsWith(word + " ")).findFirst().orElse(null);
	}

	/** A value of what dmidecode prints about the system, not about its parts. */
	static @Nullable String system(String dmidecode, String name) {
		int from = dmidecode.indexOf("\nSystem Information");
		if (from < 0) {
			return null;
		}
		int end = dmidecode.indexOf("\n\n", from);
		return value(dmidecode.substring(from, (end < 0) ? dmidecode.length() : end), name);
	}

	/** The lines of a file that ask for modules of virtualization, the path in front. */
	static Stream<String> modules(KeptFile file) {
		return file.text()
			.lines()
			.map(String::strip)
			.filter((line) -> !line.startsWith("#") && !line.startsWith(";"))
			.filter((line) -> line.contains("kvm") || line.contains("vhost"))
			.map((line) -> "/" + file.path() + ": " + line);
	}

	/** Which of some devices are there. */
	static String devices(String listing) {
		return String.join("\n", device("vhost-net", listing, "/dev", "vhost-net"),
				device("tun", listing, "/dev/net", "tun"), device("sev", listing, "/dev", "sev"));
	}

	private static String device(String name, String listing, String folder, String file) {
		return name + ": " + ((deviceLine(listing, folder, file) != null) ? folder + "/" + file : "absent");
	}

	/** The line of a file in a listing that goes into folders. */
	static @Nullable String deviceLine(String listing, String folder, String file) {
		String here = "";
		for (String line : (Iterable<String>) listing.lines()::iterator) {
			if (line.startsWith("/") && line.endsWith(":")) {
				here = line.substring(0, line.length() - 1);
			}
			else if (here.equals(folder) && line.endsWith(" " + file)) {
				return line;
			}
		}
		return null;
	}

	/** The names of running guests in a table of all. */
	static String running(String table) {
		return table.lines()
			.map(String::strip)
			.filter((line) -> line
				.matches("[0-9]{1,10}\\s+\\S{1,200}\\s+(?:running|idle|paused|in shutdown|pmsuspended)"))
			.map((line) -> line.split("\\s+", 3)[1])
			.collect(Collectors.joining("\n"));
	}

	/** The assignments of these names that are in force. */
	static List<String> assignments(String conf, String... names) {
		Set<String> wanted = Set.copyOf(Arrays.asList(names));
		return conf.lines()
			.map(String::strip)
			.filter((line) -> line.indexOf('=') > 0 && wanted.contains(line.substring(0, line.indexOf('=')).strip()))
			.toList();
	}

}
