package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.facts.Capabilities;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Known;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code virsh capabilities}. Whether KVM is usable is told only by a fully
 * virtualized guest of the host's own architecture: a security label names kvm also where
 * there is none, and old libvirt lists kvm under foreign architectures.
 */
final class CapabilitiesParser implements XmlElements.Visitor {

	private static final int MOST = 5000;

	private static final Pattern IDS = Pattern.compile("\\+?(\\d{1,10}):\\+?(\\d{1,10})");

	private final String source;

	private final ReadingNotes notes = new ReadingNotes();

	private final List<String> features = new ArrayList<>();

	/** The domain types of each guest architecture, in order. */
	private final Map<String, Set<String>> offered = new TreeMap<>();

	/** Those of fully virtualized guests only. */
	private final Map<String, Set<String>> hvm = new TreeMap<>();

	private final Map<String, TextLine> archLines = new TreeMap<>();

	private final Map<String, TextLine> domainLines = new TreeMap<>();

	private @Nullable String hostArch;

	private @Nullable String model;

	private @Nullable String vendor;

	private @Nullable String microcode;

	private @Nullable String securityModel;

	private @Nullable String user;

	private @Nullable String group;

	private String guestType = "";

	private String guestArch = "";

	private CapabilitiesParser(String source) {
		this.source = source;
	}

	static Reading<Capabilities> parse(Evidence.Item item) {
		CapabilitiesParser parser = new CapabilitiesParser(item.source());
		List<XmlElements.Document> documents = XmlElements.documents(item.text(), "capabilities", 1);
		if (documents.isEmpty()) {
			return parser.noDocument(item.text());
		}
		XmlElements.Fault fault = XmlElements.walk(documents.get(0), parser);
		if (fault != null) {
			parser.notes.problem(EvidenceKind.CAPABILITIES, fault.line(),
					"This is no whole answer of virsh capabilities: " + fault.reason()
							+ ". Paste all of what the command prints.");
		}
		return parser.result(fault == null);
	}

	private Reading<Capabilities> noDocument(String text) {
		if (text.isBlank()) {
			this.notes.problem(EvidenceKind.CAPABILITIES, null,
					"virsh capabilities printed nothing, so libvirt did not answer. Check that libvirtd runs.");
			return this.notes.about(new Capabilities(true, null, null, null, List.of(), Known.UNKNOWN, Known.UNKNOWN,
					List.of(), null, null));
		}
		this.notes.problem(EvidenceKind.CAPABILITIES, null,
				"There is no <capabilities> element in this text. Paste what virsh capabilities prints.");
		return this.notes.about(Capabilities.UNKNOWN);
	}

	@Override
	public void begins(XmlElements.Element element) {
		if (element.isAt("capabilities", "guest")) {
			this.guestType = "";
			this.guestArch = "";
		}
		else if (element.isAt("capabilities", "guest", "arch")) {
			String name = element.attribute("name");
			this.guestArch = (name != null && this.offered.size() < MOST) ? name : "";
			this.offered.computeIfAbsent(this.guestArch, (arch) -> new LinkedHashSet<>());
			if (this.guestType.equals("hvm")) {
				this.hvm.computeIfAbsent(this.guestArch, (arch) -> new LinkedHashSet<>());
			}
			this.archLines.putIfAbsent(this.guestArch, element.asLine());
		}
		else if (element.isAt("capabilities", "host", "secmodel")) {
			this.securityModel = null;
		}
	}

	@Override
	public void ends(XmlElements.Element element) {
		if (element.isAt("capabilities", "guest", "os_type")) {
			this.guestType = element.text();
		}
		else if (element.isAt("capabilities", "guest", "arch", "domain")) {
			domain(element);
		}
		else if (element.isAt("capabilities", "host", "cpu", element.name())) {
			cpu(element);
		}
		else if (element.isAt("capabilities", "host", "cpu", "features", element.name())) {
			feature(element.name());
		}
		else if (element.isAt("capabilities", "host", "secmodel", "model")) {
			this.securityModel = element.text();
		}
		else if (element.isAt("capabilities", "host", "secmodel", "baselabel")) {
			label(element);
		}
	}

