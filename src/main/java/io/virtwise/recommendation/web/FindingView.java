package io.virtwise.recommendation.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.virtwise.recommendation.web.CauseTree.Branch;
import io.virtwise.recommendation.Waiver;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Document;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Assessment.Step;
import org.jspecify.annotations.Nullable;

/**
 * A finding as its page shows it.
 *
 * @param anchor the element's id: the rule, with a number where it found more than once
 * @param rule the rule's id
 * @param severity its key, or UNKNOWN where a fact that decides is not known
 * @param title one line
 * @param evidence what was seen
 * @param reason why it matters
 * @param steps what to do
 * @param needs what it needs afterwards
 * @param document where it is documented
 * @param tree the chain of rules
 * @param differs what depends on a nova release that nobody said
 * @param open whether it is open from the start
 * @param waiver the waiver that counts for it, {@code null} for none
 * @param nodeId the registered node whose it is, {@code null} for evidence that is not
 * stored
 */
record FindingView(String anchor, String rule, String severity, String title, List<String> evidence, String reason,
		List<Step> steps, List<Need> needs, String document, List<Branch> tree, List<String> differs, boolean open,
		@Nullable Waiver waiver, @Nullable String nodeId) {

	private static final Map<String, Need> NEEDS = Map.of("restart-nova-compute",
			new Need("Restart of nova-compute", "ti-refresh"), "reboot", new Need("Reboot", "ti-refresh"), "firmware",
			new Need("Firmware setting", "ti-cpu"), "re-login", new Need("New login", "ti-login"), "restart-libvirt",
			new Need("Restart of libvirt", "ti-refresh"));

	/**
	 * The views of findings, in their order; the first one that asks for something is
	 * open.
	 */
	static List<FindingView> of(Assessment assessment) {
		return of(assessment, List.of(), null);
	}

	/** The same of a registered node, with the waivers that count. */
	static List<FindingView> of(Assessment assessment, List<Waiver> waivers, @Nullable String nodeId) {
		Map<String, Integer> times = new HashMap<>();
		List<FindingView> views = new ArrayList<>();
		for (Finding finding : assessment.findings()) {
			int time = times.merge(finding.rule(), 1, Integer::sum);
			String anchor = (time == 1) ? finding.rule() : finding.rule() + "-" + time;
			String severity = finding.decidingFactUnknown() ? "UNKNOWN" : finding.severity().name();
			views.add(new FindingView(anchor, finding.rule(), severity, finding.title(), finding.evidence(),
					finding.reason(), finding.remediation(),
					finding.requires().stream().map(FindingView::need).toList(), document(finding.document()),
					CauseTree.of(finding.rule(), finding.cause()), assessment.differs(finding), views.isEmpty(),
					waivers.stream()
						.filter((one) -> one.covers(finding.rule(), finding.title()))
						.findFirst()
						.orElse(null),
					nodeId));
		}
		return views;
	}

	/** What it takes, in a few words for the closed line. */
	public String meta() {
		if (!this.needs.isEmpty()) {
			return String.join(", ",
					this.needs.stream().map((need) -> need.words().toLowerCase(java.util.Locale.ROOT)).toList());
		}
		if (this.steps.isEmpty()) {
			return "no action";
		}
		return this.steps.stream().anyMatch(Step::asRoot) ? "root command" : "a step to do";
	}

	private static Need need(String key) {
		return NEEDS.getOrDefault(key, new Need(key, "ti-checklist"));
	}

	private static String document(Document document) {
		return document.name().startsWith("hypervisors-") ? "Hypervisors " + document.section()
				: document.name() + ", " + document.section();
	}

	/**
	 * What a step needs afterwards.
	 *
	 * @param words as people read it
	 * @param icon the icon's class
	 */
	record Need(String words, String icon) {
	}

}
