package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.facts.DomainCapabilities;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Known;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code virsh domcapabilities}, one document or several behind one another. A CPU
 * model that libvirt says nothing of is one of which it cannot say whether guests can
 * have it.
 */
final class DomainCapabilitiesParser implements XmlElements.Visitor {

	private static final int MOST_DOCUMENTS = 64;

	private static final int MOST_MODELS = 5000;

	/** libvirt's words where the host has no KVM. */
	private static final String NO_KVM = "KVM is not supported by";

	private final String source;

	private final ReadingNotes notes;

	private final Map<String, Known> modes = new TreeMap<>();

	private final List<String> usable = new ArrayList<>();

	private final List<String> unusable = new ArrayList<>();

	private final List<String> unknown = new ArrayList<>();

	private @Nullable String domain;

	private @Nullable String arch;

	private @Nullable String machine;

	private @Nullable String path;

	private @Nullable String hostModel;

	private final List<String> hostModelFlags = new ArrayList<>();

	private DomainCapabilitiesParser(String source, ReadingNotes notes) {
		this.source = source;
		this.notes = notes;
	}

	static Reading<List<DomainCapabilities>> parse(Evidence.Item item) {
		ReadingNotes notes = new ReadingNotes();
		List<DomainCapabilities> all = new ArrayList<>();
		List<XmlElements.Document> documents = XmlElements.documents(item.text(), "domainCapabilities", MOST_DOCUMENTS);
		for (XmlElements.Document document : documents) {
			DomainCapabilitiesParser parser = new DomainCapabilitiesParser(item.source(), notes);
			XmlElements.Fault fault = XmlElements.walk(document, parser);
			if (fault != null) {
				notes.problem(EvidenceKind.DOMAIN_CAPABILITIES, fault.line(),
						"This is no whole answer of virsh domcapabilities: " + fault.reason()
								+ ". Paste all of what the command prints.");
			}
			else {
				all.add(parser.result());
			}
		}
		if (!sawThatKvmIsMissing(item, notes) && documents.isEmpty()) {
			notes.problem(EvidenceKind.DOMAIN_CAPABILITIES, null, item.text().isBlank()
					? "virsh domcapabilities printed nothing, so libvirt did not answer. Check that libvirtd runs."
					: "There is no <domainCapabilities> element in this text. Paste what virsh domcapabilities "
							+ "prints.");
		}
		return notes.about(List.copyOf(all));
	}

	/**
	 * virsh answers with that complaint, not with a document, where KVM cannot be had.
	 */
	private static boolean sawThatKvmIsMissing(Evidence.Item item, ReadingNotes notes) {
		int at = item.text().indexOf(NO_KVM);
		if (at < 0) {
			return false;
		}
		for (TextLine line : new TextLines(item.text())) {
			if (line.text().contains(NO_KVM)) {
				notes.saw("DomainCapabilities.noKvm", line.seenIn(item.source()));
				break;
			}
		}
		return true;
	}

	@Override
	public void ends(XmlElements.Element element) {
		if (element.isAt("domainCapabilities", element.name())) {
			switch (element.name()) {
				case "path" -> this.path = element.text();
				case "domain" -> this.domain = element.text();
				case "machine" -> this.machine = element.text();
				case "arch" -> this.arch = element.text();
				default -> {
				}
			}
		}
		else if (element.isAt("domainCapabilities", "cpu", "mode")) {
			mode(element);
		}
		else if (element.isAt("domainCapabilities", "cpu", "mode", "model") && element.parent() != null) {
			model(element, element.parent().attribute("name"));
		}
		else if (element.isAt("domainCapabilities", "cpu", "mode", "feature") && element.parent() != null
				&& "host-model".equals(element.parent().attribute("name"))) {
			flag(element.attribute("name"), element.attribute("policy"));
		}
	}

	/** What is forced, required or optional guests get; the rest is taken away. */
	private void flag(@Nullable String name, @Nullable String policy) {
		if (name != null && policy != null && this.hostModelFlags.size() < MOST_MODELS) {
			boolean away = policy.equals("disable") || policy.equals("forbid");
			this.hostModelFlags.add(away ? "-" + name : name);
		}
	}

	private void mode(XmlElements.Element element) {
		String name = element.attribute("name");
		String supported = element.attribute("supported");
		if (name == null || supported == null || this.modes.size() > 20) {
			return;
		}
		if (supported.equals("yes") || supported.equals("no")) {
			this.modes.put(name, Known.of(supported.equals("yes")));
		}
	}

	private void model(XmlElements.Element element, @Nullable String mode) {
		String name = element.text();
		if (name.isEmpty()) {
			return;
		}
		if ("host-model".equals(mode)) {
			this.hostModel = name;
			this.notes.saw("DomainCapabilities.hostModel", element.asLine().seenIn(this.source));
		}
		else if ("custom".equals(mode)
				&& this.usable.size() + this.unusable.size() + this.unknown.size() < MOST_MODELS) {
			String usable = element.attribute("usable");
			List<String> models = "yes".equals(usable) ? this.usable
					: "no".equals(usable) ? this.unusable : this.unknown;
			models.add(name);
		}
	}

	private DomainCapabilities result() {
		return new DomainCapabilities(this.domain, this.arch, this.machine, this.path, supports("host-passthrough"),
				supports("host-model"), supports("custom"), this.hostModel, this.usable, this.unusable, this.unknown,
				(this.hostModel != null) ? this.hostModelFlags : null);
	}

	private Known supports(String mode) {
		return this.modes.getOrDefault(mode, Known.UNKNOWN);
	}

}