	private void cpu(XmlElements.Element element) {
		switch (element.name()) {
			case "arch" -> {
				this.hostArch = element.text();
				this.notes.saw("Capabilities.hostArch", element.asLine().seenIn(this.source));
			}
			case "model" -> {
				this.model = element.text();
				this.notes.saw("Capabilities.cpuModel", element.asLine().seenIn(this.source));
			}
			case "vendor" -> {
				this.vendor = element.text();
				this.notes.saw("Capabilities.cpuVendor", element.asLine().seenIn(this.source));
			}
			case "feature" -> feature(element.attribute("name"));
			case "microcode" -> microcode(element.attribute("version"));
			default -> {
			}
		}
	}

	/** libvirt writes in decimal what the kernel and the vendors write in hexadecimal. */
	private void microcode(@Nullable String version) {
		if (version != null && version.matches("\\d{1,10}")) {
			this.microcode = "0x" + Long.toHexString(Long.parseLong(version));
		}
	}

	private void feature(@Nullable String name) {
		if (name != null && this.features.size() < MOST) {
			this.features.add(name);
		}
	}

	private void domain(XmlElements.Element element) {
		String type = element.attribute("type");
		Set<String> types = this.offered.get(this.guestArch);
		if (type == null || types == null || types.size() >= MOST) {
			return;
		}
		types.add(type);
		Set<String> full = this.hvm.get(this.guestArch);
		if (this.guestType.equals("hvm") && full != null) {
			full.add(type);
			this.domainLines.putIfAbsent(this.guestArch + " " + type, element.asLine());
		}
	}

	/** The user and group that QEMU's processes get, told for kvm or else for qemu. */
	private void label(XmlElements.Element element) {
		Matcher ids = IDS.matcher(element.text());
		boolean kvm = "kvm".equals(element.attribute("type"));
		if ("dac".equals(this.securityModel) && ids.matches() && (kvm || this.user == null)) {
			this.user = ids.group(1);
			this.group = ids.group(2);
			this.notes.forget("Capabilities.qemuGroup");
			this.notes.saw("Capabilities.qemuGroup", element.asLine().seenIn(this.source));
		}
	}

	private Reading<Capabilities> result(boolean whole) {
		Set<String> types = (this.hostArch != null) ? this.offered.getOrDefault(this.hostArch, Set.of()) : Set.of();
		if (whole && this.offered.isEmpty()) {
			this.notes.problem(EvidenceKind.CAPABILITIES, null, "libvirt lists no guests at all: either QEMU is not "
					+ "installed, or this is only the host's part of the answer.");
		}
		return this.notes.about(new Capabilities(true, this.hostArch, this.model, this.vendor, this.features,
				offers("kvm", "Capabilities.kvmForHostArch", whole),
				offers("qemu", "Capabilities.qemuForHostArch", whole), List.copyOf(types), this.user, this.group,
				this.microcode));
	}

	/** Only a whole document that lists guests can say that something is missing. */
	private Known offers(String type, String fact, boolean whole) {
		String arch = this.hostArch;
		if (arch == null) {
			return Known.UNKNOWN;
		}
		TextLine line = this.domainLines.get(arch + " " + type);
		if (line != null) {
			this.notes.saw(fact, line.seenIn(this.source));
			return Known.YES;
		}
		if (!whole || this.offered.isEmpty()) {
			return Known.UNKNOWN;
		}
		TextLine archLine = this.archLines.get(arch);
		if (archLine != null) {
			this.notes.saw(fact, archLine.seenIn(this.source));
		}
		else {
			this.notes.sawWhole(fact, this.source);
		}
		return Known.NO;
	}

}
