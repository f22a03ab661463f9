package io.virtwise.recommendation.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.virtwise.nova.Setting;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.NovaVerdict;
import io.virtwise.rules.Assessment.Recommendation;
import io.virtwise.rules.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an assessment says, so that two assessments can be laid side by side.
 *
 * @param topic what kind of thing
 * @param name which of them: an option, or a rule with a number where it says more than
 * one thing
 * @param text what it says of that
 * @param rule the rule behind it, {@code null} where it is no single rule's
 * @param severity of a finding, else {@code null}
 * @param detail what is compared beside the text
 */
public record Said(Topic topic, String name, String text, @Nullable String rule, @Nullable Severity severity,
		String detail) {

	/**
	 * What an assessment speaks about.
	 */
	public enum Topic {

		/** The one word. */
		VERDICT,
		/** What nova itself says to the file. */
		NOVA,
		/** A line that nova.conf needs, or that has to go. */
		LINE,
		/** A value that should be in force. */
		VALUE,
		/** A finding. */
		FINDING

	}

	/** Everything that this assessment says, in a fixed order. */
	static List<Said> of(Assessment assessment) {
		List<Said> all = new ArrayList<>();
		all.add(new Said(Topic.VERDICT, "verdict", assessment.verdict().key(), null, null, ""));
		NovaVerdict nova = assessment.nova();
		if (nova != null) {
			all.add(new Said(Topic.NOVA, "nova", words(nova), null, null, ""));
		}
		lines(assessment.recommendation(), all);
		values(assessment.recommendation(), all);
		findings(assessment, all);
		return all;
	}

	/** Whether it is about the same thing as another. */
	boolean about(Said other) {
		return this.topic == other.topic && this.name.equals(other.name);
	}

	/** The same as a sentence. */
	public String sentence() {
		return switch (this.topic) {
			case VERDICT -> "The node is " + this.text.replace('-', ' ') + ".";
			case NOVA -> "nova " + this.text + ".";
			case LINE -> this.name + " " + this.text;
			case VALUE -> this.name + " " + this.text;
			case FINDING -> this.text + " (" + this.rule + ")";
		};
	}

	static String words(NovaVerdict nova) {
		if (nova.accepted() == null) {
			return "cannot be judged on nova.conf";
		}
		return nova.accepted() ? "takes nova.conf as it is"
				: "refuses nova.conf" + ((nova.when() != null) ? " at " + nova.when() : "") + ": " + nova.message();
	}

	private static void lines(Recommendation wanted, List<Said> all) {
		wanted.settings().forEach((each) -> {
			Setting setting = each.setting();
			all.add(new Said(Topic.LINE, "[" + setting.section() + "] " + setting.option(),
					(setting.value() != null) ? "= " + setting.value() : "is taken out", each.rule(), null, ""));
		});
	}

	private static void values(Recommendation wanted, List<Said> all) {
		value("compute_driver", wanted.computeDriver(), all);
		value("virt_type", wanted.virtType(), all);
		value("cpu_mode", wanted.cpuMode(), all);
		value("CPU models", String.join(", ", wanted.cpuModels()), all);
		value("kernel modules", String.join(", ", wanted.kernelModules()), all);
		value("image formats", String.join(", ", wanted.imageFormats()), all);
	}

	/** What a line says already is not said again. */
	private static void value(String name, @Nullable String value, List<Said> all) {
		String option = name.equals("CPU models") ? "cpu_model" : name;
		boolean line = all.stream()
			.anyMatch((each) -> each.topic == Topic.LINE
					&& (each.name.endsWith("] " + option) || each.name.endsWith("] " + option + "s"))
					&& each.text.startsWith("= "));
		if (value != null && !value.isEmpty() && !line) {
			all.add(new Said(Topic.VALUE, name, value, null, null, ""));
		}
	}

	private static void findings(Assessment assessment, List<Said> all) {
		Map<String, Integer> times = new HashMap<>();
		assessment.findings().forEach((finding) -> {
			int time = times.merge(finding.rule(), 1, Integer::sum);
			all.add(new Said(Topic.FINDING, (time == 1) ? finding.rule() : finding.rule() + "-" + time, finding.title(),
					finding.rule(), finding.severity(),
					finding.reason() + '\n' + finding.remediation() + '\n' + finding.requires()));
		});
	}

}
