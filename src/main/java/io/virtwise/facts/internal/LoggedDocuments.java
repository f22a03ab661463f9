package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import org.jspecify.annotations.Nullable;

/**
 * libvirt's documents in a log: nova-compute prints the host's capabilities when it
 * starts, and at DEBUG what guests can have. A later one replaces an earlier one of its
 * kind.
 *
 * @param capabilities the host's, {@code null} without
 * @param domains of guests, by kind and architecture
 */
record LoggedDocuments(@Nullable Printed capabilities, Map<String, Printed> domains) {

	static final LoggedDocuments NONE = new LoggedDocuments(null, Map.of());

	/** libvirt's documents are shorter; what is longer is none, or has no end. */
	private static final int LONGEST = 1024 * 1024;

	/** A log of years has many starts; only the last ones count. */
	private static final int MOST_KINDS = 16;

	/** Up to this line blank lines in front keep the numbers of lines right. */
	private static final int MOST_BLANK = 100_000;

	LoggedDocuments {
		domains = Map.copyOf(domains);
	}

	/** The last ones of each kind in a log. */
	static LoggedDocuments in(Evidence.Item log) {
		Printed host = null;
		for (Printed found : find(log, EvidenceKind.CAPABILITIES, "capabilities", 1)) {
			host = found;
		}
		Map<String, Printed> domains = new LinkedHashMap<>();
		for (Printed found : find(log, EvidenceKind.DOMAIN_CAPABILITIES, "domainCapabilities", MOST_KINDS)) {
			domains.put(element(found.xml(), "domain") + element(found.xml(), "arch"), found);
		}
		return new LoggedDocuments(host, domains);
	}

	/**
	 * What counts after one more log.
	 * @param later what that log has
	 * @param fault the last line of it in which KVM is missing, 0 without one: what was
	 * printed before that proves nothing
	 */
	LoggedDocuments after(LoggedDocuments later, int fault) {
		LoggedDocuments before = (fault > 0) ? NONE : this;
		Printed host = (later.capabilities != null && later.capabilities.line() > fault) ? later.capabilities
				: before.capabilities;
		Map<String, Printed> kinds = new LinkedHashMap<>(before.domains);
		later.domains.forEach((kind, printed) -> {
			if (printed.line() > fault) {
				kinds.put(kind, printed);
			}
		});
		return new LoggedDocuments(host, kinds);
	}

	/**
	 * The texts for the parsers; what guests of other architectures can have is left out.
	 */
	List<Evidence.Item> items() {
		List<Evidence.Item> items = new ArrayList<>();
		String arch = "";
		if (this.capabilities != null) {
			items.add(this.capabilities.item());
			arch = element(this.capabilities.xml(), "arch");
		}
		for (Map.Entry<String, Printed> domain : new TreeMap<>(this.domains).entrySet()) {
			if (domain.getKey().endsWith(arch)) {
				items.add(domain.getValue().item());
			}
		}
		return items;
	}

	/** The beginning and text of an element that stands once, near the beginning. */
	private static String element(String xml, String name) {
		int begin = xml.indexOf("<" + name + ">");
		int end = xml.indexOf("</" + name + ">", Math.max(begin, 0));
		return (begin < 0 || end < 0 || end - begin > 100) ? "" : xml.substring(begin, end);
	}

	/**
	 * Looks at each place once: a document that has no end must not be looked for anew.
	 */
	private static List<Printed> find(Evidence.Item log, EvidenceKind kind, String root, int most) {
		List<Printed> found = new ArrayList<>();
		String text = log.text();
		String opening = "<" + root;
		String closing = "</" + root + ">";
		int line = 1;
		int counted = 0;
		int end = 0;
		int at = text.indexOf(opening);
		while (at >= 0 && end >= 0) {
			int next = text.indexOf(opening, at + opening.length());
			end = (end > at) ? end : text.indexOf(closing, at);
			int limit = (int) Math.min((next < 0) ? text.length() : next, (long) at + LONGEST);
			if (end >= 0 && end < limit && isName(text, at + opening.length())) {
				for (; counted < at; counted++) {
					line += (text.charAt(counted) == '\n') ? 1 : 0;
				}
				if (found.size() >= most) {
					found.remove(0);
				}
				found.add(new Printed(kind, log.source(), line, text.substring(at, end + closing.length())));
			}
			at = next;
		}
		return found;
	}

	private static boolean isName(String text, int end) {
		return end < text.length() && (text.charAt(end) == '>' || Character.isWhitespace(text.charAt(end)));
	}

	/**
	 * A document in a log.
	 *
	 * @param kind of what
	 * @param log the log as people call it
	 * @param line where it begins there
	 * @param xml the document
	 */
	record Printed(EvidenceKind kind, String log, int line, String xml) {

		private Evidence.Item item() {
			return (this.line <= MOST_BLANK)
					? new Evidence.Item(this.kind, this.log, "\n".repeat(this.line - 1) + this.xml)
					: new Evidence.Item(this.kind, this.log + " from line " + this.line, this.xml);
		}

	}

}
