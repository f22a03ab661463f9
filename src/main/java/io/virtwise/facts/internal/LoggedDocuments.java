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
record LoggedDocuments(Evidence.@Nullable Item capabilities, Map<String, Evidence.Item> domains) {

	static final LoggedDocuments NONE = new LoggedDocuments(null, Map.of());

	/** libvirt's documents are shorter; what is longer is none, or has no end. */
	private static final int LONGEST = 2 * 1024 * 1024;

	/** A log of years has as many starts; only the last ones count. */
	private static final int MOST_KINDS = 16;

	LoggedDocuments {
		domains = Map.copyOf(domains);
	}

	/** The last ones of each kind in a log. */
	static LoggedDocuments in(Evidence.Item log) {
		Evidence.Item host = null;
		for (Found found : find(log.text(), "capabilities")) {
			host = item(log, EvidenceKind.CAPABILITIES, found);
		}
		Map<String, Evidence.Item> domains = new LinkedHashMap<>();
		for (Found found : find(log.text(), "domainCapabilities")) {
			String kind = element(found.xml(), "domain") + element(found.xml(), "arch");
			if (domains.size() < MOST_KINDS || domains.containsKey(kind)) {
				domains.put(kind, item(log, EvidenceKind.DOMAIN_CAPABILITIES, found));
			}
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
		Evidence.Item host = (later.capabilities != null && begins(later.capabilities) > fault) ? later.capabilities
				: before.capabilities;
		Map<String, Evidence.Item> kinds = new LinkedHashMap<>(before.domains);
		later.domains.forEach((kind, item) -> {
			if (begins(item) > fault) {
				kinds.put(kind, item);
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
			items.add(this.capabilities);
			arch = element(this.capabilities.text(), "arch");
		}
		for (Map.Entry<String, Evidence.Item> domain : new TreeMap<>(this.domains).entrySet()) {
			if (domain.getKey().endsWith(arch)) {
				items.add(domain.getValue());
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

	/** Blank lines in front keep the numbers of lines right. */
	private static Evidence.Item item(Evidence.Item log, EvidenceKind kind, Found found) {
		return new Evidence.Item(kind, log.source(), "\n".repeat(found.line() - 1) + found.xml());
	}

	private static int begins(Evidence.Item item) {
		return item.text().indexOf('<') + 1;
	}

	/**
	 * Looks at each place once: a document that has no end must not be looked for anew.
	 */
	private static List<Found> find(String text, String root) {
		List<Found> found = new ArrayList<>();
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
				if (found.size() >= MOST_KINDS) {
					found.remove(0);
				}
				found.add(new Found(text.substring(at, end + closing.length()), line));
			}
			at = next;
		}
		return found;
	}

	private static boolean isName(String text, int end) {
		return end < text.length() && (text.charAt(end) == '>' || Character.isWhitespace(text.charAt(end)));
	}

	/**
	 * A whole document.
	 *
	 * @param xml the document
	 * @param line where it begins in the log
	 */
	private record Found(String xml, int line) {
	}

}
