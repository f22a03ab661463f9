package io.virtwise.recommendation;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.virtwise.facts.FactsView;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.Problem;
import io.virtwise.nova.NovaRelease;
import io.virtwise.rules.Assessment;
import org.jspecify.annotations.Nullable;

/**
 * An assessment as the HTTP contract shows it.
 *
 * @param rulebase which rulebase said it
 * @param facts what was understood
 * @param verdict the one word
 * @param recommendation the configuration that the node should have
 * @param novaConf the settings as lines of a nova.conf
 * @param findings worst first
 * @param counterfactuals what the verdict would be after a change of the facts
 * @param conflicts where rules of equal right give different values for one option
 * @param nova what nova itself would say to the nova.conf given, {@code null} without one
 * @param byRelease what the rules say for each range of nova releases where nobody said
 * which one runs; one range where it makes no difference, none where it is known
 * @param problems what was not understood
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AssessmentView(Rulebase rulebase, FactsView facts, String verdict, Recommendation recommendation,
		String novaConf, List<Finding> findings, List<Change> counterfactuals, List<Conflict> conflicts,
		@Nullable NovaVerdict nova, List<Range> byRelease, List<Problem> problems) {

	/**
	 * The view of an assessment and the facts that it rests on, without counterfactuals.
	 */
	public static AssessmentView of(NodeFacts facts, Assessment assessment) {
		return of(facts, assessment, List.of());
	}

	/**
	 * The view of an assessment, the facts that it rests on, and what would change it.
	 */
	public static AssessmentView of(NodeFacts facts, Assessment assessment, List<Counterfactual> counterfactuals) {
		return new AssessmentView(new Rulebase(assessment.rulebase().revision(), assessment.rulebase().sha256()),
				FactsView.of(facts, FirmwareSwitch.in(assessment)), assessment.verdict().key(),
				Recommendation.of(assessment.recommendation()), assessment.novaConf(),
				assessment.findings().stream().map((each) -> Finding.of(each, assessment.differs(each))).toList(),
				counterfactuals.stream().map(Change::of).toList(),
				assessment.conflicts().stream().map(Conflict::of).toList(), NovaVerdict.of(assessment.nova()),
				assessment.byRelease().stream().map(Range::of).toList(), facts.problems());
	}

	/** A revision of the rulebase and the hash over its files. */
	public record Rulebase(int revision, String sha256) {
	}

	/** The configuration that the node should have. */
	public record Recommendation(@Nullable String computeDriver, @Nullable String virtType, @Nullable String cpuMode,
			List<String> cpuModels, List<Setting> settings, List<String> kernelModules, List<String> imageFormats,
			List<Setting> inForce) {

		static Recommendation of(Assessment.Recommendation from) {
			return new Recommendation(from.computeDriver(), from.virtType(), from.cpuMode(), from.cpuModels(),
					from.settings().stream().map(Setting::of).toList(), from.kernelModules(), from.imageFormats(),
					from.inForce().stream().map(Setting::of).toList());
		}

	}

	/**
	 * One option, its value ({@code null} to take it out), the rule that asks for it, and
	 * the chain down to the evidence.
	 */
	public record Setting(String section, String option, @Nullable String value, String rule, List<Cause> cause) {

		static Setting of(Assessment.RecommendedSetting from) {
			return new Setting(from.setting().section(), from.setting().option(), from.setting().value(), from.rule(),
					from.cause().stream().map(Cause::of).toList());
		}

	}

	/**
	 * Something that a person should know or do; {@code differs} is what depends on a
	 * nova release that nobody said.
	 */
	public record Finding(String rule, String severity, String title, String reason, List<String> evidence,
			List<Step> remediation, List<String> requires, Document document, List<Cause> cause, List<String> differs) {

		static Finding of(Assessment.Finding from, List<String> differs) {
			return new Finding(from.rule(), from.severity().name(), from.title(), from.reason(), from.evidence(),
					from.remediation().stream().map(Step::of).toList(), from.requires(),
					new Document(from.document().name(), from.document().section()),
					from.cause().stream().map(Cause::of).toList(), differs);
		}

	}

	/** One step of a remediation. */
	public record Step(@Nullable String command, boolean asRoot, @Nullable String note) {

		static Step of(Assessment.Step from) {
			return new Step(from.command(), from.asRoot(), from.note());
		}

	}

	/** A passage of a document. */
	public record Document(String name, String section) {
	}

	/**
	 * One link of a cause chain; {@code from} and {@code sources} are the same, the
	 * second with how the link rests on it.
	 */
	public record Cause(String rule, String conclusion, List<String> from, List<Source> sources) {

		static Cause of(Assessment.Cause from) {
			return new Cause(from.rule(), from.conclusion(), from.from(),
					from.sources().stream().map((each) -> new Source(each.how().key(), each.what())).toList());
		}

	}

	/**
	 * What a link rests on: {@code because}, {@code and}, {@code confirmed},
	 * {@code although} (a rule), {@code seen}, {@code told} (evidence) or {@code unknown}
	 * (a fact that nobody knows).
	 */
	public record Source(String how, String what) {
	}

	/**
	 * What the verdict would be after a change of the facts; where {@code reachable} is
	 * false, {@code change} says that nothing helps, and why.
	 */
	public record Change(String change, @Nullable String virtType, String verdict, @Nullable String cpuMode,
			boolean reachable, List<ChangeStep> steps) {

		static Change of(Counterfactual from) {
			return new Change(from.change(), from.virtType(), from.verdict(), from.cpuMode(), from.reachable(),
					from.steps().stream().map((each) -> new ChangeStep(each.kind().key(), each.what())).toList());
		}

	}

	/** One change: something to {@code do}, or to {@code learn}. */
	public record ChangeStep(String kind, String what) {
	}

	/** Rules that give different values for one option, and why which was taken. */
	public record Conflict(String section, String option, List<Setting> values, @Nullable String taken,
			@Nullable String why) {

		static Conflict of(Assessment.Conflict from) {
			return new Conflict(from.section(), from.option(), from.values().stream().map(Setting::of).toList(),
					from.taken(), from.why());
		}

	}

	/** What nova of a release would say to a nova.conf. */
	public record NovaVerdict(@Nullable Integer release, @Nullable Boolean accepted, @Nullable String when,
			@Nullable String message) {

		/** The verdict as the contract shows it. */
		public static @Nullable NovaVerdict of(Assessment.@Nullable NovaVerdict from) {
			return (from != null) ? new NovaVerdict(from.release(), from.accepted(), from.when(), from.message())
					: null;
		}

	}

	/** A nova release, by its major number and its series. */
	public record Release(int major, String series) {

		/** The release as the contract shows it. */
		public static Release of(NovaRelease release) {
			return new Release(release.major(), release.series());
		}

	}

	/** Releases in a row for which the rules say the same, and what only they get. */
	public record Range(Release from, Release to, String verdict, @Nullable NovaVerdict nova, List<String> says) {

		static Range of(Assessment.ReleaseRange from) {
			return new Range(Release.of(from.first()), Release.of(from.last()), from.verdict().key(),
					NovaVerdict.of(from.nova()), from.says());
		}

	}

}
