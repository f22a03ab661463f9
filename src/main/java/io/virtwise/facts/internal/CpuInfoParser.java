package io.virtwise.facts.internal;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.virtwise.facts.ArchFamily;
import io.virtwise.facts.CpuInfo;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Known;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /proc/cpuinfo}, whole or grepped, of any architecture. Only whole words of
 * a line whose name is exactly {@code flags} (on s390 {@code features}) count: newer
 * kernels print a {@code vmx flags} line too, which is another list.
 */
final class CpuInfoParser {

	private static final Set<String> X86_VENDORS = Set.of("GenuineIntel", "AuthenticAMD", "HygonGenuine",
			"CentaurHauls", "Shanghai", "GenuineTMx86", "CyrixInstead");

	private static final Pattern MICROCODE = Pattern.compile("0[xX][0-9a-fA-F]{1,16}");

	private final String source;

	private final ReadingNotes notes = new ReadingNotes();

	private ArchFamily family = ArchFamily.UNKNOWN;

	private int processors;

	private int flagLines;

	private int countedProcessors;

	private boolean flagsCut;

	private Known vmx = Known.UNKNOWN;

	private Known svm = Known.UNKNOWN;

	private Known sie = Known.UNKNOWN;

	private Known hypervisor = Known.UNKNOWN;

	private @Nullable String vendor;

	private @Nullable String model;

	private @Nullable String platform;

	private @Nullable String machine;

	private @Nullable String boardModel;

	private @Nullable String microcode;

	private CpuInfoParser(String source) {
		this.source = source;
	}

	/**
	 * Reads the text.
	 * @return the fact and the family that the text shows
	 */
	static Reading<CpuInfoSeen> parse(Evidence.Item item) {
		CpuInfoParser parser = new CpuInfoParser(item.source());
		if (item.text().isBlank() || Shell.printedNothing(item.text(), "cpuinfo")) {
			return parser.nothing();
		}
		for (TextLine line : new TextLines(item.text())) {
			parser.read(line);
		}
		return parser.result();
	}

	/** Somebody looked, and there was nothing: no flag, and no PowerNV line. */
	private Reading<CpuInfoSeen> nothing() {
		for (String fact : new String[] { "vmx", "svm", "sie", "powerNv" }) {
			this.notes.sawWhole("CpuInfo." + fact, this.source);
		}
		return this.notes.about(new CpuInfoSeen(new CpuInfo(true, 0, null, null, Known.NO, Known.NO, Known.NO,
				Known.UNKNOWN, null, Known.NO, Known.UNKNOWN), ArchFamily.UNKNOWN));
	}

	private void read(TextLine line) {
		int colon = line.text().indexOf(':');
		if (colon >= 0 && isOrigin(line.text().substring(0, colon))) {
			colon = line.text().indexOf(':', colon + 1);
		}
		if (colon < 0) {
			bareFlag(line);
			return;
		}
		int from = line.text().lastIndexOf(':', colon - 1) + 1;
		String name = line.text().substring(from, colon).strip();
		String value = line.text().substring(colon + 1);
		switch (name) {
			case "processor", "vendor_id", "model name", "hart", "isa", "uarch", "# processors" ->
				identity(name, value.strip(), line);
			case "flags" -> flags(value, colon + 1, line);
			case "features" -> s390Features(value, colon + 1, line);
			case "platform", "machine", "model", "cpu", "revision", "timebase" -> power(name, value.strip(), line);
			case "Features", "CPU implementer", "CPU architecture", "Processor" -> arm(name, value.strip(), line);
			case "microcode" -> microcode(value.strip());
			case "system type", "ASEs implemented", "CPU Family", "cpu model" -> is(ArchFamily.OTHER, line);
			default -> numbered(name, line);
		}
	}

	/** What {@code grep -n} and {@code grep -H} print in front. */
	private static boolean isOrigin(String prefix) {
		return prefix.equals("/proc/cpuinfo")
				|| (!prefix.isEmpty() && prefix.length() < 8 && prefix.chars().allMatch(Character::isDigit));
	}

