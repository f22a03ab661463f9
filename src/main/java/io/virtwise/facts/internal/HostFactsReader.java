package io.virtwise.facts.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.HostDevices;
import io.virtwise.facts.HostFacts;
import io.virtwise.facts.HostState;
import io.virtwise.facts.Iommu;
import io.virtwise.facts.Known;
import io.virtwise.facts.RunningGuests;

/**
 * Reads what the collector, a sosreport or libvirt tells of a host beside the parts that
 * have parsers of their own. Each fact whose text is missing stays unknown.
 */
final class HostFactsReader {

	private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s+(\\d{1,13}) kB.*");

	private static final Pattern GROUPS = Pattern.compile("\\d{1,6}");

	private static final Pattern ASKED = Pattern.compile("(intel_iommu|amd_iommu|iommu)=.*");

	private final HostTexts texts;

	private final ReadingNotes notes = new ReadingNotes();

	private HostFactsReader(HostTexts texts) {
		this.texts = texts;
	}

	static Reading<HostFacts> read(HostTexts texts) {
		HostFactsReader reader = new HostFactsReader(texts);
		ModuleFilesReader modules = new ModuleFilesReader(texts, reader.notes);
		HostFacts facts = new HostFacts(new RegistersReader(texts, reader.notes).registers(), modules.parameters(),
				modules.persistence(), new QemuUserReader(texts, reader.notes).user(), reader.devices(),
				new CgroupsReader(texts, reader.notes).cgroups(), reader.iommu(),
				new SoftwareReader(texts, reader.notes).software(), reader.state(), reader.guests());
		return reader.notes.about(facts);
	}

	private HostDevices devices() {
		Optional<HostText> text = this.texts.of("devices");
		if (text.isEmpty()) {
			return HostDevices.UNKNOWN;
		}
		return new HostDevices(true, present(text.get(), "vhost-net", "HostDevices.vhostNet"),
				present(text.get(), "tun", "HostDevices.tun"), present(text.get(), "sev", "HostDevices.sev"),
				present(text.get(), "uv", "HostDevices.protectedVirtualization"));
	}

	/** From a line {@code name: path} or {@code name: absent}. */
	private Known present(HostText text, String name, String fact) {
		return text.line((line) -> line.startsWith(name + ": ")).map((line) -> {
			this.notes.saw(fact, line.seenIn(text.source()));
			return Known.of(!line.text().endsWith(": absent"));
		}).orElse(Known.UNKNOWN);
	}

	private Iommu iommu() {
		Known table = this.texts.of("acpi-tables").map((text) -> {
			Optional<TextLine> found = text.line((line) -> line.strip().matches("(DMAR|IVRS|IORT)\\d*"));
			this.notes.saw("Iommu.table", found.map((line) -> line.seenIn(text.source()))
				.orElse(new EvidenceLine(text.source(), 0, "neither DMAR nor IVRS nor IORT")));
			return Known.of(found.isPresent());
		}).orElse(Known.UNKNOWN);
		Known groups = this.texts.of("iommu-groups").map((text) -> {
			String count = text.firstLine();
			if (count == null || !GROUPS.matcher(count).matches()) {
				return Known.UNKNOWN;
			}
			this.notes.saw("Iommu.groups", new EvidenceLine(text.source(), 0, count + " groups"));
			return Known.of(Integer.parseInt(count) > 0);
		}).orElse(Known.UNKNOWN);
		Known asked = this.texts.of("cmdline").map((text) -> {
			Optional<TextLine> found = text.line(HostFactsReader::asksForIommu);
			found.ifPresent((line) -> this.notes.saw("Iommu.asked", line.seenIn(text.source())));
			return Known.of(found.isPresent());
		}).orElse(Known.UNKNOWN);
		boolean known = table != Known.UNKNOWN || groups != Known.UNKNOWN || asked != Known.UNKNOWN;
		return known ? new Iommu(true, table, groups, asked) : Iommu.UNKNOWN;
	}

