package io.virtwise.recommendation.web;

import java.util.ArrayList;
import java.util.List;

import io.virtwise.nova.NovaRelease;
import io.virtwise.recommendation.internal.IgnoredOption;
import io.virtwise.recommendation.internal.JudgedRelease;
import io.virtwise.recommendation.internal.ReleaseDifference;
import io.virtwise.recommendation.internal.ReleaseDifference.Change;
import io.virtwise.recommendation.internal.ReleaseDifference.Kind;
import io.virtwise.recommendation.internal.ReleasePreview;
import io.virtwise.recommendation.internal.Said.Topic;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.NovaVerdict;
import org.jspecify.annotations.Nullable;

/**
 * A release preview as its page shows it.
 *
 * @param from today's release
 * @param to the release that it is laid beside
 * @param breaks what worked before and does not any more
 * @param renames options that are to be called otherwise
 * @param ignored options of nova.conf that it does not read
 * @param groups what else differs, by kind
 * @param timeline every release from today's on, those with the same answer in one row
 */
record ReleasePreviewPage(Side from, Side to, List<Line> breaks, List<ReleaseDifference.Rename> renames,
		List<IgnoredOption> ignored, List<Group> groups, List<Row> timeline) {

	static ReleasePreviewPage of(ReleasePreview preview, NovaRelease to) {
		ReleaseDifference difference = preview.difference(to);
		List<Group> groups = new ArrayList<>();
		group(groups, "Lines of nova.conf", "ti-file-text", difference.about(Topic.LINE), null);
		group(groups, "Also in force", "ti-settings", difference.about(Topic.VALUE), null);
		group(groups, "New findings", "ti-circle-plus", difference.about(Topic.FINDING), Kind.APPEARS);
		group(groups, "Findings that say something else", "ti-replace", difference.about(Topic.FINDING), Kind.CHANGES);
		group(groups, "Findings that go", "ti-circle-minus", difference.about(Topic.FINDING), Kind.GOES);
		List<Row> rows = new ArrayList<>();
		for (ReleasePreview.Stretch stretch : preview.timeline()) {
			rows.add(Row.of(stretch, rows.isEmpty()));
		}
		return new ReleasePreviewPage(Side.of(preview.from()), Side.of(preview.at(to)),
				difference.breaks().stream().map(Line::of).toList(), difference.renames(preview.options()),
				preview.ignored(to), groups, rows);
	}

	/** Whether nothing differs between the two. */
	public boolean same() {
		return this.breaks.isEmpty() && this.groups.isEmpty() && this.from.verdict().equals(this.to.verdict())
				&& this.from.nova().equals(this.to.nova());
	}

	private static void group(List<Group> groups, String title, String icon, List<Change> changes,
			@Nullable Kind kind) {
		List<Line> lines = changes.stream()
			.filter((change) -> !change.breaks() && (kind == null || change.kind() == kind))
			.map(Line::of)
			.toList();
		if (!lines.isEmpty()) {
			groups.add(new Group(title, icon, lines));
		}
	}

	/**
	 * One of the two columns.
	 *
	 * @param nova what nova says to the file, in words
	 * @param accepted whether it takes it, {@code null} where that cannot be said
	 */
	record Side(String release, int major, String verdict, String sentence, @Nullable String virtType,
			@Nullable String cpuMode, List<String> cpuModels, String nova, @Nullable Boolean accepted,
			String novaConf) {

		static Side of(JudgedRelease judged) {
			Assessment assessment = judged.assessment();
			NovaVerdict nova = assessment.nova();
			return new Side(judged.release().displayName(), judged.release().major(), assessment.verdict().key(),
					assessment.sentence(), assessment.recommendation().virtType(),
					assessment.recommendation().cpuMode(), assessment.recommendation().cpuModels(), words(nova),
					(nova != null) ? nova.accepted() : null, assessment.novaConf());
		}

		private static String words(@Nullable NovaVerdict nova) {
			if (nova == null) {
				return "No nova.conf was given.";
			}
			if (nova.accepted() == null) {
				return "Cannot be said.";
			}
			return nova.accepted() ? "Takes it as it is." : "Refuses it at " + nova.when() + ": " + nova.message();
		}

	}

	/**
	 * Things that differ in one way.
	 *
	 * @param icon the icon's class
	 */
	record Group(String title, String icon, List<Line> lines) {
	}

	/**
	 * One thing that differs.
	 *
	 * @param name the option, or what a finding says
	 * @param before what it was, {@code null} for a finding or where there was nothing
	 * @param after what it is then
	 * @param severity of a finding, else {@code null}
	 */
	record Line(String name, @Nullable String before, @Nullable String after, @Nullable String severity,
			@Nullable String rule) {

		static Line of(Change change) {
			String before = (change.before() != null) ? change.before().text() : null;
			String after = (change.after() != null) ? change.after().text() : null;
			if (change.topic() == Topic.FINDING) {
				var said = (change.after() != null) ? change.after()
						: java.util.Objects.requireNonNull(change.before());
				return new Line(said.text(), null, null, (said.severity() != null) ? said.severity().name() : null,
						said.rule());
			}
			if (change.topic() == Topic.NOVA) {
				return new Line("nova " + after, null, null, "BLOCK", null);
			}
			return new Line(change.name(), (before != null) ? before : "nothing said",
					(after != null) ? after : "nothing said", null, change.rule());
		}

	}

	/**
	 * Releases in a row with the same answer.
	 *
	 * @param major the first of them, to lay it beside today's
	 * @param news what is new in it, as sentences
	 * @param breaks whether something breaks there
	 */
	record Row(String name, int major, String verdict, @Nullable Boolean accepted, List<String> news, boolean breaks,
			boolean first) {

		static Row of(ReleasePreview.Stretch stretch, boolean first) {
			NovaRelease from = stretch.first().release();
			NovaRelease last = stretch.last().release();
			Assessment assessment = stretch.first().assessment();
			return new Row(from.equals(last) ? from.displayName() : from.displayName() + " to " + last.displayName(),
					from.major(), assessment.verdict().key(),
					(assessment.nova() != null) ? assessment.nova().accepted() : null,
					stretch.difference()
						.changes()
						.stream()
						.filter((change) -> change.topic() != Topic.VERDICT)
						.map(Change::sentence)
						.toList(),
					!stretch.difference().breaks().isEmpty(), first);
		}

	}

}
