package io.virtwise.recommendation.workorder;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.nova.NovaConfFragment;
import io.virtwise.nova.NovaRelease;
import io.virtwise.nova.Setting;
import io.virtwise.rules.Assessment.Document;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.RulebaseRevision;
import io.virtwise.rules.Assessment.Step;
import io.virtwise.rules.Severity;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Builds work orders for tests, from steps as rules write them.
 */
final class Orders {

	static final WorkPlace IN_PLACE = new WorkPlace(null, "/etc/nova/nova.conf", false, null);

	static final WorkPlace DROP_IN = new WorkPlace(null, "/etc/nova/nova.conf", true,
			NovaRelease.parse("2024.1").orElseThrow());

	private static final NovaConfFragment FRAGMENT = fragment();

	private Orders() {
	}

	private static NovaConfFragment fragment() {
		try (AnnotationConfigApplicationContext nova = new AnnotationConfigApplicationContext("io.virtwise.nova")) {
			return nova.getBean(NovaConfFragment.class);
		}
	}

	/** A finding that blocks, with its steps as a rule writes them. */
	static Finding finding(String rule, String... texts) {
		List<Step> steps = new ArrayList<>();
		List<String> requires = new ArrayList<>();
		for (String text : texts) {
			String body = text.substring(1).strip();
			switch (text.charAt(0)) {
				case '!' -> requires.add(body);
				case '-' -> steps.add(new Step(null, false, body));
				default -> {
					int note = body.indexOf(" -- ");
					steps.add(new Step((note < 0) ? body : body.substring(0, note), text.charAt(0) == '#',
							(note < 0) ? null : body.substring(note + 4)));
				}
			}
		}
		return new Finding(rule, Severity.BLOCK, false, "What " + rule + " found", "", List.of(), steps, requires,
				new Document("test", "1"), List.of());
	}

	static WorkOrder order(WorkPlace place, List<Setting> settings, Finding... findings) {
		WorkPlan plan = new WorkPlan();
		for (Finding finding : findings) {
			plan.add(finding, false);
		}
		String text = FRAGMENT.render(settings);
		if (!settings.isEmpty()) {
			plan.addSettings(place, settings, List.of("S11"), text);
		}
		return new WorkOrder(place, "This node is a test.", new RulebaseRevision(1, "ab".repeat(32)), plan.steps(),
				settings, text);
	}

}