	private static boolean asksForIommu(String line) {
		return List.of(line.split(" ", -1))
			.stream()
			.anyMatch((word) -> ASKED.matcher(word).matches() && !word.endsWith("=off"));
	}

	private HostState state() {
		HostState state = new HostState(true, memoryMib(), smt(),
				word("selinux", "HostState.selinuxEnforcing", "enforcing", "permissive", "disabled"),
				ending("execmem", "HostState.virtUseExecmem", "on", "off"), container(), imageReadable());
		return state
			.equals(new HostState(true, 0, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN))
					? HostState.UNKNOWN : state;
	}

	private int memoryMib() {
		return this.texts.of("memory")
			.flatMap((text) -> text.line((line) -> MEMORY.matcher(line).matches()).map((line) -> {
				Matcher memory = MEMORY.matcher(line.text());
				this.notes.saw("HostState.memoryMib", line.seenIn(text.source()));
				return memory.matches() ? (int) Math.min(Integer.MAX_VALUE, Long.parseLong(memory.group(1)) / 1024) : 0;
			}))
			.orElse(0);
	}

	/** The kernel prints 1 or 0; ppc64_cpu prints {@code SMT=8} or {@code SMT is off}. */
	private Known smt() {
		return this.texts.of("smt").map((text) -> {
			String first = (text.firstLine() != null) ? text.firstLine() : "";
			this.notes.saw("HostState.smt", text.seen());
			if (first.equals("1") || first.matches("SMT=[2-9]") || first.equals("SMT is on")) {
				return Known.YES;
			}
			return (first.equals("0") || first.equals("SMT=1") || first.equals("SMT is off")) ? Known.NO
					: Known.UNKNOWN;
		}).orElse(Known.UNKNOWN);
	}

	private Known word(String section, String fact, String yes, String... no) {
		return this.texts.of(section).map((text) -> {
			String first = (text.firstLine() != null) ? text.firstLine().toLowerCase(Locale.ROOT) : "";
			this.notes.saw(fact, text.seen());
			return first.equals(yes) ? Known.YES : (List.of(no).contains(first) ? Known.NO : Known.UNKNOWN);
		}).orElse(Known.UNKNOWN);
	}

	/** From a line such as {@code virt_use_execmem --> off}. */
	private Known ending(String section, String fact, String yes, String no) {
		return this.texts.of(section).map((text) -> {
			String first = (text.firstLine() != null) ? text.firstLine() : "";
			this.notes.saw(fact, text.seen());
			return first.endsWith(" " + yes) ? Known.YES : (first.endsWith(" " + no) ? Known.NO : Known.UNKNOWN);
		}).orElse(Known.UNKNOWN);
	}

	private Known container() {
		return this.texts.of("container").map((text) -> {
			Optional<TextLine> mark = text.line((line) -> !line.isBlank() && !line.strip().equals("none"));
			this.notes.saw("HostState.container",
					mark.map((line) -> line.seenIn(text.source())).orElse(new EvidenceLine(text.source(), 0, "none")));
			return Known.of(mark.isPresent());
		}).orElse(Known.UNKNOWN);
	}

	/** From {@code ls -l}: the eighth character is read for everybody. */
	private Known imageReadable() {
		return this.texts.of("kernel-image").map((text) -> {
			String first = (text.firstLine() != null) ? text.firstLine() : "";
			this.notes.saw("HostState.kernelImageReadable", text.seen());
			return first.matches("[-l][-rwxsStT]{9}.*") ? Known.of(first.charAt(7) == 'r') : Known.UNKNOWN;
		}).orElse(Known.UNKNOWN);
	}

	/** {@code virsh list --name} prints a name a line, and an empty one at its end. */
	private RunningGuests guests() {
		return this.texts.of("guests").map((text) -> {
			int running = (int) text.lines().stream().filter((line) -> !line.text().isBlank()).count();
			this.notes.saw("RunningGuests.running", new EvidenceLine(text.source(), 0, running + " running"));
			return new RunningGuests(true, running);
		}).orElse(RunningGuests.UNKNOWN);
	}

}
