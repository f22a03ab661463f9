package io.virtwise.facts.internal;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.KernelModules;
import io.virtwise.facts.Known;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code lsmod} with or without its header, {@code lsmod | grep kvm} and
 * {@code /proc/modules}. A module is the whole first word of a line: {@code kvmgt} is not
 * {@code kvm}.
 */
final class KernelModulesParser {

	/**
	 * The kernel's own file, as the collector names it, and a sosreport without the first
	 * slash: never an excerpt.
	 */
	static final String PROC_MODULES = "/proc/modules";

	/** Nothing found in a list is not an empty list. */
	private static final String GREP = "grep";

	/** The kernel allows names of 55 bytes, and no machine has that many modules. */
	private static final int LONGEST_NAME = 64;

	private static final int MOST_MODULES = 20_000;

	/**
	 * That many lines without a header, and all they refer to, are a list, no excerpt.
	 */
	private static final int WHOLE_WITHOUT_HEADER = 20;

	private final String source;

	private final ReadingNotes notes = new ReadingNotes();

	private final Set<String> loaded = new LinkedHashSet<>();

	private final Set<String> users = new HashSet<>();

	private boolean header;

	private boolean procModules;

	private boolean onlyKvm = true;

	private int odd;

	private @Nullable TextLine firstOdd;

	private KernelModulesParser(String source) {
		this.source = source;
	}

	static Reading<KernelModules> parse(Evidence.Item item) {
		KernelModulesParser parser = new KernelModulesParser(item.source());
		if (item.text().isBlank() || Shell.printedNothing(item.text(), "mod")) {
			parser.notes.sawWhole("KernelModules.loaded", item.source());
			boolean grepped = item.source().contains(GREP) || item.text().contains(GREP);
			return parser.notes.about(new KernelModules(true, Known.of(!grepped), java.util.List.of()));
		}
		for (TextLine line : new TextLines(item.text())) {
			parser.read(line);
			if (parser.loaded.size() > MOST_MODULES) {
				break;
			}
		}
		return parser.result();
	}

	private void read(TextLine line) {
		String[] words = firstWords(line.text());
		if (words.length == 0 || Shell.isPrompt(line.text())) {
			return;
		}
		if (words.length >= 2 && words[0].equals("Module") && words[1].equals("Size")) {
			this.header = true;
			return;
		}
		if (words.length < 3 || !isName(words[0]) || !isNumber(words[1])
				|| !(isNumber(words[2]) || isMinus(words[2]))) {
			this.odd++;
			this.firstOdd = (this.firstOdd != null) ? this.firstOdd : line;
			return;
		}
		String name = words[0].replace('-', '_');
		this.loaded.add(name);
		this.onlyKvm &= line.text().contains("kvm");
		if (words.length > 3) {
			addUsers(words[3]);
		}
		this.procModules |= words.length > 4 && isState(words[4]);
		if (name.startsWith("kvm") || name.equals("vhost_net")) {
			EvidenceLine seen = line.seenIn(this.source);
			this.notes.saw("KernelModules.loaded", seen);
			this.notes.saw("KernelModules." + name, seen);
		}
	}

	private void addUsers(String words) {
		if (words.length() > 4096) {
			return;
		}
		for (String user : words.split(",", -1)) {
			if (isName(user) && this.users.size() <= MOST_MODULES) {
				this.users.add(user.replace('-', '_'));
			}
		}
	}

	private Reading<KernelModules> result() {
		if (this.loaded.isEmpty() && !this.header) {
			Integer line = (this.firstOdd != null) ? this.firstOdd.number() : null;
			this.notes.problem(EvidenceKind.MODULES, line, "This is not what lsmod prints: a name, a size and a number "
					+ "on each line. If the command is missing, paste cat /proc/modules.");
			return this.notes.about(KernelModules.UNKNOWN);
		}
		if (this.firstOdd != null) {
			this.notes.problem(EvidenceKind.MODULES, this.firstOdd.number(), "Not a line of lsmod, left out"
					+ ((this.odd > 1) ? ", like " + (this.odd - 1) + " more" : "") + ".");
		}
		if (this.loaded.size() > MOST_MODULES) {
			this.notes.problem(EvidenceKind.MODULES, null,
					"More than " + MOST_MODULES + " modules; the rest was not read.");
		}
		if (!this.notes.has("KernelModules.loaded")) {
			this.notes.saw("KernelModules.loaded", new EvidenceLine(this.source, 0,
					"none of kvm among " + this.loaded.size() + ((this.loaded.size() == 1) ? " module" : " modules")));
		}
		return this.notes.about(new KernelModules(true, whole(), java.util.List.copyOf(this.loaded)));
	}

	private Known whole() {
		if (this.loaded.size() > MOST_MODULES) {
			return Known.UNKNOWN;
		}
		if (this.header || isKernels(this.source)) {
			return Known.YES;
		}
		if (this.onlyKvm) {
			return Known.NO;
		}
		boolean list = this.loaded.size() >= WHOLE_WITHOUT_HEADER && this.loaded.containsAll(this.users);
		return (this.procModules || list) ? Known.YES : Known.UNKNOWN;
	}

	private static boolean isKernels(String source) {
		return source.equals(PROC_MODULES) || source.equals(PROC_MODULES.substring(1));
	}

	/** The first five words of a line, whatever its length. */
	private static String[] firstWords(String line) {
		String[] words = line.strip().split("\\s+", 6);
		if (words.length == 1 && words[0].isEmpty()) {
			return new String[0];
		}
		return words;
	}

	private static boolean isName(String word) {
		return !word.isEmpty() && word.length() <= LONGEST_NAME
				&& word.chars().allMatch((c) -> c < 128 && (Character.isLetterOrDigit(c) || "_-.".indexOf(c) >= 0));
	}

	private static boolean isNumber(String word) {
		return !word.isEmpty() && word.length() < 20 && word.chars().allMatch((c) -> c >= '0' && c <= '9');
	}

	/** A module that cannot be unloaded has no count. */
	private static boolean isMinus(String word) {
		return word.equals("-") || (word.startsWith("-") && isNumber(word.substring(1)));
	}

	private static boolean isState(String word) {
		return word.equals("Live") || word.equals("Loading") || word.equals("Unloading");
	}

}
