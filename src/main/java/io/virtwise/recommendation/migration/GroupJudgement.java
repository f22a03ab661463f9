package io.virtwise.recommendation.migration;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.virtwise.recommendation.GroupLines;
import io.virtwise.recommendation.ReasonedSetting;
import io.virtwise.recommendation.migration.Passage.Answer;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.RulebaseRevision;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a group judged together.
 *
 * @param group what the group is called
 * @param nodes how many nodes are judged
 * @param leftOut how many more the group has than are judged at once
 * @param without nodes of which there are no facts at all
 * @param unasked nodes of which nobody knows which processors KVM guests can have there
 * @param withoutKvm those of them where libvirt was asked and offers emulated guests only
 * @param answer the processor for all of them: HOST_MODEL, COMMON, NONE or UNKNOWN
 * @param sentence the same as a sentence
 * @param common the newest model that guests can have on all of them, {@code null} for
 * none
 * @param newest the newest model of any of them, {@code null} where none is known
 * @param differs versions that differ, {@code null} for none that are known to
 * @param wanted whether somebody said of every node that guests must be able to migrate
 * @param kinds the nodes, those alike together, oldest first
 * @param now the ways between them as they are configured now
 * @param recommended the same with what is recommended
 * @param kindsLeftOut how many kinds are not in the two matrices
 * @param rulebase what judged them
 */
public record GroupJudgement(String group, int nodes, long leftOut, List<Ref> without, List<String> unasked,
		List<String> withoutKvm, GroupCpu answer, String sentence, @Nullable String common, @Nullable String newest,
		@Nullable String differs, boolean wanted, List<Kind> kinds, Matrix now, Matrix recommended, int kindsLeftOut,
		RulebaseRevision rulebase) {

	/** Ids of the nodes whose nova.conf needs other lines for the group. */
	public List<String> toChange() {
		return this.kinds.stream()
			.filter((kind) -> !kind.settings().isEmpty())
			.flatMap((kind) -> kind.nodes().stream())
			.map(Ref::id)
			.toList();
	}

	/** What a node of it should run. */
	GroupLines linesOf(String nodeId) {
		Optional<Kind> own = this.kinds.stream()
			.filter((kind) -> kind.nodes().stream().anyMatch((one) -> one.id().equals(nodeId)))
			.findFirst();
		return new GroupLines(this.group, this.sentence, this.common, own.isPresent(),
				own.map(Kind::settings).orElse(List.of()), this.rulebase.revision(), this.rulebase.sha256());
	}

	/**
	 * A node.
	 *
	 * @param id opaque
	 * @param name as people call it
	 */
	public record Ref(String id, String name) {
	}

	/**
	 * Nodes that are alike in everything that matters here.
	 *
	 * @param number its number on the page, from 1
	 * @param nodes the nodes
	 * @param oldest when the oldest of their facts came
	 * @param processor the processor's name, {@code null} where nobody knows it
	 * @param newest the newest model of the processor's maker that guests can have
	 * @param hostModel the model that host-model stands for
	 * @param release the nova release
	 * @param versions of kernel, microcode, libvirt and QEMU, as far as they are known
	 * @param now how guests are started today, in words
	 * @param recommended how they should be
	 * @param settings the lines of nova.conf for that, with the rules that ask for them;
	 * empty where none has to change
	 * @param lacks features of the next newer kind of node that guests cannot have here
	 * @param givenUp features that guests of the common model do not see here
	 * @param findings what the rules say because of the group
	 */
	public record Kind(int number, List<Ref> nodes, Instant oldest, @Nullable String processor, @Nullable String newest,
			@Nullable String hostModel, @Nullable String release, List<String> versions, String now, String recommended,
			List<ReasonedSetting> settings, List<String> lacks, List<String> givenUp,
			List<Assessment.Finding> findings) {

		/** What people call it: its first node, and how many more. */
		public String name() {
			int more = this.nodes.size() - 1;
			return this.nodes.get(0).name() + ((more == 0) ? "" : " and " + more + " more");
		}

		/** The lines as people read them below {@code [libvirt]}. */
		public String lines() {
			return ReasonedSetting.lines(this.settings);
		}

	}

	/**
	 * From each kind of node to each.
	 *
	 * @param rows one for each kind that guests come from
	 * @param open how many ways are open
	 * @param closed how many are closed
	 * @param unknown of how many nobody knows
	 */
	public record Matrix(List<List<@Nullable Passage>> rows, int open, int closed, int unknown) {

		/** The matrix of these rows. */
		public static Matrix of(List<List<@Nullable Passage>> rows) {
			return new Matrix(rows, count(rows, Answer.YES), count(rows, Answer.NO), count(rows, Answer.UNKNOWN));
		}

		private static int count(List<List<@Nullable Passage>> rows, Answer answer) {
			return (int) rows.stream()
				.flatMap(List::stream)
				.filter((one) -> one != null && one.answer() == answer)
				.count();
		}

		/** How many ways there are. */
		public int ways() {
			return this.open + this.closed + this.unknown;
		}

	}

}
