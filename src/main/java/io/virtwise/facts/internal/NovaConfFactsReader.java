package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.NovaOption;
import io.virtwise.nova.NovaConf;
import io.virtwise.nova.NovaConfFiles;
import org.jspecify.annotations.Nullable;

/**
 * Picks from the files of nova, in their reading order, the options that decide how
 * guests run. How a file is read is the nova room's knowledge.
 */
final class NovaConfFactsReader {

	/** The generated sample with every option and its help is a tenth of it. */
	private static final int LONGEST = 4 * 1024 * 1024;

	private static final int MOST_NAMES = 200;

	/** Put in place of bytes that are not UTF-8. */
	private static final char NOT_UTF_8 = '\uFFFD';

	/** Of a line that nova cannot read. */
	private static final int LONGEST_LINE = 1000;

	/**
	 * What rules may ask for beside the options of {@link NovaConfFacts}, as section and
	 * name. None of them can hold a secret.
	 */
	private static final List<String> OPTIONS = List.of("DEFAULT/default_ephemeral_format", "DEFAULT/force_raw_images",
			"DEFAULT/preallocate_images", "DEFAULT/timeout_nbd", "DEFAULT/use_cow_images", "DEFAULT/vcpu_pin_set",
			"DEFAULT/virt_mkfs", "DEFAULT/pointer_model", "DEFAULT/libvirt_type", "DEFAULT/libvirt_cpu_mode",
			"DEFAULT/libvirt_cpu_model", "DEFAULT/pci_passthrough_whitelist", "compute/cpu_dedicated_set",
			"compute/cpu_shared_set", "compute/vmdk_allowed_types", "libvirt/disk_cachemodes", "libvirt/gid_maps",
			"libvirt/hw_machine_type", "libvirt/images_type", "libvirt/inject_key", "libvirt/inject_partition",
			"libvirt/inject_password", "libvirt/num_memory_encrypted_guests", "libvirt/tb_cache_size",
			"libvirt/uid_maps", "libvirt/use_usb_tablet", "pci/alias", "pci/device_spec", "pci/passthrough_whitelist",
			"workarounds/libvirt_disable_apic", "workarounds/skip_cpu_compare_at_startup",
			"workarounds/skip_cpu_compare_on_dest");

	/** Of these every value counts, not only the last. */
	private static final Set<String> REPEATED = Set.of("DEFAULT/pci_passthrough_whitelist", "DEFAULT/virt_mkfs",
			"pci/alias", "pci/device_spec", "pci/passthrough_whitelist");

	private final ReadingNotes notes = new ReadingNotes();

	private final NovaConfFiles files;

	private NovaConfFactsReader(NovaConfFiles files) {
		this.files = files;
	}

	/** The options that decide, without the others. */
	static Reading<NovaConfFacts> read(List<Evidence.Item> items) {
		Reading<NovaConfSeen> all = readAll(items);
		return new Reading<>(all.fact().conf(), all.seen(), all.problems());
	}

	/** All options that rules may ask for. */
	static Reading<NovaConfSeen> readAll(List<Evidence.Item> items) {
		if (items.isEmpty()) {
			return new ReadingNotes().about(NovaConfSeen.UNKNOWN);
		}
		long length = items.stream().mapToLong((item) -> item.text().length()).sum();
		if (length > LONGEST) {
			ReadingNotes notes = new ReadingNotes();
			notes.problem(EvidenceKind.NOVA_CONF, null,
					"This is larger than " + LONGEST / 1024 / 1024 + " MiB, which no nova.conf is; it was not read.");
			return notes.about(NovaConfSeen.UNKNOWN);
		}
		List<NovaConf> files = items.stream().map((item) -> NovaConf.parse(item.text(), item.source())).toList();
		NovaConfFactsReader reader = new NovaConfFactsReader(new NovaConfFiles(files));
		items.forEach(reader::noteOtherEncoding);
		return reader.files.fault().map(reader::fault).orElseGet(reader::facts);
	}

	/** What stands for bytes that are not UTF-8 decides no option, but may stop nova. */
	private void noteOtherEncoding(Evidence.Item item) {
		int at = item.text().indexOf(NOT_UTF_8);
		if (at >= 0) {
			int line = (int) item.text().substring(0, at).lines().count();
			boolean within = at > 0 && item.text().charAt(at - 1) != '\n' && item.text().charAt(at - 1) != '\r';
			this.notes.problem(EvidenceKind.NOVA_CONF, within ? line : line + 1,
					"This line of " + item.source()
							+ " holds what is not UTF-8. A nova on Python 3, as every one since "
							+ "Ussuri, does not start with such bytes in its file. Save the file as UTF-8.");
		}
	}

	/** A service that cannot read one of its files reads none and stops. */
	private Reading<NovaConfSeen> fault(NovaConf.Fault fault) {
		String text = (fault.text() != null) ? TextLine.shown(fault.text()) : "";
		this.notes.saw("NovaConfFacts.error", new EvidenceLine(fault.source(), fault.line(), text));
		String error = fault.message() + ": " + ((fault.text() != null) ? printed(fault.text()) : "None");
		return this.notes.about(new NovaConfSeen(new NovaConfFacts(true, false, fault.line(), error, null, null, null,
				null, null, List.of(), List.of(), List.of(), List.of()), List.of()));
	}

