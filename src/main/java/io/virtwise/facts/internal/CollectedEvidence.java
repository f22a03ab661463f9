package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The evidence for the parsers: what was handed in part by part, and where a part was
 * not, what the collector's output has of it, and where that has nothing, a sosreport.
 *
 * @param items the texts
 * @param arch what {@code uname -m} printed
 * @param detectedVirt what {@code systemd-detect-virt} printed
 * @param product the machine's maker and product as its firmware tells them
 * @param novaPackage the line of the package manager about nova
 * @param modulesInKernel the modules of kvm that the kernel shows, built in or loaded
 * @param problems what the collector or the report could not read
 * @param host the texts about the host itself
 */
record CollectedEvidence(List<Evidence.Item> items, @Nullable String arch, @Nullable String detectedVirt,
		@Nullable String product, @Nullable String novaPackage, List<String> modulesInKernel, List<Problem> problems,
		HostTexts host) {

	/** They hold several texts, each between marks. */
	private static final Set<EvidenceKind> TELL_OF_HOST = EnumSet.of(EvidenceKind.COLLECTOR, EvidenceKind.SOSREPORT,
			EvidenceKind.PROBE);

	/** Takes the evidence apart. */
	static CollectedEvidence of(Evidence evidence) {
		List<Evidence.Item> items = new ArrayList<>(
				evidence.items().stream().filter((item) -> !TELL_OF_HOST.contains(item.kind())).toList());
		HostTexts host = HostTexts
			.of(evidence.items().stream().filter((item) -> TELL_OF_HOST.contains(item.kind())).toList());
		List<Problem> problems = new ArrayList<>();
		CollectorOutput collector = collector(evidence, problems);
		CollectorOutput report = sosreport(evidence, problems);
		CollectorOutput output = isReportLater(evidence) ? report.or(collector) : collector.or(report);
		Set<EvidenceKind> given = items.stream()
			.map(Evidence.Item::kind)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(EvidenceKind.class)));
		for (EvidenceKind kind : EvidenceKind.values()) {
			if (!given.contains(kind)) {
				collect(kind, output, items, problems);
			}
		}
		return new CollectedEvidence(items, firstLine(output.text("uname")), firstLine(output.text("detect-virt")),
				product(output), novaPackage(output), modules(output), problems, host);
	}

	/**
	 * The same with what libvirt printed into a log, where nobody handed in that kind.
	 */
	CollectedEvidence withLogged(List<Evidence.Item> documents) {
		Set<EvidenceKind> given = this.items.stream().map(Evidence.Item::kind).collect(Collectors.toSet());
		List<Evidence.Item> all = new ArrayList<>(this.items);
		documents.stream().filter((item) -> !given.contains(item.kind())).forEach(all::add);
		return new CollectedEvidence(all, this.arch, this.detectedVirt, this.product, this.novaPackage,
				this.modulesInKernel, this.problems, this.host);
	}

	/** What came in later is newer. */
	private static boolean isReportLater(Evidence evidence) {
		return evidence.items()
			.stream()
			.map(Evidence.Item::kind)
			.filter((kind) -> kind == EvidenceKind.COLLECTOR || kind == EvidenceKind.SOSREPORT)
			.reduce((first, second) -> second)
			.filter((kind) -> kind == EvidenceKind.SOSREPORT)
			.isPresent();
	}

	private static CollectorOutput collector(Evidence evidence, List<Problem> problems) {
		CollectorOutput output = last(evidence, EvidenceKind.COLLECTOR);
		String part = EvidenceKind.COLLECTOR.part();
		if (!output.recognized()) {
			problems.add(new Problem(part, null, "This is not what the collector prints. Paste all of its output, "
					+ "from the line \"=== virtwise collector 1 ===\" on."));
		}
		else if (!output.complete()) {
			problems
				.add(new Problem(part, null, "The end of the collector's output is missing; what is there was read."));
		}
		return output;
	}

	private static CollectorOutput sosreport(Evidence evidence, List<Problem> problems) {
		CollectorOutput output = last(evidence, EvidenceKind.SOSREPORT);
		String missed = output.text("not-read");
		if (missed != null) {
			missed.lines()
				.limit(20)
				.forEach((sentence) -> problems
					.add(new Problem(EvidenceKind.SOSREPORT.part(), null, TextLine.whole(sentence))));
		}
		return output;
	}

	private static CollectorOutput last(Evidence evidence, EvidenceKind kind) {
		return evidence.of(kind)
			.stream()
			.reduce((first, second) -> second)
			.map((item) -> CollectorOutput.parse(item.text(), kind.part()))
			.orElse(CollectorOutput.NONE);
	}

	private static void collect(EvidenceKind kind, CollectorOutput output, List<Evidence.Item> items,
			List<Problem> problems) {
		List<CollectorOutput.Section> sections = output.named(kind.part());
		if (kind == EvidenceKind.DEV_KVM) {
			sections.stream().limit(1).forEach((section) -> device(section, output, items, problems));
			return;
		}
		boolean whole = true;
		List<Evidence.Item> found = new ArrayList<>();
		for (CollectorOutput.Section section : sections) {
			if (section.read() || saysThatThereIsNoKvm(section)) {
				found.add(new Evidence.Item(kind, section.source(), section.text()));
			}
			else {
				whole = false;
				miss(kind, section, problems);
			}
		}
		// an option that counts may be in the file that could not be read
		if (whole || kind != EvidenceKind.NOVA_CONF) {
			items.addAll(found);
		}
	}

	/** virsh ends with a failure where libvirt has no KVM; that is an answer. */
	private static boolean saysThatThereIsNoKvm(CollectorOutput.Section section) {
		return section.text().contains("KVM is not supported by");
	}

	private static void device(CollectorOutput.Section section, CollectorOutput output, List<Evidence.Item> items,
			List<Problem> problems) {
		if (section.absent()) {
			items.add(new Evidence.Item(EvidenceKind.DEV_KVM, section.source(), ""));
		}
		else if (section.read()) {
			String acl = output.text("dev-kvm-acl");
			items.add(new Evidence.Item(EvidenceKind.DEV_KVM, section.source(),
					section.text() + ((acl != null) ? acl : "")));
		}
		else {
			miss(EvidenceKind.DEV_KVM, section, problems);
		}
	}

	private static void miss(EvidenceKind kind, CollectorOutput.Section section, List<Problem> problems) {
		if (kind == EvidenceKind.MODULES && section.absent()) {
			return;
		}
		boolean known = problems.stream().anyMatch((problem) -> problem.message().startsWith(kind.title() + " "));
		if (known && kind == EvidenceKind.DOMAIN_CAPABILITIES) {
			return;
		}
		String why = switch (section.state()) {
			case "absent" -> "is not at " + section.source()
					+ "; if it is at another place, run NOVA_CONF=/path/nova.conf sh collect.sh";
			case "denied" -> "was not readable (" + section.source() + "); run the collector as root";
			case "no-command" -> "could not be read, because a command is not installed: " + section.source();
			default -> "could not be read: " + section.source() + " " + section.state() + complaint(section.text());
		};
		problems.add(new Problem(section.part(), section.line(), kind.title() + " " + why + "."));
	}

	private static String complaint(String text) {
		String last = text.strip().substring(text.strip().lastIndexOf('\n') + 1);
		return last.isEmpty() ? "" : ", " + TextLine.shown(last);
	}

	private static @Nullable String firstLine(@Nullable String text) {
		if (text == null || text.isBlank()) {
			return null;
		}
		return TextLine.shown(text.strip().lines().findFirst().orElse(""));
	}

	private static @Nullable String product(CollectorOutput output) {
		String vendor = firstLine(output.text("dmi-sys_vendor"));
		String product = firstLine(output.text("dmi-product_name"));
		if (vendor == null) {
			return product;
		}
		return (product != null) ? vendor + " " + product : vendor;
	}

	private static @Nullable String novaPackage(CollectorOutput output) {
		return firstLine(output.text("nova-version"));
	}

	private static List<String> modules(CollectorOutput output) {
		String text = output.text("kvm-in-kernel");
		return (text != null) ? text.lines().filter((line) -> line.matches("kvm[a-z0-9_]{0,30}")).limit(20).toList()
				: List.of();
	}

}