	private void identity(String name, String value, TextLine line) {
		switch (name) {
			case "processor" -> {
				if (isNumber(value)) {
					this.processors++;
				}
			}
			case "# processors" -> {
				if (isNumber(value)) {
					this.countedProcessors = Integer.parseInt(value);
				}
			}
			case "vendor_id" -> vendor(value, line);
			case "model name" -> model(value, line);
			default -> is(ArchFamily.RISCV, line);
		}
	}

	private void vendor(String value, TextLine line) {
		if (this.vendor == null && !value.isEmpty()) {
			this.vendor = TextLine.shown(value);
			this.notes.saw("CpuInfo.vendorId", line.seenIn(this.source));
		}
		if (X86_VENDORS.contains(value)) {
			is(ArchFamily.X86, line);
		}
		else if (value.equals("IBM/S390")) {
			is(ArchFamily.S390, line);
		}
	}

	private void model(String value, TextLine line) {
		if (this.model == null && !value.isEmpty()) {
			this.model = TextLine.shown(value);
			this.notes.saw("CpuInfo.modelName", line.seenIn(this.source));
		}
	}

	/** All processors of a node have the same, or the node does not boot right. */
	private void microcode(String value) {
		if (this.microcode == null && MICROCODE.matcher(value).matches()) {
			this.microcode = value.toLowerCase(Locale.ROOT);
		}
	}

	private void flags(String value, int offset, TextLine line) {
		is(ArchFamily.X86, line);
		this.flagLines++;
		this.flagsCut |= value.stripTrailing().endsWith("…") || value.stripTrailing().endsWith("...");
		this.vmx = flag(this.vmx, "vmx", value, offset, line);
		this.svm = flag(this.svm, "svm", value, offset, line);
		this.hypervisor = flag(this.hypervisor, "hypervisor", value, offset, line);
	}

	private void s390Features(String value, int offset, TextLine line) {
		is(ArchFamily.S390, line);
		this.sie = flag(this.sie, "sie", value, offset, line);
	}

	/** {@code grep -o} prints nothing but the word. */
	private void bareFlag(TextLine line) {
		String word = line.text().strip();
		if (word.equals("vmx")) {
			is(ArchFamily.X86, line);
			this.vmx = flag(this.vmx, word, word, 0, line);
		}
		else if (word.equals("svm")) {
			is(ArchFamily.X86, line);
			this.svm = flag(this.svm, word, word, 0, line);
		}
	}

	/** One processor that has the flag is enough. */
	private Known flag(Known before, String flag, String value, int offset, TextLine line) {
		String fact = "CpuInfo." + (flag.equals("hypervisor") ? "hypervisorFlag" : flag);
		int at = wordAt(value, flag);
		if (before == Known.YES) {
			return before;
		}
		if (at >= 0) {
			this.notes.forget(fact);
			this.notes.saw(fact, line.seenIn(this.source, offset + at));
			return Known.YES;
		}
		if (before == Known.UNKNOWN) {
			this.notes.saw(fact, line.seenIn(this.source));
		}
		return Known.NO;
	}

	/** Where the word begins that is exactly this one, or -1. */
	private static int wordAt(String words, String word) {
		int at = words.indexOf(word);
		while (at >= 0) {
			int end = at + word.length();
			boolean begins = at == 0 || Character.isWhitespace(words.charAt(at - 1));
			boolean ends = end == words.length() || Character.isWhitespace(words.charAt(end));
			if (begins && ends) {
				return at;
			}
			at = words.indexOf(word, end);
		}
		return -1;
	}

	private void power(String name, String value, TextLine line) {
		switch (name) {
			case "platform" -> {
				is(ArchFamily.POWER, line);
				this.platform = TextLine.shown(value);
				this.notes.saw("CpuInfo.platform", line.seenIn(this.source));
			}
			case "machine" -> {
				is(ArchFamily.POWER, line);
				this.machine = value;
				this.notes.saw("CpuInfo.machine", line.seenIn(this.source));
			}
			case "model" -> {
				this.boardModel = value;
				if (has(value, "qemu")) {
					this.notes.saw("CpuInfo.emulatedPseries", line.seenIn(this.source));
				}
			}
			case "cpu" -> {
				if (value.startsWith("POWER") || value.contains("altivec")) {
					is(ArchFamily.POWER, line);
				}
				model(value, line);
			}
			default -> {
				if (name.equals("timebase") || value.contains("(pvr ")) {
					is(ArchFamily.POWER, line);
				}
			}
		}
	}

