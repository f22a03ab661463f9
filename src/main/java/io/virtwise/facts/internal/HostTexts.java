package io.virtwise.facts.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.facts.Evidence;

/**
 * The texts about a host by the names of the collector's sections. Of several sources the
 * later one counts for each section.
 */
final class HostTexts {

	/** Nobody read any. */
	static final HostTexts NONE = new HostTexts(Map.of());

	private final Map<String, HostText> texts;

	private HostTexts(Map<String, HostText> texts) {
		this.texts = Map.copyOf(texts);
	}

	/** From texts in the form of the collector's output, oldest first. */
	static HostTexts of(List<Evidence.Item> items) {
		Map<String, HostText> texts = new HashMap<>();
		for (Evidence.Item item : items) {
			Map<String, HostText> one = new HashMap<>();
			for (CollectorOutput.Section section : CollectorOutput.parse(item.text(), item.kind().part()).sections()) {
				if (section.read()) {
					one.putIfAbsent(section.name(), new HostText(section.source(), section.text()));
				}
			}
			texts.putAll(one);
		}
		return new HostTexts(texts);
	}

	/** The text of that section, if it was read. */
	Optional<HostText> of(String section) {
		return Optional.ofNullable(this.texts.get(section));
	}

}
