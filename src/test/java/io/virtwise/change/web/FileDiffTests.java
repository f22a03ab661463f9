package io.virtwise.change.web;

import java.util.List;

import io.virtwise.change.ChangeReport.FileReport;
import io.virtwise.change.ChangeReport.NodeReport;
import io.virtwise.change.ChangeReport.SettingReport;
import io.virtwise.ui.DiffView.Row;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FileDiff}.
 */
class FileDiffTests {

	private static final String EDIT = "-virt_type = qemu\n+virt_type = kvm\n";

	@Test
	void nodesWhereTheSameLinesChangeAreShownOnce() {
		List<FileDiff> diffs = FileDiff.group(List.of(node("1", "a", diff("my_ip = 192.0.2.1", EDIT), "kvm"),
				node("2", "b", diff("my_ip = 192.0.2.2", EDIT), "kvm")));

		assertThat(diffs).hasSize(1);
		assertThat(diffs.get(0).nodes()).extracting(NodeReport::id).containsExactly("1", "2");
		assertThat(diffs.get(0).exact()).as("the same bytes").isFalse();
		assertThat(diffs.get(0).view().rows()).extracting(Row::text).contains("my_ip = 192.0.2.1");
	}

	@Test
	void nodesWithTheSameBytesAreSaidToHaveThem() {
		List<FileDiff> diffs = FileDiff
			.group(List.of(node("1", "a", diff("x = 1", EDIT), "kvm"), node("2", "a", diff("x = 1", EDIT), "kvm")));

		assertThat(diffs).singleElement().satisfies((diff) -> assertThat(diff.exact()).isTrue());
	}

	@Test
	void otherLinesOrOtherReasonsAreShownApart() {
		List<FileDiff> diffs = FileDiff.group(List.of(node("1", "a", diff("x = 1", EDIT), "kvm"),
				node("2", "b", diff("x = 1", "+virt_type = kvm\n"), "kvm"),
				node("3", "c", diff("x = 1", EDIT), "qemu")));

		assertThat(diffs).hasSize(3);
	}

	@Test
	void emptyLinesAtTheEndAreFoldedAndDoNotTellNodesApart() {
		List<FileDiff> diffs = FileDiff.group(List.of(node("1", "a", diff("x = 1", EDIT + "+\n+\n+\n"), "kvm"),
				node("2", "b", diff("x = 1", EDIT + "+\n+\n"), "kvm")));

		assertThat(diffs).singleElement().satisfies((diff) -> {
			assertThat(diff.nodes()).hasSize(2);
			assertThat(diff.view().added()).isEqualTo(1);
			assertThat(diff.view().rows()).last().extracting(Row::text).asString().startsWith("+ 3 empty lines");
		});
	}

	private static String diff(String context, String edit) {
		long removed = edit.lines().filter((line) -> line.startsWith("-")).count();
		long added = edit.lines().filter((line) -> line.startsWith("+")).count();
		return "@@ -1,%d +1,%d @@\n %s\n%s".formatted(removed + 1, added + 1, context, edit);
	}

	private static NodeReport node(String id, String hash, String diff, String value) {
		return new NodeReport(id, "cmp-" + id, "/etc/nova/nova.conf", "in-place", "set so", null, "pending", 1, null,
				null, false, null, 0, new FileReport(hash, 10, ""), new FileReport(hash + "2", 10, ""), diff,
				List.of(new SettingReport("libvirt", "virt_type", value, "S11", "KVM works here.")), null, List.of());
	}

}