	private void arm(String name, String value, TextLine line) {
		is(ArchFamily.ARM, line);
		if (name.equals("Processor")) {
			model(value, line);
		}
	}

	/** s390 writes {@code processor 0: version = …}. */
	private void numbered(String name, TextLine line) {
		if (name.startsWith("processor ") && isNumber(name.substring("processor ".length()))) {
			this.processors++;
			is(ArchFamily.S390, line);
		}
	}

	private void is(ArchFamily seen, TextLine line) {
		if (this.family == ArchFamily.UNKNOWN) {
			this.family = seen;
			this.notes.saw("Platform.family", line.seenIn(this.source));
		}
	}

	private Reading<CpuInfoSeen> result() {
		if (this.family == ArchFamily.UNKNOWN && this.processors == 0) {
			this.notes.problem(EvidenceKind.CPUINFO, null, "No line of /proc/cpuinfo is in this text. Paste what "
					+ "cat /proc/cpuinfo prints, or grep -E 'vmx|svm' of it; a bare count does not say which flag.");
			return this.notes.about(new CpuInfoSeen(CpuInfo.UNKNOWN, ArchFamily.UNKNOWN));
		}
		if (this.flagsCut) {
			this.vmx = cutIsUnknown(this.vmx, "CpuInfo.vmx");
			this.svm = cutIsUnknown(this.svm, "CpuInfo.svm");
			this.hypervisor = cutIsUnknown(this.hypervisor, "CpuInfo.hypervisorFlag");
			this.notes.problem(EvidenceKind.CPUINFO, null, "The flags line is cut off. Paste the whole line.");
		}
		int logical = Math.max(this.processors, (this.processors == 0) ? this.flagLines : 0);
		logical = (logical == 0) ? this.countedProcessors : logical;
		return this.notes.about(new CpuInfoSeen(new CpuInfo(true, logical, this.vendor, this.model, this.vmx, this.svm,
				this.sie, this.hypervisor, this.platform, powerNv(), emulatedPseries(), this.microcode), this.family));
	}

	private Known cutIsUnknown(Known flag, String fact) {
		if (flag == Known.YES) {
			return flag;
		}
		this.notes.forget(fact);
		return Known.UNKNOWN;
	}

	private Known powerNv() {
		String told = (this.platform != null) ? this.platform : this.machine;
		if (this.family != ArchFamily.POWER || told == null) {
			return Known.UNKNOWN;
		}
		copySeen((this.platform != null) ? "CpuInfo.platform" : "CpuInfo.machine", "CpuInfo.powerNv");
		return Known.of(wordAt(told.toLowerCase(Locale.ROOT), "powernv") == 0);
	}

	private Known emulatedPseries() {
		if (this.family != ArchFamily.POWER) {
			return Known.UNKNOWN;
		}
		String all = this.platform + " " + this.machine + " " + this.boardModel;
		if (has(all, "pseries") && has(all, "qemu")) {
			copySeen("CpuInfo.machine", "CpuInfo.emulatedPseries");
			return Known.YES;
		}
		this.notes.forget("CpuInfo.emulatedPseries");
		if (this.machine != null || this.boardModel != null || (this.platform != null && !has(all, "pseries"))) {
			copySeen((this.machine != null) ? "CpuInfo.machine" : "CpuInfo.platform", "CpuInfo.emulatedPseries");
			return Known.NO;
		}
		return Known.UNKNOWN;
	}

	private void copySeen(String from, String to) {
		this.notes.seen().getOrDefault(from, List.of()).forEach((line) -> this.notes.saw(to, line));
	}

	private static boolean has(String text, String lower) {
		return text.toLowerCase(Locale.ROOT).contains(lower);
	}

	private static boolean isNumber(String text) {
		return !text.isEmpty() && text.length() < 8 && text.chars().allMatch((c) -> c >= '0' && c <= '9');
	}

}