	/**
	 * The line as nova prints it, but for secrets and for what is too long to be read.
	 */
	private static String printed(String line) {
		String masked = Secrets.masked(line);
		return NovaConf.literal(masked.substring(0, Math.min(masked.length(), LONGEST_LINE)));
	}

	private Reading<NovaConfSeen> facts() {
		String driver = value("computeDriver", "DEFAULT", "compute_driver");
		String virtType = value("virtType", "libvirt", "virt_type");
		String cpuMode = value("cpuMode", "libvirt", "cpu_mode");
		String cpuModel = value("cpuModel", "libvirt", "cpu_model");
		String cpuModels = value("cpuModelsOption", "libvirt", "cpu_models");
		String models = value("cpuModels", "libvirt", "cpu_models", "cpu_model");
		String flags = value("cpuModelExtraFlags", "libvirt", "cpu_model_extra_flags");
		return this.notes.about(new NovaConfSeen(new NovaConfFacts(true, true, null, null, driver, virtType, cpuMode,
				cpuModel, cpuModels, list(models), list(flags), oldNames(), repeatedOptions()), options()));
	}

	private List<NovaOption> options() {
		List<NovaOption> options = new ArrayList<>();
		for (String option : OPTIONS) {
			String section = option.substring(0, option.indexOf('/'));
			String name = option.substring(section.length() + 1);
			List<NovaConf.Assignment> given = this.files.values(section, name);
			if (given.isEmpty()) {
				continue;
			}
			List<NovaConf.Assignment> count = REPEATED.contains(option) ? given
					: given.subList(given.size() - 1, given.size());
			count.forEach((assignment) -> saw("NovaOption." + option, assignment));
			options.add(new NovaOption(option,
					count.stream()
						.map((assignment) -> TextLine.shown(assignment.value().strip().replace('\n', ' ')))
						.collect(Collectors.joining("\n"))));
		}
		return options;
	}

	private @Nullable String value(String fact, String section, String... names) {
		Optional<NovaConf.Assignment> found = this.files.effective(section, names);
		if (found.isEmpty()) {
			this.notes.saw("NovaConfFacts." + fact,
					new EvidenceLine(String.join(", ", sources()), 0, "[" + section + "] " + names[0] + " is not set"));
			return null;
		}
		saw("NovaConfFacts." + fact, found.get());
		return this.files.resolved(found.get());
	}

	private List<String> sources() {
		return this.files.files().stream().map(NovaConf::source).distinct().limit(4).toList();
	}

	private void saw(String fact, NovaConf.Assignment assignment) {
		this.notes.saw(fact, new EvidenceLine(assignment.source(), assignment.line(),
				TextLine.shown(assignment.option() + " = " + assignment.value().replace('\n', ' '))));
	}

	/**
	 * As oslo.config splits a list: commas at the end count for nothing, but an empty
	 * item before another is an item.
	 */
	private static List<String> list(@Nullable String value) {
		String text = (value != null) ? NovaConf.stripped(value) : "";
		int end = text.length();
		while (end > 0 && text.charAt(end - 1) == ',') {
			end--;
		}
		if (end == 0) {
			return List.of();
		}
		return Arrays.stream(text.substring(0, end).split(",", -1)).map(NovaConf::stripped).limit(MOST_NAMES).toList();
	}

	/** Icehouse's names stood in {@code [DEFAULT]}; from Juno on nobody reads them. */
	private List<String> oldNames() {
		Set<String> names = new LinkedHashSet<>();
		for (NovaConf file : this.files.files()) {
			for (NovaConf.Assignment assignment : file.assignments()) {
				if (assignment.section().equals("DEFAULT") && assignment.option().startsWith("libvirt_")
						&& names.size() < MOST_NAMES) {
					names.add(assignment.option());
					saw("NovaConfFacts.oldNames", assignment);
				}
			}
		}
		return List.copyOf(names);
	}

	/** Given twice in one file; that a later file overrides an earlier is its purpose. */
	private List<String> repeatedOptions() {
		Set<String> repeated = new LinkedHashSet<>();
		for (NovaConf file : this.files.files()) {
			Map<String, NovaConf.Assignment> first = new HashMap<>();
			for (NovaConf.Assignment assignment : file.assignments()) {
				String section = assignment.section().equals("DEFAULT") ? "DEFAULT"
						: assignment.section().toLowerCase(Locale.ROOT);
				String name = section + "/" + assignment.option();
				NovaConf.Assignment earlier = first.putIfAbsent(name, assignment);
				if (earlier != null && repeated.size() < MOST_NAMES) {
					repeated.add(TextLine.shown(name));
					sawName("NovaConfFacts.repeatedOptions", earlier);
					sawName("NovaConfFacts.repeatedOptions", assignment);
				}
			}
		}
		return new ArrayList<>(repeated);
	}

	/** Any option may be a secret, so only its name is kept. */
	private void sawName(String fact, NovaConf.Assignment assignment) {
		this.notes.saw(fact,
				new EvidenceLine(assignment.source(), assignment.line(), TextLine.shown(assignment.option() + " = …")));
	}

}
