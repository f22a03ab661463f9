package io.virtwise.recommendation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.NovaVerdict;
import io.virtwise.rules.Assessment.ReleaseRange;
import org.jspecify.annotations.Nullable;

/**
 * Adds to an assessment without a release what the assessments with one say: each range
 * of releases, and nova's own word where all of them agree.
 */
final class UnknownRelease {

	private UnknownRelease() {
	}

	static Assessment settle(Assessment assessment, List<ReleaseRange> ranges) {
		if (ranges.isEmpty()) {
			return assessment;
		}
		NovaVerdict nova = (assessment.nova() != null) ? nova(assessment.nova(), ranges) : null;
		return new Assessment(assessment.rulebase(), assessment.verdict(), assessment.sentence(),
				assessment.recommendation(), assessment.novaConf(), assessment.findings(), assessment.conflicts(), nova,
				assessment.conclusions(), ranges);
	}

	private static NovaVerdict nova(NovaVerdict undecided, List<ReleaseRange> ranges) {
		List<Answer> answers = answers(ranges);
		Answer first = answers.get(0);
		if (answers.size() == 1) {
			return new NovaVerdict(null, first.nova.accepted(), first.nova.when(), first.nova.message());
		}
		if (answers.stream().anyMatch((each) -> !Boolean.FALSE.equals(each.nova.accepted()))) {
			String message = (undecided.message() != null) ? undecided.message() + " " : "";
			return new NovaVerdict(null, null, null, message + sentence(answers));
		}
		boolean sameMoment = answers.stream().allMatch((each) -> Objects.equals(each.nova.when(), first.nova.when()));
		return new NovaVerdict(null, false, sameMoment ? first.nova.when() : null,
				"Every release refuses this file. " + sentence(answers));
	}

	/** What nova says, with the releases that say it, neighbours taken together. */
	private static List<Answer> answers(List<ReleaseRange> ranges) {
		List<Answer> answers = new ArrayList<>();
		for (ReleaseRange range : ranges) {
			NovaVerdict nova = said(range);
			Answer last = answers.isEmpty() ? null : answers.get(answers.size() - 1);
			if (last != null && last.nova.equals(nova)) {
				answers.set(answers.size() - 1, new Answer(last.from, range.last().displayName(), nova));
			}
			else {
				answers.add(new Answer(range.first().displayName(), range.last().displayName(), nova));
			}
		}
		return answers;
	}

	private static NovaVerdict said(ReleaseRange range) {
		NovaVerdict nova = range.nova();
		return (nova == null) ? new NovaVerdict(null, null, null, null)
				: new NovaVerdict(null, nova.accepted(), nova.when(), nova.message());
	}

	private static String sentence(List<Answer> answers) {
		List<String> parts = new ArrayList<>();
		for (Answer each : answers) {
			String releases = each.from.equals(each.to) ? each.from : each.from + " to " + each.to;
			parts.add(releases + ": " + words(each.nova));
		}
		return String.join("; ", parts) + ".";
	}

	private static @Nullable String words(NovaVerdict nova) {
		if (nova.accepted() == null) {
			return "cannot be said";
		}
		return nova.accepted() ? "takes it" : "refuses it at " + nova.when() + " with \"" + nova.message() + "\"";
	}

	private record Answer(String from, String to, NovaVerdict nova) {
	}

}
