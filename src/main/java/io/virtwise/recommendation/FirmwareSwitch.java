package io.virtwise.recommendation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Conclusion;

/**
 * Whether virtualization is on in firmware, as rules concluded it: nobody else decides.
 */
public final class FirmwareSwitch {

	private static final String TOPIC = "FIRMWARE";

	private FirmwareSwitch() {
	}

	/** On (YES), off (NO), or not known, also where there is no such switch. */
	public static Known in(Assessment assessment) {
		List<String> answers = concluded(assessment).stream().map(Conclusion::value).distinct().toList();
		return switch (String.join(" ", answers)) {
			case "YES" -> Known.YES;
			case "NO" -> Known.NO;
			default -> Known.UNKNOWN;
		};
	}

	/** The line that shows it, if one does. */
	public static Optional<EvidenceLine> seen(NodeFacts facts, Assessment assessment) {
		Set<String> machine = new LinkedHashSet<>();
		for (String fact : List.of("Platform.family", "Platform.arch")) {
			facts.seen().getOrDefault(fact, List.of()).forEach((line) -> machine.add(place(line)));
		}
		List<String> from = new ArrayList<>();
		concluded(assessment).forEach((one) -> from.addAll(one.from()));
		for (int at = 0; at < from.size(); at++) {
			String rule = from.get(at);
			assessment.conclusions()
				.stream()
				.filter((one) -> one.rule().equals(rule))
				.flatMap((one) -> one.from().stream())
				.filter((one) -> !from.contains(one))
				.forEach(from::add);
		}
		return from.stream()
			.flatMap((text) -> facts.seen()
				.values()
				.stream()
				.flatMap(List::stream)
				.filter((line) -> text.startsWith(place(line)) && !machine.contains(place(line)))
				.limit(1))
			.findFirst();
	}

	private static List<Conclusion> concluded(Assessment assessment) {
		return assessment.conclusions().stream().filter((one) -> one.topic().equals(TOPIC)).toList();
	}

	private static String place(EvidenceLine line) {
		return line.source() + ((line.line() > 0) ? " line " + line.line() : "") + ": ";
	}

}
