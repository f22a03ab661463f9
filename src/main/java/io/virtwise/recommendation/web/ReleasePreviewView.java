package io.virtwise.recommendation.web;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.virtwise.nova.NovaRelease;
import io.virtwise.recommendation.AssessmentView;
import io.virtwise.recommendation.internal.IgnoredOption;
import io.virtwise.recommendation.internal.JudgedRelease;
import io.virtwise.recommendation.internal.OptionValues;
import io.virtwise.recommendation.internal.ReleaseDifference;
import io.virtwise.recommendation.internal.ReleasePreview;
import io.virtwise.recommendation.internal.Said;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.Recommendation;
import org.jspecify.annotations.Nullable;

/**
 * A release preview over HTTP.
 *
 * @param rulebase which rulebase said it
 * @param from the facts as they are judged today
 * @param releases the same facts judged for each later release that was asked for
 * @param timeline every later release, those with the same answer taken together
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ReleasePreviewView(AssessmentView.Rulebase rulebase, Judged from, List<Later> releases, List<Stretch> timeline) {

	static ReleasePreviewView of(ReleasePreview preview, List<NovaRelease> to) {
		Assessment.RulebaseRevision rulebase = preview.from().assessment().rulebase();
		return new ReleasePreviewView(new AssessmentView.Rulebase(rulebase.revision(), rulebase.sha256()),
				Judged.of(preview.from()), to.stream().map((release) -> Later.of(preview, release)).toList(),
				preview.timeline().stream().map(Stretch::of).toList());
	}

	/**
	 * The facts judged for one release.
	 *
	 * @param findings what the rules find, worst first
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	record Judged(AssessmentView.Release release, String verdict, String sentence, @Nullable String computeDriver,
			@Nullable String virtType, @Nullable String cpuMode, List<String> cpuModels, String novaConf,
			AssessmentView.@Nullable NovaVerdict nova, List<Found> findings) {

		static Judged of(JudgedRelease judged) {
			Assessment assessment = judged.assessment();
			Recommendation wanted = assessment.recommendation();
			return new Judged(AssessmentView.Release.of(judged.release()), assessment.verdict().key(),
					assessment.sentence(), wanted.computeDriver(), wanted.virtType(), wanted.cpuMode(),
					wanted.cpuModels(), assessment.novaConf(), AssessmentView.NovaVerdict.of(assessment.nova()),
					assessment.findings()
						.stream()
						.map((each) -> new Found(each.rule(), each.severity().name(), each.title()))
						.toList());
		}

	}

	/** A finding in one line. */
	record Found(String rule, String severity, String title) {
	}

	/**
	 * The facts judged for a later release, and what differs from today.
	 *
	 * @param breaks what worked before and does not any more
	 * @param renames options that are to be called otherwise
	 * @param ignored options of nova.conf that it does not read
	 * @param changes everything that differs
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	record Later(AssessmentView.Release release, Judged judged, List<Difference> breaks,
			List<ReleaseDifference.Rename> renames, List<IgnoredOption> ignored, List<Difference> changes) {

		static Later of(ReleasePreview preview, NovaRelease release) {
			ReleaseDifference difference = preview.difference(release);
			OptionValues options = preview.options();
			return new Later(AssessmentView.Release.of(release), Judged.of(preview.at(release)),
					difference.breaks().stream().map(Difference::of).toList(), difference.renames(options),
					preview.ignored(release), difference.changes().stream().map(Difference::of).toList());
		}

	}

	/**
	 * One thing that differs.
	 *
	 * @param kind appears, goes or changes
	 * @param topic verdict, nova, line, value or finding
	 * @param name which of them
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	record Difference(String kind, String topic, String name, @Nullable String rule, @Nullable String severity,
			@Nullable String before, @Nullable String after, boolean breaks) {

		static Difference of(ReleaseDifference.Change change) {
			Said before = change.before();
			Said after = change.after();
			Said any = (after != null) ? after : before;
			return new Difference(change.kind().name().toLowerCase(Locale.ROOT),
					change.topic().name().toLowerCase(Locale.ROOT), change.name(), change.rule(),
					(any != null && any.severity() != null) ? any.severity().name() : null,
					(before != null) ? before.text() : null, (after != null) ? after.text() : null, change.breaks());
		}

	}

	/**
	 * Releases in a row with the same answer.
	 *
	 * @param changes what is new in the first of them, as sentences
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	record Stretch(AssessmentView.Release from, AssessmentView.Release to, String verdict,
			AssessmentView.@Nullable NovaVerdict nova, List<String> changes) {

		static Stretch of(ReleasePreview.Stretch stretch) {
			Assessment assessment = stretch.first().assessment();
			return new Stretch(AssessmentView.Release.of(stretch.first().release()),
					AssessmentView.Release.of(stretch.last().release()), assessment.verdict().key(),
					AssessmentView.NovaVerdict.of(assessment.nova()),
					stretch.difference().changes().stream().map(ReleaseDifference.Change::sentence).toList());
		}

	}

}
